"""Six fields begin a project; only the step to live asks for more."""

from datetime import date

import pytest

from mehrwert.base.models import AuditRow, OutboxEvent
from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.errors import (
    CorrectionReasonError,
    GateBlockedError,
    GateOrderError,
    ProjectEndedError,
    ReasonMissingError,
    UnknownProjectError,
)
from mehrwert.portfolio.models import Gate
from mehrwert.portfolio.rules import GateFacts, missing_for

from .factories import LENA, make_project

DAY = date(2026, 3, 1)


def step(row, *gates, on=DAY, note=""):
    for gate in gates:
        row = actions.advance_project(row, gate, on=on, note=note, actor=LENA)
    return row


def test_six_fields_create_a_project_and_all_else_is_unknown(town):
    row = make_project(town.tenant.pk)
    with town.scope():
        assert row.state == "draft"
        assert (row.operator, row.financing, row.planned_eur) == ("", "unknown", None)
        assert [gate.key for gate in queries.list_gates(row)] == ["P1", "P2", "P3", "P4", "P5"]
    assert AuditRow.objects.filter(kind="project", verb="create").exists()
    assert OutboxEvent.objects.get(name="ProjectCreated").payload["project_uuid"] == str(row.uuid)


@pytest.mark.parametrize(("people", "months"), [(8200, 3), (None, 3), (19_999, 3), (20_000, 1)])
def test_small_towns_report_every_three_months(db, people, months):
    """Decisions 43."""
    tenant = make_tenant("klein", population=people)
    assert make_project(tenant.pk).rhythm_months == months


def test_the_step_to_live_says_all_that_is_missing_and_other_gates_ask_nothing():
    nothing = GateFacts(goal="", operator="", financing="unknown")
    assert missing_for("P4", nothing, least=4) == ["goal", "baseline", "operator", "financing"]
    assert [missing_for(gate, nothing, least=4) for gate in ("P1", "P2", "P3", "P5")] == [[]] * 4


def test_a_reason_may_stand_for_the_baseline():
    known = GateFacts(goal="g", operator="Bauhof", financing="budget", baseline_values=3)
    assert missing_for("P4", known, least=4) == ["baseline"]
    waived = GateFacts(goal="g", operator="Bauhof", financing="budget", baseline_waiver="neu")
    assert missing_for("P4", waived, least=4) == []


def test_a_project_does_not_go_live_without_operator_and_financing(town):
    """Decisions 42."""
    row = make_project(town.tenant.pk)
    with town.scope():
        row = step(row, "P1", "P2", "P3")
        assert row.state == "running"
        with pytest.raises(GateBlockedError) as refused:
            step(row, "P4")
        assert "wer das Vorhaben später betreibt" in refused.value.data["reasons"]
        assert access.find_project(row.pk).state == "running"


def test_gates_are_passed_in_their_order(town):
    row = make_project(town.tenant.pk)
    with town.scope(), pytest.raises(GateOrderError):
        step(row, "P2")


def test_a_project_may_end_at_any_time_with_a_reason_and_then_rests(town):
    row = make_project(town.tenant.pk)
    with town.scope():
        with pytest.raises(ReasonMissingError):
            step(row, "P5")
        row = step(row, "P5", note="Kein Bedarf mehr.")
        assert (row.state, row.end_reason) == ("ended", "Kein Bedarf mehr.")
        with pytest.raises(ProjectEndedError):
            actions.update_project(row, {"unit": "Amt"}, actor=LENA)


def test_the_first_date_said_is_kept(town):
    row = make_project(town.tenant.pk)
    with town.scope():
        actions.plan_gates(row, {"P1": date(2026, 2, 1)}, actor=LENA)
        actions.plan_gates(row, {"P1": date(2026, 5, 1)}, actor=LENA)
        gate = Gate.objects.get(project=row, key="P1")
        assert (gate.first_planned_on, gate.planned_on) == (date(2026, 2, 1), date(2026, 5, 1))


def test_another_municipality_sees_nothing(town):
    row = make_project(town.tenant.pk)
    other = make_tenant("zell")
    with tenant_scope(other.pk), pytest.raises(UnknownProjectError):
        access.find_project(row.pk)


def test_for_whom_it_is_stands_fixed_from_the_start(town):
    """EVI-23: declared before the start; a later change is a correction with its reason."""
    row = make_project(town.tenant.pk, starts_on=date(2020, 1, 1), beneficiaries="Bauhof")
    other = {"beneficiaries": "alle Haushalte"}
    with town.scope():
        with pytest.raises(CorrectionReasonError):
            actions.update_project(row, other, actor=LENA)
        actions.update_project(row, {"benefit_kind": "direct_people"}, actor=LENA)
        said = {**other, "correction_reason": "Verwechselt."}
        assert actions.update_project(row, said, actor=LENA).beneficiaries == "alle Haushalte"
    corrected = AuditRow.objects.get(kind="project", verb="correct")
    assert "Verwechselt." in str(corrected.__dict__)
    ahead = make_project(town.tenant.pk, starts_on=date(2999, 1, 1), beneficiaries="Bauhof")
    with town.scope():
        assert actions.update_project(ahead, other, actor=LENA).beneficiaries == "alle Haushalte"
