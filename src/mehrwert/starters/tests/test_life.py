"""Every bundled package from the library to removal: TRF-201, 205, 206, 904."""

import dataclasses

import pytest

from mehrwert.alerts import actions as alerts
from mehrwert.alerts.actions import look_at_readings
from mehrwert.alerts.models import Alert, AlertRule
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.actions import estimate_effect, freeze_plan
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import plan_of
from mehrwert.starters import actions, queries
from mehrwert.starters.choices import Measured, PieceKind, Step
from mehrwert.starters.errors import MeasuredQuestionError
from mehrwert.starters.library import FOLDER, bundled_package, load
from mehrwert.starters.models import InstalledPiece
from mehrwert.starters.rules import defaults_of
from mehrwert.starters.trial import demo_readings, try_package

from .factories import answers, copy_of, fingerprint, live, replace, sealed

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


def newer_version(folder):
    """Write the next version: other words for a station, a rule, the plan and a task."""
    replace(folder / "package.yml", "version: 1.0.0", "version: 1.1.0")
    replace(folder / "things.yml", "description: ", "description: Neu, ")
    replace(folder / "plan.yml", "beneficiaries: ", "beneficiaries: Neu, ")
    replace(folder / "alert_rules.yml", 'title: "', 'title: "Neu, ')
    replace(folder / "checklist.yml", "title: ", "title: Jetzt ")
    return load(sealed(folder))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_package_is_updated_taken_back_and_leaves_no_trace(slug, place, tmp_path):
    """TRF-206, TRF-207: what is told before is what happens; a change made here stays."""
    before = fingerprint()
    newer = newer_version(copy_of(tmp_path, slug))
    with tenant_scope(place.tenant.pk):
        row = live(bundled_package(slug))
        wanted = {piece.key: piece.made for piece in row.pieces.all()}
        rule = AlertRule.objects.get(pk=row.pieces.filter(kind="rule").order_by("pk")[0].object_id)
        choice = alerts.choice_of(rule)
        alerts.save_rule(rule, dataclasses.replace(choice, advice="Hier anders"), actor=SYSTEM)
        told = {change.kind for change in queries.changes_to(row, newer) if change.fields}
        assert told == {PieceKind.THING, PieceKind.RULE, PieceKind.PLAN, PieceKind.TASK}
        row = actions.update_package(row, newer, actor=SYSTEM)
        assert row.version == "1.1.0"
        assert AlertRule.objects.get(pk=rule.pk).advice == "Hier anders"
        assert AlertRule.objects.filter(title__startswith="Neu, ").exists()
        row = actions.roll_back(row, actor=SYSTEM)
        assert row.version == "1.0.0"
        assert not AlertRule.objects.filter(title__startswith="Neu, ").exists()
        assert {piece.key: piece.made for piece in row.pieces.all()} == wanted
        actions.remove_package(row, None, actor=SYSTEM)
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
