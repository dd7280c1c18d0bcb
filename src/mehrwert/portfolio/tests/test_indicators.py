"""Indicators have versions, values are added, the baseline is frozen."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from mehrwert.portfolio import actions, queries
from mehrwert.portfolio.errors import (
    BaselineFrozenError,
    BaselineShortError,
    BreakReasonError,
    CircleError,
    CommitmentError,
    DashboardFullError,
    DecisionMissingError,
    GateBlockedError,
    IndicatorTakenError,
    IndicatorWordsError,
    ValueMissingError,
)
from mehrwert.portfolio.models import DashboardFigure, Project
from mehrwert.portfolio.presenting.dashboard import freshness_words

from .factories import LENA, make_project

TODAY = date(2026, 7, 16)


def definition(**changes):
    given = {
        "type": "outcome",
        "name": "Gießwasser",
        "explanation": "Wasser, das der Bauhof im Monat vergießt.",
        "unit": "m³",
        "good_direction": "down",
        "source": "Wasseruhr",
        "owner": "Bauhof",
        "valid_from": date(2025, 1, 1),
    }
    return actions.Definition(**{**given, **changes})


def figure(**changes):
    given = {
        "target": 40.0,
        "target_on": date(2026, 12, 31),
        "owner_role": "Bauhof",
        "decision_served": "Ausweiten auf den Friedhof?",
    }
    return actions.FigureInput(**{**given, **changes})


def monthly(*values, year=2025):
    return [
        actions.NewValue(period=date(year, month, 1), value=value)
        for month, value in enumerate(values, 1)
    ]


@pytest.fixture
def project(town):
    row = make_project(town.tenant.pk, starts_on=date(2025, 7, 1))
    with town.scope():
        yield row


@pytest.fixture
def water(project):
    return actions.define_indicator(definition(), project=project, actor=LENA)


def test_a_project_without_an_outcome_says_so(project):
    """PF-117, EVI-21."""
    actions.define_indicator(definition(type="output", name="Fahrten"), project=project, actor=LENA)
    assert not Project.objects.get(pk=project.pk).has_outcome
    actions.define_indicator(definition(), project=project, actor=LENA)
    assert Project.objects.get(pk=project.pk).has_outcome


def test_words_and_keys_are_checked(project, water):
    with pytest.raises(IndicatorWordsError):
        actions.define_indicator(definition(type="vibes", name="x"), actor=LENA)
    with pytest.raises(IndicatorTakenError):
        actions.define_indicator(definition(), actor=LENA)


def test_values_are_added_and_the_newest_entry_of_a_period_is_shown(water):
    """PF-112."""
    actions.add_values(water, monthly(50, 48), actor=LENA)
    actions.add_values(water, monthly(51), actor=LENA)
    assert queries.list_values(water).count() == 3
    (shown,) = queries.show_all([water], date(2025, 3, 1))
    assert [v.value for v in shown.values] == [51, 48]


def test_where_there_is_no_own_value_that_of_the_association_stands_and_is_marked(water):
    """EVI-27: below 5,000 people statistics often know the association only."""
    shared = {"origin": "association"}
    actions.add_values(water, [actions.NewValue(period=TODAY, value=40.0, **shared)], actor=LENA)
    (shown,) = queries.show_all([water], TODAY)
    assert freshness_words(shown).endswith("Wert des Gemeindeverbands")
    absent = actions.NewValue(period=TODAY, absence="Zähler defekt")
    actions.add_values(water, [absent], actor=LENA)
    assert queries.show_all([water], TODAY)[0].last.value == 40.0
    actions.add_values(water, [actions.NewValue(period=TODAY, value=50.0)], actor=LENA)
    later = actions.NewValue(period=TODAY, value=41.0, **shared)
    actions.add_values(water, [later], actor=LENA)
    (shown,) = queries.show_all([water], TODAY)
    assert shown.last.value == 50.0
    assert "Gemeindeverband" not in freshness_words(shown)


def test_no_value_needs_a_reason(water):
    with pytest.raises(ValueMissingError):
        actions.add_values(water, [actions.NewValue(period=TODAY)], actor=LENA)
    actions.add_values(water, [actions.NewValue(period=TODAY, absence="Uhr defekt")], actor=LENA)


def test_an_old_value_is_stale(water):
    """PF-115, EVI-28."""
    actions.add_values(water, monthly(50), actor=LENA)
    assert not queries.show_all([water], date(2025, 7, 31))[0].is_stale
    assert queries.show_all([water], date(2025, 8, 1))[0].is_stale


def test_a_new_definition_that_breaks_the_series_is_not_compared(project):
    """PF-113, EVI-25: PM10 until 12/2022, PM2.5 from 01/2023."""
    dust = definition(name="Feinstaub", explanation="PM10", valid_from=date(2022, 1, 1))
    row = actions.define_indicator(dust, project=project, actor=LENA)
    new = definition(
        name="Feinstaub", explanation="PM2,5", valid_from=date(2023, 1, 1), breaks_series=True
    )
    with pytest.raises(BreakReasonError):
        actions.change_definition(row, new, actor=LENA)
    new = definition(
        name="Feinstaub",
        explanation="PM2,5",
        valid_from=date(2023, 1, 1),
        breaks_series=True,
        break_reason="PM10 → PM2,5",
    )
    row = actions.change_definition(row, new, actor=LENA)
    actions.add_values(row, monthly(20, 21, year=2022) + monthly(9, 8, year=2023), actor=LENA)
    (shown,) = queries.show_all([row], date(2023, 4, 1))
    assert [v.value for v in shown.values] == [9, 8]
    assert [v.version.number for v in queries.list_values(row)] == [2, 2, 1, 1]


def test_the_baseline_is_frozen_once_from_values_before_the_start(project, water):
    """PF-114, EVI-24."""
    actions.add_values(water, monthly(50, 48, 52), actor=LENA)
    with pytest.raises(BaselineShortError) as short:
        actions.freeze_baseline(project, water, role="Leitung", actor=LENA)
    assert short.value.data == {"n": 3, "least": 4}
    actions.add_values(water, monthly(50, 48, 52, 47, 49, 51, 30, 31), actor=LENA)
    made = actions.freeze_baseline(project, water, role="Leitung", actor=LENA)
    assert [value for _month, value in made.values] == [50, 48, 52, 47, 49, 51]
    with pytest.raises(BaselineFrozenError):
        actions.waive_baseline(project, "neu", role="Leitung", actor=LENA)


def test_with_baseline_operator_and_financing_a_project_goes_live(project):
    """Decisions 42, UX-45: a reasoned waiver is visible."""
    actions.waive_baseline(project, "Die Sache gab es vorher nicht.", role="Leitung", actor=LENA)
    row = actions.update_project(project, {"operator": "Bauhof", "financing": "budget"}, actor=LENA)
    for gate in ("P1", "P2", "P3", "P4"):
        row = actions.advance_project(row, gate, on=TODAY, actor=LENA)
    assert row.state == "live"


def test_a_figure_needs_a_decision_it_serves(water):
    """PF-18, PF-161: saving a figure without a decision purpose fails, also in the database."""
    with pytest.raises(DecisionMissingError):
        actions.place_figure(water, figure(decision_served=" "), actor=LENA)
    row = actions.place_figure(water, figure(), actor=LENA)
    with pytest.raises(IntegrityError), transaction.atomic():
        DashboardFigure.objects.filter(pk=row.pk).update(decision_served="")


def test_there_is_room_for_twelve_figures(project):
    """PF-18."""
    for n in range(12):
        row = actions.define_indicator(definition(name=f"Zahl {n}"), project=project, actor=LENA)
        actions.place_figure(row, figure(), actor=LENA)
    actions.place_figure(row, figure(target=1.0), actor=LENA)
    one_more = actions.define_indicator(definition(name="Dreizehn"), project=project, actor=LENA)
    with pytest.raises(DashboardFullError):
        actions.place_figure(one_more, figure(), actor=LENA)
    assert len(queries.list_figures(TODAY)) == 12


def test_a_stale_figure_meets_no_target(water):
    """PF-162."""
    actions.add_values(water, monthly(30), actor=LENA)
    actions.place_figure(water, figure(alarm_limit=60.0), actor=LENA)
    (fresh,) = queries.list_figures(date(2025, 2, 1))
    assert (fresh.is_met, fresh.is_alarm) == (True, False)
    (stale,) = queries.list_figures(TODAY)
    assert (stale.is_met, stale.shown.is_stale) == (None, True)


def test_a_circle_of_dependencies_is_refused(town, project):
    """PF-109."""
    other = make_project(town.tenant.pk, title="Funknetz")
    actions.add_dependency(project, other, "needs", role="Leitung", actor=LENA)
    with pytest.raises(CircleError):
        actions.add_dependency(other, project, "needs", role="Leitung", actor=LENA)


def test_who_ends_before_a_commitment_ends_must_confirm(project):
    """PF-73, PF-156."""
    given = actions.FundingInput(
        programme="Programm",
        share=Decimal("0.75"),
        ends_on=date(2027, 6, 30),
        committed_until=date(2030, 6, 30),
    )
    actions.add_funding(project, given, actor=LENA)
    ended = {"on": TODAY, "note": "Kein Bedarf.", "actor": LENA}
    with pytest.raises(CommitmentError) as refused:
        actions.advance_project(project, "P5", **ended)
    assert refused.value.data["until"] == "30.06.2030"
    assert actions.advance_project(project, "P5", is_confirmed=True, **ended).state == "ended"


def test_the_cliff_is_listed_by_date_and_project(project):
    """PF-69, PF-151 (TC39)."""
    actions.update_project(project, {"running_eur": Decimal(80_000)}, actor=LENA)
    given = actions.FundingInput(
        programme="Programm", share=Decimal("0.75"), ends_on=date(2027, 6, 30)
    )
    funding = actions.add_funding(project, given, actor=LENA)
    (line,) = queries.list_cliff(TODAY)
    assert dict(line.lost)[2027] == Decimal("30246.58")
    assert queries.read_cliff(TODAY).is_warning
    actions.decide_funding(funding, on=TODAY, decision="Übernahme in den Haushalt", actor=LENA)
    assert not queries.read_cliff(TODAY).is_warning


def test_the_step_to_live_names_the_missing_baseline(project):
    row = actions.update_project(project, {"operator": "B", "financing": "budget"}, actor=LENA)
    for gate in ("P1", "P2", "P3"):
        row = actions.advance_project(row, gate, on=TODAY, actor=LENA)
    with pytest.raises(GateBlockedError) as refused:
        actions.advance_project(row, "P4", on=TODAY, actor=LENA)
    assert "mindestens 4 Werte" in refused.value.data["reasons"]
