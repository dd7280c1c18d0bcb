"""Adoptions: declared by the adopter, dated, replayed, confirmed, ended; TRF-101 to TRF-115."""

from datetime import date

import pytest
import time_machine

from mehrwert.base.models import AuditRow, OutboxEvent
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.choices import AdoptionStatus, Relation
from mehrwert.catalogue.errors import NotOwnEntryError
from mehrwert.catalogue.models import Adoption
from mehrwert.catalogue.queries import list_fits, list_rows
from mehrwert.catalogue.rules import Place
from mehrwert.catalogue.rules.matching import Wishes
from mehrwert.catalogue.tests.factories import make_adoption, make_solution
from mehrwert.municipalities.tests.fixtures import make_tenant, official
from mehrwert.portfolio import actions, queries
from mehrwert.portfolio.choices import CHECKLIST, ItemState
from mehrwert.portfolio.errors import (
    AdoptionEndedError,
    FutureDayError,
    SkipReasonError,
    UnknownItemError,
)
from mehrwert.portfolio.models import AdoptionEvent, DeclaredAdoption
from mehrwert.portfolio.rules.adoptions import first_day_of, stage_days, state_on

from .factories import LENA, make_project

TODAY = time_machine.travel("2026-11-28 10:00+00:00", tick=False)


@pytest.fixture
def inside(town):
    with town.scope(), TODAY:
        yield town


def told(relation=Relation.REUSE, status=AdoptionStatus.LIVE, since="2025-05", **more):
    return actions.AdoptionInput(relation=relation, status=status, since=since, **more)


def declare(solution, *args, **more):
    return actions.declare_adoption(solution, told(*args, **more), actor=LENA)


def test_five_fields_declare_a_use_that_all_can_read(inside):
    """TRF-101, TRF-106: five fields suffice; the catalogue shows it as declared."""
    solution = make_solution("app")
    row = declare(solution, contact_role="Bauhof")
    assert (row.relation, row.status, row.declared_by) == ("reuse", "live", "Lena Amtmann")
    shown = Adoption.objects.get(solution=solution, basis="declared")
    assert (shown.status, shown.since, shown.contact_role) == ("live", "2025-05", "Bauhof")
    assert shown.stages == {"live": "2025-05-01"}
    assert OutboxEvent.objects.filter(name="AdoptionDeclared").count() == 1
    assert AuditRow.objects.filter(kind="adoption", verb="declare").count() == 1


def test_a_change_is_a_new_event_and_any_day_can_be_replayed(inside):
    """TRF-103: "Test 2025 → Nachnutzung 2026"."""
    solution = make_solution("app")
    declare(solution, Relation.TEST, AdoptionStatus.TRIAL, "2025-03")
    row = declare(solution, Relation.REUSE, AdoptionStatus.LIVE, "2026-02-10")
    assert queries.read_state_on(row, date(2025, 2, 28)) is None
    before = queries.read_state_on(row, date(2026, 2, 9))
    after = queries.read_state_on(row, date(2026, 2, 10))
    assert (before.relation, before.status) == ("test", "trial")
    assert (after.relation, after.status) == ("reuse", "live")
    assert DeclaredAdoption.objects.count() == 1
    assert Adoption.objects.get(basis="declared").stages == {
        "trial": "2025-03-01",
        "live": "2026-02-10",
    }


def test_the_same_thing_said_twice_is_one_event(inside):
    solution = make_solution("app")
    declare(solution)
    declare(solution, extent="40 Sensoren")
    assert AdoptionEvent.objects.count() == 1
    assert Adoption.objects.get(basis="declared").extent == "40 Sensoren"


@pytest.mark.parametrize("relation", [r for r in Relation if r != Relation.REUSE])
def test_only_reuse_counts_as_reuse(inside, relation):
    """TRF-102."""
    solution = make_solution("app")
    declare(solution, relation)
    (shown,) = list_rows([solution.pk])
    assert shown.uses.declared == {}
    declare(solution, Relation.REUSE)
    (shown,) = list_rows([solution.pk])
    assert shown.uses.declared == {"demo": 1}


def test_what_lies_ahead_did_not_happen(inside):
    with pytest.raises(FutureDayError):
        declare(make_solution("app"), since="2027")


def test_an_internal_use_is_not_in_the_catalogue(inside):
    solution = make_solution("app")
    declare(solution)
    declare(solution, is_public=False)
    assert not Adoption.objects.filter(basis="declared").exists()


def test_a_use_not_confirmed_for_540_days_counts_no_longer(inside):
    """TRF-113: it leaves the filter the same day, a click brings it back."""
    solution = make_solution("app")
    row = declare(solution)
    with time_machine.travel("2028-05-21 10:00+00:00", tick=False):
        assert list_rows([solution.pk])[0].uses.declared == {"demo": 1}
    with time_machine.travel("2028-05-22 10:00+00:00", tick=False):
        assert list_rows([solution.pk])[0].uses.declared == {}
        assert [found.pk for found in queries.list_due()] == [row.pk]
        actions.confirm_adoption(row, actor=LENA)
        assert list_rows([solution.pk])[0].uses.declared == {"demo": 1}
        assert queries.list_due() == []


