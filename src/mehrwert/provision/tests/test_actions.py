"""Answers, stored assessments, phases that reach the portfolio."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.models import AuditRow, OutboxEvent
from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.portfolio.models import Project
from mehrwert.portfolio.tests.factories import make_project
from mehrwert.provision import actions, handlers, jobs, queries
from mehrwert.provision.access import find_assessment, find_question
from mehrwert.provision.actions import AnswerInput
from mehrwert.provision.choices import Source, Stage
from mehrwert.provision.errors import (
    DocumentIncompleteError,
    DocumentInFutureError,
    UnknownAssessmentError,
    UnknownQuestionError,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 1)
LENA = Actor("user", 1, "Lena Amtmann")


def answer(town, key, halves, **document):
    with town.scope():
        actions.answer_question(
            find_question(key), AnswerInput(halves, **document), today=TODAY, actor=LENA
        )


def observed(town, key, today=TODAY):
    with town.scope():
        return queries.assess_now(today=today).whole.known.get(key)


def test_an_answer_counts_half_until_a_document_proves_it(town):
    """PF-05, PH-f: the same answer scores higher with a document, and less when it grows old."""
    answer(town, "E3", 2)
    assert observed(town, "E3").source is Source.SELF
    answer(town, "E3", 2, document_title="Beschluss 2026/14", document_on=date(2026, 2, 3))
    assert observed(town, "E3").source is Source.DOCUMENT
    assert observed(town, "E3", TODAY + timedelta(days=800)).source is Source.SELF


def test_an_answer_can_be_taken_back_and_is_kept(town):
    answer(town, "T2", 1)
    answer(town, "T2", None)
    assert observed(town, "T2") is None
    assert AuditRow.objects.filter(kind="phase_question", object_id="T2").count() == 2


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"document_title": "Beschluss"}, DocumentIncompleteError),
        ({"document_on": TODAY}, DocumentIncompleteError),
        ({"document_url": "https://rat.auental.example/1"}, DocumentIncompleteError),
        (
            {"document_title": "Beschluss", "document_on": TODAY + timedelta(days=1)},
            DocumentInFutureError,
        ),
    ],
)
def test_half_a_document_is_refused(town, given, error):
    with pytest.raises(error):
        answer(town, "E3", 2, **given)
    assert observed(town, "E3") is None


@pytest.mark.parametrize("key", ["E5", "XX"])
def test_only_what_data_cannot_know_is_asked(key):
    with pytest.raises(UnknownQuestionError):
        find_question(key)


def test_projects_answer_the_indicators_of_data(town):
    make_project(
        town.tenant.pk,
        sponsor="Bürgermeisterin",
        operator="Stadtwerke",
        beneficiaries="Menschen an heißen Tagen",
        benefit_kind="health",
        strategy_goal="Klimaanpassung 2030",
    )
    with town.scope():
        row = Project.objects.get()
        Project.objects.update(state="running", running_eur=Decimal("1200.00"))
        whole = queries.assess_now(today=TODAY).whole
    found = {line.indicator.key: line.reading for line in whole.lines if line.reading}
    assert found["E1"].value == 1
    assert found["E5"].value == found["E6"].value == 1
    assert found["E7"].value == 0
    assert row.phase == ""


def test_an_assessment_is_stored_once_per_change_and_never_changed(town):
    """PF-06, PF-07."""
    with town.scope():
        first = actions.store_assessment(today=TODAY, actor=LENA)
        again = actions.store_assessment(today=TODAY + timedelta(days=1), actor=LENA)
        assert again.pk == first.pk
    answer(town, "E3", 1)
    with town.scope():
        second = actions.store_assessment(today=TODAY, actor=LENA)
        changes = queries.list_differences(first, second)
        assert [(one.key, one.cause.value) for one in changes] == [("E3", "answer")]
        assert queries.assessment_before(second) == first
        assert first.record["whole"]["scores"][Stage.PILOT]["point"] is None
    assert OutboxEvent.objects.filter(name="PhasesAssessed").count() == 2


def test_another_town_sees_nothing(town):
    with town.scope():
        row = actions.store_assessment(today=TODAY, actor=LENA)
    answer(town, "E3", 2)
    other = make_tenant("bergheim")
    with pytest.raises(UnknownAssessmentError):
        _find_in(other, row.pk)


def _find_in(tenant, pk):
    with tenant_scope(tenant.pk):
        assert queries.read_answers() == {}
        return find_assessment(pk)


def test_the_phase_reaches_the_portfolio(town):
    """Decisions 26: computed here, pushed down, by event and by night."""
    make_project(town.tenant.pk)
    handlers.on_change(None, tenant_id=town.tenant.pk)
    with town.scope():
        assert Project.objects.get().phase == "E"
        assert actions.push_phases(today=TODAY) == 0
        Project.objects.update(phase="")
    assert jobs.push_all_phases.func() == 1
    handlers.on_change(None, tenant_id=None)


def test_the_system_may_store_too(town):
    with town.scope():
        assert actions.store_assessment(today=TODAY, actor=SYSTEM, is_demo=True).is_demo
