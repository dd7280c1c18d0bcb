"""What other tables say about a project, and whom a municipality is compared with."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from mehrwert.base.clock import to_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.choices import AdoptionStatus, Relation
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.evaluation.models import Evaluation, Result
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.tests.fixtures import make_tenant, official
from mehrwert.portfolio import actions
from mehrwert.portfolio.models import (
    Funding,
    Indicator,
    IndicatorValue,
    IndicatorVersion,
    Project,
    Replacement,
)
from mehrwert.portfolio.tests.factories import LENA, make_project
from mehrwert.provision import queries
from mehrwert.provision.choices import ProjectPhase
from mehrwert.provision.rules import ProjectRow, TownFacts, read_portfolio

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 15)


def condition(found, key):
    return next(one.is_met for one in found.conditions if one.key == key)


def add_values(project, months):
    indicator = Indicator.objects.create(
        tenant_id=project.tenant_id, project=project, key="wasser", created_us=1
    )
    version = IndicatorVersion.objects.create(
        tenant_id=project.tenant_id, indicator=indicator, number=1, type="outcome", name="Wasser",
        explanation="-", unit="m³", good_direction="down", period="month", delay_class="monthly",
        source="Bauhof", owner="Bauhof", valid_from=date(2025, 1, 1), created_us=1,
    )  # fmt: skip
    for month in months:
        IndicatorValue.objects.create(
            tenant_id=project.tenant_id, version=version, period=month, value=1.0, origin="own",
            retrieved_us=1,
        )  # fmt: skip


def test_data_funding_and_switched_off_processes_count(town):
    """PF-01: b4 from values, b6 from a confirmed replacement, funding end named."""
    row = make_project(town.tenant.pk, operator="Stadtwerke")
    with town.scope():
        add_values(row, [date(2025, 10, 1), *(date(2026, n, 1) for n in range(1, 11)), TODAY])
        Funding.objects.create(
            tenant_id=row.tenant_id, project=row, programme="Beispiel", share=Decimal("0.8"),
            ends_on=date(2027, 6, 30),
        )  # fmt: skip
        Replacement.objects.create(
            tenant_id=row.tenant_id, project=row, name="Tankwagen", off_on=date(2026, 5, 1),
            yearly_eur=Decimal(100), confirmed_by="Bauhof",
        )  # fmt: skip
        found = queries.phase_of(row, today=TODAY)
        assert found.phase is ProjectPhase.PILOT
        assert found.reasons[0].startswith("Die Förderung endet")
        assert condition(found, "b6") is True
        assert condition(found, "b4") is False
        IndicatorValue.objects.filter(period=TODAY).update(period=date(2025, 12, 1))
        assert condition(queries.phase_of(row, today=TODAY), "b4") is True


def test_a_project_without_values_is_unknown(town):
    row = make_project(town.tenant.pk)
    with town.scope():
        found = queries.phase_of(row, today=TODAY)
    assert condition(found, "b4") is None
    assert condition(found, "b6") is None


def test_running_costs_give_shares_of_funding(town):
    row = make_project(town.tenant.pk)
    with town.scope():
        Project.objects.update(state="running", running_eur=Decimal(1000))
        Funding.objects.create(
            tenant_id=row.tenant_id, project=row, programme="Beispiel", share=Decimal("0.8"),
            ends_on=date(2027, 6, 30),
        )  # fmt: skip
        current = queries.assess_now(today=TODAY)
    readings = {line.indicator.key: line.reading for line in current.whole.lines if line.reading}
    assert readings["E2"].value == pytest.approx(0.8)
    assert readings["B5"].value == pytest.approx(0.2)
    assert current.tensions["funded_share"] == pytest.approx(0.8)
    assert current.tensions["cliff_share"] == pytest.approx(0.8)
    with town.scope():
        assert queries.read_tensions(current.tensions)[3].warning


def test_an_invented_town_is_compared_with_real_ones_by_size_alone():
    official("055150000002", "Bachheim", 8100)
    official("055150000004", "Grossburg", 90_000)
    invented = Tenant(
        level="demo", ars="990000000009", name="Auental", is_demo=True, population=8200
    )
    (one,) = queries.list_comparison_group(invented)
    assert one.place.name == "Bachheim"
    assert set(one.similarity.terms) == {"population"}
    assert one.similarity.distance_km is None


def test_the_comparison_group_shows_the_distance_by_trait():
    """PF-09: nearest neighbours, no ranking; half or twice the size is not looked at."""
    home = official("055150000001", "Auendorf", 8000)
    official("055150000002", "Bachheim", 8100)
    official("091620000003", "Fernau", 8000)
    official("055150000004", "Grossburg", 90_000)
    tenant = Tenant(level=home.level, ars=home.ars, name="Auendorf")
    group = queries.list_comparison_group(tenant)
    assert [one.place.name for one in group] == ["Bachheim", "Fernau"]
    near, far = (one.similarity for one in group)
    assert near.value > far.value
    assert (near.terms["land"], far.terms["land"]) == (0.0, 1.0)
    assert 0 < near.terms["population"] < 0.01
    assert far.terms["population"] == 0


def readings(town):
    with town.scope():
        lines = queries.assess_now(today=TODAY).whole.lines
    return {line.indicator.key: line.reading.value for line in lines if line.reading}


def live(town, **given):
    row = make_project(town.tenant.pk, **given)
    with town.scope():
        Project.objects.filter(pk=row.pk).update(state="live")
    return row


def test_bricks_that_are_joined_tested_and_used_count(town):
    """T4, T6, T12: unknown until every project says it; then shares."""
    tree = live(town, title="Bäume", solution=make_solution("baeume"), available_percent=80)
    radio = live(town, title="Funknetz", standard="LoRaWAN 1.0", is_conformant=True)
    assert not {"T4", "T6", "T12"} & readings(town).keys()
    with town.scope():
        actions.add_dependency(tree, radio, "needs", role="Leitung", actor=LENA)
        actions.update_project(tree, {"is_conformant": False}, actor=LENA)
    with town.scope():
        add_values(tree, [date(2025, 11, 1), *(date(2026, n, 1) for n in range(1, 11))])
    assert "T12" not in readings(town)  # water is an outcome, no service
    with town.scope():
        IndicatorVersion.objects.update(type="output", good_direction="up")
    found = readings(town)
    assert (found["T4"], found["T6"], found["T12"]) == (1, 0.5, pytest.approx(0.8))
    with town.scope():
        IndicatorValue.objects.filter(period__gte=date(2026, 6, 1)).update(value=0.5)
    assert readings(town)["T12"] == 0


def test_what_others_took_over_from_us_counts_as_reuse_out(town):
    """T3: both directions; T8: own entries with contact, licence and date."""
    own = make_solution("eigene", owner_tenant_id=town.tenant.pk)
    live(town, solution=own)
    other = make_tenant("nebenort")
    with tenant_scope(other.pk):
        given = actions.AdoptionInput(
            relation=Relation.REUSE, status=AdoptionStatus.LIVE, since="2026-03"
        )
        actions.declare_adoption(own, given, actor=LENA)
    found = readings(town)
    assert found["T3"] == 1
    assert found["T8"] == 0
    own.profile = {**own.profile, "contact": {"role": "Bauhof"}, "code": {"licence": "EUPL-1.2"}}
    own.freshness = "fresh"
    own.save()
    assert readings(town)["T8"] == 1


def test_goals_count_once_their_effect_is_well_proven(town):
    """B7: unknown while nothing is evaluated."""
    row = ProjectRow("a", goal="Klima", evidence_class=3, is_active=True)
    assert "B7" not in read_portfolio([replace(row, evidence_class=None)], today=TODAY)
    two = [row, replace(row, title="b"), replace(row, goal="Verkehr", evidence_class=1)]
    assert read_portfolio(two, today=TODAY)["B7"].value == 1


def test_data_of_a_foundation_flows_or_not(town):
    """B4: days of the last year with a value, of projects that others need."""
    tree, radio = live(town, title="Bäume"), live(town, title="Funknetz")
    with town.scope():
        actions.add_dependency(tree, radio, "needs", role="Leitung", actor=LENA)
    assert "B4" not in readings(town)
    assert (
        read_portfolio([ProjectRow("a")], today=TODAY, town=TownFacts(flow=0.98))["B4"].value
        == 0.98
    )


def test_results_that_were_filed_when_they_were_promised(town):
    """B8: of what fell due in the window; unknown while nothing did."""
    live(town)
    assert "B8" not in readings(town)
    with town.scope():
        for due, filed in (
            (date(2026, 5, 31), date(2026, 5, 31)),
            (date(2026, 6, 30), date(2026, 7, 1)),
            (date(2026, 9, 30), None),
            (date(2026, 12, 31), None),
            (date(2020, 12, 31), date(2020, 12, 1)),
        ):
            row = Evaluation.objects.create(
                tenant_id=town.tenant.pk, title="Bäume", state="frozen", due_on=due, created_us=1
            )
            if filed is not None:
                at = to_us(datetime.combine(filed, time(9), tzinfo=UTC))
                Result.objects.create(
                    tenant_id=town.tenant.pk, evaluation=row, kind="effect", filed_us=at
                )
    assert readings(town)["B8"] == pytest.approx(1 / 3)


def test_what_people_change_and_use_gives_two_poles_their_values(town):
    """Section 8: reasoned local deviation, and how many use what was built."""
    project = make_project(town.tenant.pk)
    with town.scope():
        assert {"deviation_share", "reach"}.isdisjoint(queries.assess_now(today=TODAY).tensions)
        actions.advance_project(project, "P1", on=TODAY, actor=LENA)
        for slug, variant in (("a", "Andere Fühler, weil der Boden lehmig ist"), ("b", "")):
            told = actions.AdoptionInput(
                relation=Relation.REUSE, status=AdoptionStatus.LIVE, since="2025", variant=variant
            )
            actions.declare_adoption(make_solution(slug), told, actor=LENA)
        plan = actions.MoneyInput(base_year=2026, yearly_uses=1_300)
        actions.plan_money(project, plan, actor=LENA)
        tensions = queries.assess_now(today=TODAY).tensions
    assert (tensions["deviation_share"], tensions["reach"]) == (0.5, 1_300.0)
