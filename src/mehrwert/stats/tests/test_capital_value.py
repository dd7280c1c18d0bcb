"""From effects to euros: the cases TC30 and TC31 of portfolio.md."""

import math

import numpy as np
import pytest
from scipy import stats

from mehrwert.stats.capital_value import Bridge, annuity_factor, net_present_value
from mehrwert.stats.mixture import Mixture

LAW = Mixture(np.ones(1), np.array([-0.20]), np.array([0.08]))
YEARLY = 12_000 * 2.40 + 900 * 45
RATE = 0.009


def bridge(invest, yearly, **more):
    factor = annuity_factor(5, RATE)
    return Bridge(-(invest + yearly * factor), YEARLY, factor, **more)


@pytest.mark.parametrize(
    ("rate", "operation", "budget", "rest"),
    [(0.009, 227_908.45, -162_932.62, 146_033.54), (0.03, 214_245.90, -160_217.03, 137_391.22)],
)
def test_tc30_present_values(rate, operation, budget, rest):
    running = [0, *(45_000 * 1.02**year for year in range(5))]
    present = net_present_value(running, rate)
    in_budget = -120_000 - present + net_present_value([0, *[38_000] * 5], rate)
    got = [present, in_budget, net_present_value([0, *[30_000] * 5], rate)]
    assert got == pytest.approx([operation, budget, rest], abs=0.01)


@pytest.mark.parametrize(
    ("costs", "value", "interval", "limit", "probability"),
    [
        ((60_000, 14_000), -67_000.08, (-113_885.37, -26_918.89), -0.477848, 0.00026),
        ((25_000, 5_000), 11_809.99, (-35_075.31, 51_891.17), -0.1581, 0.6997),
    ],
)
def test_tc31_capital_value_of_an_effect(costs, value, interval, limit, probability):
    found = bridge(*costs)
    half = stats.norm.ppf(0.975) * 0.08
    assert found.capital_value(-0.20) == pytest.approx(value, abs=0.01)
    assert found.interval(-0.20 - half, -0.20 + half) == pytest.approx(interval, abs=0.01)
    assert found.break_even() == pytest.approx(limit, abs=6e-5)
    assert found.probability(LAW) == pytest.approx(probability, abs=6e-5)


def test_what_cannot_carry_itself_has_no_break_even():
    found = bridge(400_000, 50_000)
    assert found.break_even() is None
    assert found.probability(LAW) == 0.0


def test_a_rising_indicator_mirrors_the_benefit():
    """Decisions 30: stored θ < 0 is better there too."""
    found = bridge(60_000, 14_000, good_is_up=True)
    assert found.capital_value(-math.log(1.5)) > found.capital_value(0.0)
    limit = found.break_even()
    assert limit is not None
    assert found.capital_value(limit) == pytest.approx(0.0, abs=1e-6)


def test_the_break_even_is_where_the_capital_value_is_zero():
    found = bridge(25_000, 5_000)
    assert found.capital_value(found.break_even()) == pytest.approx(0.0, abs=1e-6)
