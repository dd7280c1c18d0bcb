"""Survival of live use: the case of TRF-110 and TC43."""

import pytest

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.survival import Duration, alive_at, survival_steps


def test_trf_110_share_alive_after_two_years():
    steps = survival_steps(
        [Duration(6, True), Duration(10, False), Duration(14, True)] + [Duration(30, False)] * 3
    )
    found = alive_at(steps, 24)
    assert found.alive == pytest.approx(0.625)
    assert (found.low, found.high) == pytest.approx((0.142, 0.893), abs=5e-4)
    assert alive_at(steps, 3) is None


def test_tc43_curve():
    times = [(6, True), (10, False), (12, True), (18, True), (24, False)]
    steps = survival_steps([Duration(*item) for item in times])
    assert [step.months for step in steps] == [6, 12, 18]
    assert [step.alive for step in steps] == pytest.approx([0.8, 0.533333, 0.266667], abs=1e-6)


def test_all_ended_has_no_interval():
    (step,) = survival_steps([Duration(2, True)])
    assert (step.alive, step.low, step.high) == (0, None, None)


def test_a_negative_time_is_refused():
    with pytest.raises(StatisticsError):
        survival_steps([Duration(-1, True)])
