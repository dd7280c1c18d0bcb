"""The stories of Auental end in decisions; the question to Münster stays open, with its reasons."""

import pytest

from mehrwert.base.delivery import deliver_new
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.models import Solution
from mehrwert.demo import actions, queries
from mehrwert.demo import evaluations as told
from mehrwert.demo.solutions import SOLUTIONS
from mehrwert.evaluation.models import Decision, Estimate, Evaluation
from mehrwert.evidence.models import Finding, RegisteredPlan, Synthesis
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.observations.tests.fixtures import observation_store

from .conftest import NOW

__all__ = ["observation_store"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


@pytest.fixture
def towns(observation_store):
    return make_tenant("auental", population=8200), make_tenant("muenster")


def load(towns):
    return actions.load_evaluations(*towns, NOW, report=lambda *step: None)


def test_auental_decides_and_one_project_ends_with_a_lesson(towns):
    """Decisions 36 and 37: invented, marked, with comparison towns."""
    assert load(towns) == len(told.STORIES) + 1
    with tenant_scope(towns[0].pk):
        first, second, third = Evaluation.objects.order_by("pk")
        assert [row.state for row in (first, second, third)] == ["decided", "decided", "frozen"]
        assert {row.is_demo for row in (first, second, third)} == {True}
        estimate = Estimate.objects.get(evaluation=first)
        assert (estimate.record["design"], estimate.record["direction"]) == (
            "controlled_its",
            "better",
        )
        assert Decision.objects.get(evaluation=first).decision == "continue"
        assert Decision.objects.get(evaluation=second).decision == "end"
        assert "Touren" in Finding.objects.get(reference=second.reference).lesson
    newest = Synthesis.objects.filter(solution_root=told.STORIES[0].key).latest("version")
    assert newest.record["k"] == len(told.FINDINGS) + 1
    assert RegisteredPlan.public.filter(state="planned", municipality__startswith="Nieder").exists()
    deliver_new()
    shown = {row.slug: row.evidence_class for row in Solution.objects.filter(slug__in=SOLUTIONS)}
    assert shown == {
        "demo-baumbewaesserung": 3,
        "demo-glascontainer": 1,
        "demo-raumluft": None,
        "demo-pegelwarnung": 3,
        "demo-telefon": 2,
        "demo-klimastele": 1,
    }
    lines = [told.solution.slug for told in queries.list_told()]
    assert len(lines) == 5
    assert lines[-1] in {"demo-klimastele", "demo-glascontainer"}


def test_the_spring_of_2020_stays_open_with_its_reasons(towns):
    """Decisions 36: real counts, an honest answer, no finding made public."""
    load(towns)
    with tenant_scope(towns[1].pk):
        row = Evaluation.objects.get()
        estimate = Estimate.objects.get()
        assert (estimate.record["direction"], estimate.evidence_class) == ("unclear", 0)
        assert row.is_before_start is False
        codes = {check["code"] for check in estimate.record["checks"]}
        assert "concurrent_event" in codes
        assert Finding.objects.get().state == "draft"


def test_telling_them_again_changes_nothing(towns):
    load(towns)
    assert load(towns) == 0