def test_an_end_has_a_reason_and_stays_public(inside):
    """TRF-115."""
    solution = make_solution("app")
    row = declare(solution)
    how = actions.EndInput(reason="cost", on=date(2026, 11, 1), lessons="Zu teuer.")
    actions.end_adoption(row, how, actor=LENA)
    shown = Adoption.objects.get(basis="declared")
    assert (shown.status, shown.stages["ended"]) == ("ended", "2026-11-01")
    assert list_rows([solution.pk])[0].uses.declared == {}
    with pytest.raises(AdoptionEndedError):
        actions.end_adoption(row, how, actor=LENA)
    with pytest.raises(AdoptionEndedError):
        actions.confirm_adoption(row, actor=LENA)
    again = declare(solution, since="2026-11-20")
    assert (again.status, again.end_reason) == ("live", "")


def test_installing_declares_only_if_nothing_is_declared(inside):
    """Decisions 42, TRF-211."""
    solution, project = make_solution("app"), make_project(inside.tenant.pk)
    first = actions.declare_if_new(solution, AdoptionStatus.TRIAL, project=project, actor=LENA)
    again = actions.declare_if_new(solution, AdoptionStatus.LIVE, actor=LENA)
    assert (again.pk, again.status, again.project_id) == (first.pk, "trial", project.pk)


def test_declared_live_users_lift_the_recommendation(inside):
    """Decisions 39: declared live adopters count in full, documented reuse at half value."""
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    official("094710000000", "Hof", 70_000, ags="09471000", land_code="09")
    solution = make_solution("app")
    make_adoption(solution, "09462000")
    home = Place("gemeinde", "09471000", "Hof", population=70_000, land_code="09")
    factor = {f.name: f for f in list_fits(home, Wishes())[0].match.factors}["similarity"]
    bayreuth = make_tenant(
        "bayreuth", level="gemeinde", ars="094620000000", is_demo=False, name="Bayreuth"
    )
    with tenant_scope(bayreuth.pk):
        declare(solution)
    lifted = {f.name: f for f in list_fits(home, Wishes())[0].match.factors}["similarity"]
    assert lifted.value == pytest.approx(2 * factor.value)


@pytest.fixture
def bayreuth(db):
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    return make_tenant(
        "bayreuth", level="gemeinde", ars="094620000000", is_demo=False, name="Bayreuth"
    )


@pytest.mark.parametrize(
    ("relation", "status"),
    [("reuse", "live"), ("site", "live"), ("test", "trial"), ("planned", "decided")],
)
def test_one_click_confirms_what_a_source_says(bayreuth, relation, status):
    """TRF-107."""
    said = make_adoption(make_solution("app"), "09462000", relation=relation, since="2023")
    with tenant_scope(bayreuth.pk):
        assert [row.pk for row in queries.list_documented()] == [said.pk]
        row = actions.confirm_documented(said, actor=LENA)
        assert (row.status, row.since) == (status, "2023")
        assert queries.list_documented() == []
        foreign = make_adoption(make_solution("b"), "05766020")
        with pytest.raises(NotOwnEntryError):
            actions.confirm_documented(foreign, actor=LENA)
        assert DeclaredAdoption.objects.count() == 1


def test_a_denied_source_leaves_all_counts(bayreuth):
    """TRF-107."""
    solution = make_solution("app")
    said = make_adoption(solution, "09462000")
    with tenant_scope(bayreuth.pk):
        actions.deny_documented(said, actor=LENA)
        assert queries.list_documented() == []
    assert list_rows([solution.pk])[0].uses.documented == {}
    said.refresh_from_db()
    assert (said.is_denied, bool(said.source)) == (True, True)


def test_the_checklist_has_a_state_for_every_line(inside):
    """TRF-208."""
    row = declare(make_solution("app"))
    lines = queries.list_checklist(row)
    assert [line.line.key for line in lines] == [line.key for line in CHECKLIST]
    assert {line.state for line in lines} == {ItemState.OPEN}
    done = actions.ItemInput(state=ItemState.DONE, owner="Bauamt", proof="Az. 12/2026")
    actions.answer_item(row, "mandate", done, actor=LENA)
    skip = actions.ItemInput(state=ItemState.SKIPPED)
    with pytest.raises(SkipReasonError):
        actions.answer_item(row, "works_council", skip, actor=LENA)
    with pytest.raises(UnknownItemError):
        actions.answer_item(row, "kaffee", done, actor=LENA)
    states = {line.line.key: line.state for line in queries.list_checklist(row)}
    assert states["mandate"] is ItemState.DONE


def test_gates_of_a_linked_project_answer_the_milestones(inside):
    solution, project = make_solution("app"), make_project(inside.tenant.pk)
    actions.advance_project(project, "P1", on=date(2026, 2, 1), actor=LENA)
    row = actions.declare_adoption(solution, told(), project=project, actor=LENA)
    gates = {x.line.key: x for x in queries.list_checklist(row) if x.line.is_gate}
    assert gates["gate_p1"].state is ItemState.DONE
    assert gates["gate_p2"].state is ItemState.OPEN
    with pytest.raises(UnknownItemError):
        queries.read_checklist_line(row, "gate_p1")


def test_replay_takes_the_event_told_last_of_one_day():
    class Event:
        def __init__(self, on, status):
            self.on, self.relation, self.status = on, "reuse", status

    day = date(2025, 1, 1)
    events = [Event(day, "trial"), Event(day, "live"), Event(date(2024, 1, 1), "interest")]
    assert state_on(events, day).status == "live"
    assert stage_days(events)["interest"] == "2024-01-01"


@pytest.mark.parametrize(
    ("since", "day"),
    [("2024", (2024, 1, 1)), ("2024-05", (2024, 5, 1)), ("2024-05-17", (2024, 5, 17))],
)
def test_days_as_people_say_them(since, day):
    assert first_day_of(since) == date(*day)
