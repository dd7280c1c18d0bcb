"""Total cost, funding, capital value in two rates: TC30 of portfolio.md and PF-131, PF-132."""

from decimal import Decimal

import pytest

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.cost_benefit import (
    Flows,
    capital_value,
    grown,
    own_cost,
    total_cost,
)

COSTS = grown(Decimal(45_000), Decimal("0.02"), 5, once=Decimal(120_000))
FLOWS = Flows(
    COSTS,
    grown(Decimal(38_000), Decimal(0), 5),
    grown(Decimal(30_000), Decimal(0), 5),
)


@pytest.mark.parametrize(
    ("rate", "want"),
    [
        (0.009, (347_908.45, 184_975.82, -162_932.62, 146_033.54, -16_899.08, -117_891.80)),
        (0.03, (334_245.90, 174_028.87, -160_217.03, 137_391.22, -22_825.81, -118_534.42)),
    ],
)
def test_tc30_at_both_rates(rate, want):
    """PF-62: KN/h, KN/nh, KN and the risk case, to the cent."""
    found = capital_value(FLOWS, rate)
    got = (
        found.costs,
        found.budget_benefit,
        found.in_budget,
        found.outside_budget,
        found.total,
        found.risk_case,
    )
    assert got == pytest.approx(want, abs=0.01)


def test_tc30_total_per_inhabitant_and_year():
    found = total_cost({"operation": COSTS}, 5)
    assert round(found.total, 2) == Decimal("354181.81")
    assert round(found.per_inhabitant_year(35_000), 2) == Decimal("1.69")
    assert not found.is_lower_bound


def test_an_unknown_position_makes_a_lower_bound():
    """PF-131: unknown is never 0."""
    found = total_cost({"operation": COSTS, "exit": None}, 5)
    assert found.is_lower_bound
    assert found.unknown == ("exit",)
    assert round(found.total, 2) == Decimal("354181.81")


def test_own_cost_jumps_when_funding_ends():
    """PF-132."""
    costs = [Decimal(100)] * 5
    found = own_cost(costs, [Decimal(75)] * 3 + [Decimal(0)] * 2)
    assert (found.jump_year, found.jump) == (3, Decimal(75))
    assert found.per_year == (25, 25, 25, 100, 100)


def test_no_jump_without_funding_or_while_it_lasts():
    costs = [Decimal(100)] * 3
    assert own_cost(costs, [Decimal(0)] * 3).jump_year is None
    assert own_cost(costs, [Decimal(50)] * 3).jump is None


def test_wrong_shapes_are_refused():
    with pytest.raises(StatisticsError):
        Flows([Decimal(1)], [Decimal(1), Decimal(2)], [Decimal(1)])
    with pytest.raises(StatisticsError):
        total_cost({"a": [Decimal(1)]}, 5)
    with pytest.raises(StatisticsError):
        own_cost([Decimal(1)], [])
    with pytest.raises(StatisticsError):
        capital_value(FLOWS, -1.0)
    with pytest.raises(StatisticsError):
        grown(Decimal(1), Decimal(0), 0)
    with pytest.raises(StatisticsError):
        total_cost({}, 1).per_inhabitant_year(0)
