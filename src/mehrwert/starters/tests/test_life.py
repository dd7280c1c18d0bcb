"""Every bundled package from the library to removal: TRF-201, 205, 206, 904."""

import pytest

from mehrwert.alerts.actions import look_at_readings
from mehrwert.alerts.models import Alert, AlertRule
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.actions import estimate_effect, freeze_plan
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import plan_of
from mehrwert.starters import actions, queries
from mehrwert.starters.choices import Measured, Step
from mehrwert.starters.errors import MeasuredQuestionError
from mehrwert.starters.library import FOLDER, bundled_package
from mehrwert.starters.models import InstalledPiece
from mehrwert.starters.rules import defaults_of
from mehrwert.starters.trial import demo_readings, try_package

from .factories import answers, fingerprint

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
SLUGS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


@pytest.mark.parametrize("slug", SLUGS)
def test_a_package_is_tried_runs_warns_is_judged_and_leaves_no_trace(slug, place):
    package = bundled_package(slug)
    before = fingerprint()
    with tenant_scope(place.tenant.pk):
        # trial: the rule speaks, nothing is left behind
        values = defaults_of(package)
        trial = try_package(package, values, demo_readings(package, values, now_us()))
        assert trial.n_alerts >= 1
        assert trial.n_months >= 24
        assert fingerprint() == before
        # a draft makes nothing; what it announces is what going live makes
        draft = actions.save_draft(package, answers(package), is_demo=True, actor=SYSTEM)
        announced = queries.changes_to(draft, package)
        assert {change.step for change in announced} == {Step.CREATE}
        assert not InstalledPiece.objects.exists()
        row = actions.go_live(draft, licence_accepted=True, actor=SYSTEM)
        made = list(row.pieces.order_by("pk"))
        assert [piece.key for piece in made] == [change.key for change in announced]
        assert AlertRule.objects.filter(is_active=True).count() >= 1
        # data flow, a rule speaks
        assert actions.load_demo_readings(row, actor=SYSTEM) == len(package.demo)
        look_at_readings(place.tenant.pk, [piece.object_id for piece in made if piece.object_id])
        assert Alert.objects.filter(ended_us=None).exists()
        # the plan is there; with its demo data it can be fixed and computed
        evaluation = Evaluation.objects.get()
        plan = plan_of(evaluation)
        assert plan.solution_root == package.solution
        assert plan.sesoi > 0
        # removal asks about readings, then leaves nothing
        with pytest.raises(MeasuredQuestionError):
            actions.remove_package(row, None, actor=SYSTEM)
        assert actions.remove_package(row, Measured.DELETE, actor=SYSTEM) == []
    assert fingerprint() == before


def test_the_plan_of_a_package_leads_to_an_effect(place):
    """TRF-211: search → install → first result."""
    package = bundled_package("durstige-baeume")
    with tenant_scope(place.tenant.pk):
        row = actions.save_draft(package, answers(package), is_demo=True, actor=SYSTEM)
        row = actions.go_live(row, licence_accepted=True, actor=SYSTEM)
        actions.load_demo_readings(row, actor=SYSTEM)
        evaluation = freeze_plan(Evaluation.objects.get(), actor=SYSTEM)
        estimate = estimate_effect(place.tenant.pk, evaluation.pk)
        assert estimate.record["effect"]
        assert estimate.record["direction"] == "better"
        staying = actions.remove_package(row, Measured.KEEP, actor=SYSTEM)
        assert staying == [evaluation.title]
