"""Worked examples of the specification and properties of the rules."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.portfolio.rules import chain, dependencies, financing, indicators, leadtime, lights
from mehrwert.portfolio.rules.lights import LightInputs, computed_light
from mehrwert.portfolio.rules.periods import due_on, is_missed, report_months
from mehrwert.portfolio.rules.rollup import Standing, roll_up
from mehrwert.portfolio.rules.ruleset import PORTFOLIO

few = settings(max_examples=25, deadline=None)
ALL_GREEN = LightInputs(days_late=0, cost_over_plan=0.0, data_delivered=1.0, risk_age_days=0)


@pytest.mark.parametrize(
    ("rhythm", "months"),
    [(1, ["01", "02", "03", "04", "05", "06"]), (3, ["03", "06"]), (6, ["06"])],
)
def test_reports_follow_the_calendar_in_their_rhythm(rhythm, months):
    """Decisions 43."""
    found = report_months(date(2026, 1, 20), date(2026, 7, 1), rhythm)
    assert [f"{month:%m}" for month in found] == months


def test_a_report_is_due_on_the_tenth_of_the_next_month_and_missed_after_it():
    """PF-12, PF-103."""
    assert due_on(date(2026, 12, 1), due_day=10) == date(2027, 1, 10)
    assert not is_missed(date(2026, 12, 1), date(2027, 1, 10), due_day=10)
    assert is_missed(date(2026, 12, 1), date(2027, 1, 11), due_day=10)


@pytest.mark.parametrize(
    ("part", "green", "yellow", "red"),
    [
        ("days_late", 14, 60, 61),
        ("cost_over_plan", 0.05, 0.15, 0.151),
        ("data_delivered", 0.90, 0.70, 0.699),
        ("risk_age_days", 30, 90, 91),
    ],
)
def test_the_limits_of_the_four_parts(part, green, yellow, red):
    """PF-104: a limit itself belongs to the better light."""
    said = [
        computed_light(replace(ALL_GREEN, **{part: value}), PORTFOLIO).total
        for value in (green, yellow, red)
    ]
    assert said == ["green", "yellow", "red"]


def test_green_with_an_unknown_part_is_not_green():
    """Decisions 43."""
    found = computed_light(replace(ALL_GREEN, data_delivered=None), PORTFOLIO)
    assert (found.total, found.unknown) == ("incomplete", ("data",))
    assert computed_light(LightInputs(), PORTFOLIO).total == "unknown"
    red = computed_light(LightInputs(days_late=100), PORTFOLIO)
    assert (red.total, red.unknown) == ("red", ("cost", "data", "risk"))


@few
@given(st.lists(st.sampled_from(["green", "yellow", "red", "unknown"]), min_size=4, max_size=4))
def test_a_total_is_never_better_than_any_known_part(values):
    parts = dict(zip(lights.PARTS, values, strict=True))
    total = lights.total_of(parts)
    known = [lights.RANK[v] for v in values if v in lights.RANK]
    rank = {**lights.RANK, "incomplete": 0}
    assert (total == "unknown") == (not known)
    assert all(rank.get(total, 9) >= value for value in known)
    assert (total == "green") == (values == ["green"] * 4)


@pytest.mark.parametrize(
    ("stated", "computed", "said"),
    [
        ("green", "red", "watermelon"),
        ("green", "yellow", "better"),
        ("yellow", "red", "better"),
        ("red", "green", "worse"),
        ("green", "incomplete", "none"),
        ("green", "unknown", "none"),
        ("", "red", "none"),
    ],
)
def test_stated_better_than_computed_is_flagged(stated, computed, said):
    """PF-105."""
    assert lights.deviation(stated, computed) == said


def test_late_is_never_green():
    """PF-103; a late yellow stays yellow."""
    assert lights.counted_stated("green", is_late=True) == "late"
    assert lights.counted_stated("yellow", is_late=True) == "yellow"
    assert lights.counted_stated("green", is_late=False) == "green"


def test_the_portfolio_of_the_specification_adds_up():
    """PF-106: 5 green, 2 yellow, 1 red with 80,000 € left, 2 not delivered."""
    rows = [Standing("green", "green")] * 5 + [Standing("yellow", "yellow")] * 2
    rows += [Standing("red", "red", Decimal(80_000), date(2026, 3, 1))]
    rows += [Standing("not_delivered", "unknown")] * 2
    found = roll_up(rows)
    counted = [found.stated[light] for light in ("green", "yellow", "red", "not_delivered")]
    assert counted == [5, 2, 1, 2]
    assert (found.at_risk_eur, found.missing, found.unknown_red) == (Decimal(80_000), 2, 0)
    assert found.oldest_risk_on == date(2026, 3, 1)


def test_a_red_project_of_unknown_budget_is_said_and_not_taken_as_zero():
    found = roll_up([Standing("red", "red"), Standing("red", "red", Decimal(5))])
    assert (found.at_risk_eur, found.unknown_red) == (Decimal(5), 1)


def test_the_funding_cliff_of_the_specification():
    """TC39."""
    one = financing.Funded("a", Decimal(80_000), Decimal("0.75"), date(2027, 6, 30))
    lost = [financing.lost_in_year(one, year) for year in (2026, 2027, 2028)]
    assert lost == [Decimal("0.00"), Decimal("30246.58"), Decimal("60000.00")]


def test_a_cliff_warns_until_somebody_decided():
    """PF-152: more than a tenth of the running cost within 24 months."""
    one = financing.Funded("a", Decimal(80_000), Decimal("0.75"), date(2027, 6, 30))
    asked = {"today": date(2026, 11, 1), "running_eur": Decimal(80_000), "months": 24}
    asked["warn_share"] = Decimal("0.10")
    found = financing.cliff([one], **asked)
    assert found.is_warning
    assert found.by_year[2027] == Decimal("30246.58")
    assert not financing.cliff([replace(one, is_decided=True)], **asked).is_warning
    nothing = financing.cliff([], **{**asked, "running_eur": Decimal(0)})
    assert (nothing.share, nothing.is_warning) == (None, False)


@few
@given(st.dates(date(2025, 1, 1), date(2029, 12, 31)), st.integers(0, 10**6))
def test_what_is_lost_adds_up_over_any_cut(cut, euros):
    one = financing.Funded("a", Decimal(euros), Decimal("0.5"), date(2026, 12, 31))
    first, last = date(2025, 1, 1), date(2030, 1, 1)
    whole = financing.lost_between(one, first, last)
    parts = financing.lost_between(one, first, cut) + financing.lost_between(one, cut, last)
    assert abs(whole - parts) < Decimal("0.0001")
    assert abs(whole - 3 * one.running_eur * one.share) < Decimal("0.0001")


def test_the_split_by_spatial_level_of_the_specification():
    """TC40."""
    shares = dict(zip(financing.LEVELS, map(Decimal, (".55", ".25", ".15", ".05")), strict=True))
    found = financing.spatial_split(Decimal(40_000), Decimal(10_000), shares)
    assert list(found.values()) == [
        Decimal(22_000),
        Decimal(10_000),
        Decimal(13_500),
        Decimal(4_500),
    ]


def test_shared_cost_goes_to_the_land_if_nobody_above_benefits():
    """PF-153."""
    shares = dict(zip(financing.LEVELS, map(Decimal, ("1", "0", "0", "0")), strict=True))
    found = financing.spatial_split(Decimal(10), Decimal(5), shares)
    assert found["land"] == Decimal(5)
    with pytest.raises(ValueError, match=re.escape("add up to 1")):
        financing.spatial_split(Decimal(1), Decimal(1), {**shares, "land": Decimal(1)})


def test_an_end_before_the_commitment_end_is_noticed():
    """PF-156."""
    ends = [date(2028, 1, 1), None, date(2027, 1, 1)]
    assert financing.committed_until(ends, date(2026, 6, 1)) == date(2028, 1, 1)
    assert financing.committed_until(ends, date(2028, 1, 1)) is None


def gates(**days):
    return {key: (planned, passed) for key, (planned, passed) in days.items()}


def test_lead_times_are_medians_with_a_trend():
    """PF-17, PF-108."""
    days = [(date(2025, 3, 1), 80), (date(2025, 6, 1), 100), (date(2026, 5, 1), 60)]
    rows = [leadtime.Passed("P2", day, n) for day, n in days]
    found = leadtime.lead_times(rows, date(2026, 7, 1))[1]
    assert (found.n, found.days, found.this_year, found.last_year) == (3, 80, 60, 90)
    assert found.trend == -30


def test_a_forecast_multiplies_what_was_planned_by_our_own_history():
    """PF-108: remaining planned days × quantiles of actual over planned."""
    rows = [
        leadtime.Passed("P2", date(2026, 1, 1), days, 100) for days in (100, 120, 140, 160, 180)
    ]
    since, planned = date(2026, 1, 1), date(2026, 4, 11)
    found = leadtime.forecast(rows, since=since, planned_on=planned, rules=PORTFOLIO)
    assert [(d - since).days for d in (found.low, found.middle, found.high)] == [108, 140, 172]
    too_few = leadtime.forecast(rows[:4], since=since, planned_on=planned, rules=PORTFOLIO)
    assert too_few is None


def test_durations_follow_from_the_gate_before():
    own = gates(P1=(date(2026, 1, 31), date(2026, 2, 10)), P2=(date(2026, 3, 2), date(2026, 4, 1)))
    found = leadtime.completed(date(2026, 1, 1), own)
    assert [(p.days, p.planned_days) for p in found] == [(40, 30), (50, 30)]


def test_a_break_in_the_series_forbids_comparing():
    """PF-113, EVI-25: PM10 until 12/2022, PM2.5 from 01/2023."""
    versions = [
        indicators.Version(1, date(2019, 1, 1)),
        indicators.Version(2, date(2023, 1, 1), breaks_series=True, reason="PM10 → PM2,5"),
    ]
    broken = indicators.break_between(versions, date(2022, 12, 1), date(2023, 1, 1))
    assert (broken.number, broken.reason) == (2, "PM10 → PM2,5")
    assert indicators.break_between(versions, date(2023, 1, 1), date(2024, 1, 1)) is None
    assert indicators.same_series(versions, date(2022, 5, 1)) == (None, date(2023, 1, 1))
    assert indicators.same_series(versions, date(2023, 5, 1)) == (date(2023, 1, 1), None)


@pytest.mark.parametrize(
    ("delay_class", "fresh", "stale"),
    [("fast", "2026-04", "2026-03"), ("monthly", "2026-01", "2025-12"),
     ("yearly", "2025-01", "2024-12"), ("register", "2024-07", "2024-06")],
)  # fmt: skip
def test_a_value_turns_grey_after_the_time_of_its_class(delay_class, fresh, stale):
    """PF-115, EVI-28."""
    today, limits = date(2026, 7, 16), PORTFOLIO.stale_months
    months = [date.fromisoformat(f"{month}-01") for month in (fresh, stale)]
    said = [indicators.is_stale(month, delay_class, today, limits) for month in months]
    assert said == [False, True]


def test_a_funder_gets_own_values_and_open_fields_stay_open():
    """PF-116, EVI-26."""
    fields = [
        indicators.Mapped("Wasser in Litern", "water", Fraction(1000), "sum"),
        indicators.Mapped("CO2", "co2"),
    ]
    assert indicators.map_for_funder(fields, {"water": [1.5, 2.5]}) == {
        "Wasser in Litern": 4000.0,
        "CO2": None,
    }


def linked(*contents):
    links, previous = [], ""
    for content in contents:
        digest = chain.digest_of(content, "salz")
        own = chain.hash_of(previous, digest)
        links.append(chain.Link(content, "salz", digest, previous, own))
        previous = own
    return links


def test_one_changed_byte_breaks_all_later_hashes():
    """PF-102."""
    links = linked("a", "b", "c")
    assert chain.verify(links) == ["ok"] * 3
    links[1] = replace(links[1], content="B")
    assert chain.verify(links) == ["ok", "broken", "broken"]


def test_an_erased_report_leaves_the_chain_whole():
    """Decisions 46."""
    links = linked("a", "b", "c")
    links[1] = replace(links[1], content=None, salt="")
    assert chain.verify(links) == ["ok", "erased", "ok"]


def test_circles_are_found():
    """PF-109."""
    edges = {1: [2], 2: [3]}
    assert dependencies.leads_to(edges, 1, 3)
    assert not dependencies.leads_to(edges, 3, 1)
    assert dependencies.layers(edges, [1, 2, 3]) == {3: 0, 2: 1, 1: 2}
