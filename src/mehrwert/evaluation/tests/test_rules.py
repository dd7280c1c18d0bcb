"""Months, data rules, design by rule, effect, falsification: plain values in, plain values out."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from mehrwert.evaluation.records import record_of
from mehrwert.evaluation.rules import (
    Data,
    MonthlySeries,
    Readings,
    estimate,
    monthly_values,
    parse_month,
)
from mehrwert.evaluation.rules.designs import Supply, choose_design
from mehrwert.evaluation.rules.months import begins_us, local_days
from mehrwert.evaluation.rules.plan import Plan, missing_for_freezing, plan_document
from mehrwert.stats.effect_rules import EFFECTS

from .conftest import pseudo

FIRST = parse_month("2019-01")


def plan_of(pre, post, **changes):
    given = Plan(
        title="t", goal="g", beneficiaries="", benefit_kind="", solution_root="demo-x",
        indicator_key="k@1", indicator_name="Wasser", unit="m³", datastream_id=1,
        good_direction="down", scale="log_ratio", first_month=FIRST, start_month=FIRST + pre,
        last_month=FIRST + pre + post - 1, sesoi=0.05,
    )  # fmt: skip
    return replace(given, **changes)


def series(pre, post, *, effect=0.0, seed=0, noise=0.1):
    months = np.arange(FIRST, FIRST + pre + post)
    wave = 0.2 * np.sin(2 * np.pi * months / 12)
    chance = noise * (pseudo(seed + months) - 0.5)
    return MonthlySeries(months, np.exp(4 + wave + chance + effect * (months >= FIRST + pre)))


def verdicts(outcome):
    return {check.code: check.verdict.value for check in outcome.checks}


def hours(first, last, step_s=3600):
    times = np.arange(begins_us(first), begins_us(last), step_s * 1_000_000)
    return times, np.ones(len(times)), np.zeros(len(times), np.int16)


def test_days_are_those_of_berlin_across_the_change_of_the_clock():
    march = [datetime(2025, 3, 29, 22, 30, tzinfo=UTC), datetime(2025, 3, 29, 23, 30, tzinfo=UTC)]
    october = [
        datetime(2025, 10, 26, 22, 30, tzinfo=UTC),
        datetime(2025, 10, 26, 23, 0, tzinfo=UTC),
    ]
    times = np.array([int(t.timestamp()) * 1_000_000 for t in march + october])
    days = [str(np.datetime64(int(d), "D")) for d in local_days(times)]
    assert days == ["2025-03-29", "2025-03-30", "2025-10-26", "2025-10-27"]


def test_a_month_needs_three_quarters_of_its_days_and_a_day_of_its_readings():
    """EVI-117."""
    times, values, quality = hours(FIRST, FIRST + 2)
    kept = np.ones(len(times), bool)
    kept[: 9 * 24] = False  # nine days of January are gone: 22 of 31 are too few
    found = monthly_values(Readings(times[kept], values[kept], quality[kept], 3600))
    assert found.months.tolist() == [FIRST + 1]
    sums = monthly_values(Readings(times, values, quality, 3600, "sum"))
    assert sums.values[0] == pytest.approx(24.0)
    thin = times // 3_600_000_000 % 24 < 12
    assert not len(monthly_values(Readings(times[thin], values[thin], quality[thin], 3600)).months)


def test_bad_readings_and_missing_numbers_do_not_count():
    times, values, quality = hours(FIRST, FIRST + 1)
    quality[::2] = 3
    assert not len(monthly_values(Readings(times, values, quality, 3600)).months)
    assert not len(monthly_values(Readings(times[:0], values[:0], quality[:0], 3600)).months)


def test_slow_series_need_no_days():
    times = np.array([begins_us(FIRST + i) for i in (0, 1, 3)])
    found = monthly_values(Readings(times, np.array([1.0, 2, 4]), np.zeros(3, np.int16), 2_592_000))
    assert found.months.tolist() == [FIRST, FIRST + 1, FIRST + 3]
    assert found.values.tolist() == [1, 2, 4]


@pytest.mark.parametrize(
    ("supply", "design", "codes"),
    [
        (Supply(3, 3), "narrative", {"comparisons", "donors", "common_pre", "pre", "post"}),
        (Supply(4, 4), "before_after", {"pre", "post"}),
        (Supply(8, 8), "its", {"comparisons", "donors", "common_pre"}),
        (Supply(12, 8, 3, 12), "controlled_its", set()),
        (Supply(12, 8, 20, 12, rmspe=0.02), "synthetic_control", set()),
        (Supply(12, 8, 20, 12, rmspe=0.3), "controlled_its", {"rmspe"}),
        (Supply(12, 8, 12, 12, rmspe=0.02, is_slow=True), "synthetic_control", set()),
    ],
)
def test_the_design_is_chosen_by_rule_with_reasons(supply, design, codes):
    """EVI-46."""
    choice = choose_design(supply, EFFECTS.design)
    assert choice.design == design
    assert codes <= {unmet.code for unmet in choice.unmet}


def test_an_interrupted_series_finds_what_was_put_in():
    outcome = estimate(Data(series(30, 18, effect=-0.2)), plan_of(30, 18))
    assert outcome.effect.low < -0.2 < outcome.effect.high
    assert (outcome.status, outcome.direction.value) == ("estimated", "better")
    assert verdicts(outcome)["placebo_time"] == "passed"
    after = outcome.line.months >= FIRST + 30
    assert (outcome.line.expected[after] > outcome.line.observed[after]).mean() > 0.9


def test_what_should_rise_is_turned_round():
    """Decisions 30: stored θ < 0 is better for both directions."""
    down = estimate(Data(series(30, 18, effect=-0.2)), plan_of(30, 18)).effect
    up = estimate(Data(series(30, 18, effect=-0.2)), plan_of(30, 18, good_direction="up")).effect
    assert (up.theta, up.low, up.high) == pytest.approx((-down.theta, -down.high, -down.low))
    assert up.p_better == pytest.approx(1 - down.p_better)
    assert up.law.cdf(0.0) == pytest.approx(up.p_better)


def test_few_months_give_no_interval():
    """Decisions 38: below 12 values a figure without interval."""
    outcome = estimate(Data(series(5, 5, effect=-0.2)), plan_of(5, 5))
    assert (outcome.status, outcome.choice.design) == ("descriptive", "before_after")
    assert outcome.effect.low is None


def test_a_wandering_series_is_refused():
    """EVI-124."""
    months = np.arange(FIRST, FIRST + 60)
    walk = np.cumsum(pseudo(months - FIRST + 1) - 0.5)
    outcome = estimate(Data(MonthlySeries(months, np.exp(walk))), plan_of(36, 24))
    assert verdicts(outcome)["slow"] == "refused"
    assert outcome.effect is None


def test_values_without_a_place_on_the_scale_are_refused_with_the_reason():
    """Decisions 33; what happens with zeros stands in ``test_counting.py``."""
    own = series(20, 12)
    own.values[3] = -1.0
    outcome = estimate(Data(own), plan_of(20, 12))
    assert (outcome.status, verdicts(outcome)["scale"]) == ("refused", "refused")


def test_a_reform_of_the_territory_forbids_a_comparison():
    """EVI-116."""
    plan = plan_of(30, 18, territory_changes={FIRST + 12: "Eingemeindung"})
    outcome = estimate(Data(series(30, 18)), plan)
    assert (outcome.status, verdicts(outcome)["territory_change"]) == ("refused", "refused")
    written = plan_document(plan_of(30, 18), municipality="Auental")
    assert "territory_changes" not in written
    assert plan_document(plan, municipality="Auental")["territory_changes"]


def test_a_quiet_outcome_that_moves_fails_the_check():
    """EVI-126 c."""
    data = Data(series(30, 18, effect=-0.2), no_effect=series(30, 18, effect=-0.2, seed=500))
    outcome = estimate(data, plan_of(30, 18))
    assert verdicts(outcome)["no_effect_outcome"] == "failed"
    assert outcome.passed is False


def test_a_changed_instrument_is_taken_out_by_a_step():
    """EVI-113."""
    own = series(30, 18)
    stepped = MonthlySeries(own.months, own.values * np.exp(0.4 * (own.months >= FIRST + 15)))
    given = plan_of(30, 18, instrument_changes={FIRST + 15: "neuer Zähler"})
    outcome = estimate(Data(stepped), given)
    assert verdicts(outcome)["instrument_change"] == "flagged"
    assert abs(outcome.effect.theta) < 0.05


def test_twenty_donors_allow_a_synthetic_control():
    """EVI-141 to EVI-144, decisions 34."""
    others = {n: series(24, 12, seed=900 * n, noise=0.05) for n in range(1, 21)}
    outcome = estimate(Data(series(24, 12, effect=-0.3, noise=0.05), others), plan_of(24, 12))
    assert outcome.choice.design == "synthetic_control"
    assert outcome.effect.placebo_p == pytest.approx(1 / 21)
    assert (outcome.direction.value, sum(outcome.comparisons.values())) == (
        "better",
        pytest.approx(1.0),
    )


def test_shares_and_scores_have_scales_of_their_own():
    """EVI-102."""
    months = series(30, 18).months
    share = MonthlySeries(months, 40 + 5 * pseudo(months) - 8 * (months >= FIRST + 30))
    odds = estimate(Data(share), plan_of(30, 18, scale="log_odds", unit="%"))
    smd = estimate(Data(share), plan_of(30, 18, scale="smd"))
    assert odds.effect.high < 0
    assert smd.effect.theta < -2
    assert odds.line.expected.max() < 100


def test_two_runs_give_the_same_record():
    """EVI-51."""
    plan, data = plan_of(30, 18), Data(series(30, 18, effect=-0.2))
    first, second = (record_of(estimate(data, plan), plan, evidence={}) for _ in range(2))
    assert first == second


def test_ten_years_with_all_placebo_dates_are_quick():
    data, plan = Data(series(90, 30, effect=-0.1)), plan_of(90, 30)
    started = time.process_time()
    outcome = estimate(data, plan)
    assert len(outcome.placebos) > 60
    assert time.process_time() - started < 2


def test_what_is_missing_before_freezing_is_named():
    bare = plan_of(2, 6, goal=" ", sesoi=0.0)
    codes = [code for code, _ in missing_for_freezing(bare, pre_months=2, least=4)]
    assert codes == ["goal", "sesoi", "baseline"]
