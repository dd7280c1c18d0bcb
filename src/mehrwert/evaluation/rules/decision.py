"""Money of a decision: from an effect to euros in the normal case and the three harder ones."""

from dataclasses import dataclass

from mehrwert.stats.capital_value import Bridge, annuity_factor
from mehrwert.stats.mixture import Mixture

SECOND_RATE = 0.03
DEARER = 1.2


@dataclass(frozen=True, slots=True)
class Costs:
    """What a town enters; euros.

    Attributes:
        invest: Once, in the base year.
        yearly: Running cost a year.
        yearly_base: What the outcome costs a year without the solution (B).
        years: Of the calculation.
        rate: Discount rate, for example 0.009.
    """

    invest: float
    yearly: float
    yearly_base: float
    years: int
    rate: float


@dataclass(frozen=True, slots=True)
class Money:
    """Capital value with its interval, break-even effect, P(KN > 0).

    ``yearly_target`` is the running cost a year at which the effect just pays (KN = 0); below 0 it
    would not even pay for nothing.
    """

    value: float
    low: float
    high: float
    break_even: float | None
    p_positive: float
    yearly_target: float


def money_of(
    costs: Costs,
    *,
    effect: tuple[float, float, float],
    law: Mixture,
    good_is_up: bool = False,
) -> Money:
    """Return the capital value of an effect (θ, low, high)."""
    bridge = _bridge(costs, good_is_up)
    low, high = bridge.interval(effect[1], effect[2])
    value = bridge.capital_value(effect[0])
    target = costs.yearly + value / bridge.annuity
    return Money(value, low, high, bridge.break_even(), bridge.probability(law), target)


def money_at(costs: Costs, theta: float, *, good_is_up: bool = False) -> Money:
    """Return the capital value if the effect were known to be θ."""
    bridge = _bridge(costs, good_is_up)
    value = bridge.capital_value(theta)
    target = costs.yearly + value / bridge.annuity
    return Money(value, value, value, bridge.break_even(), float(value > 0), target)


def harder_cases(costs: Costs) -> dict[str, Costs]:
    """Return the costs under which a decision is looked at again (EVI-42)."""
    dearer = Costs(
        costs.invest * DEARER, costs.yearly * DEARER, costs.yearly_base, costs.years, costs.rate
    )
    other = Costs(costs.invest, costs.yearly, costs.yearly_base, costs.years, SECOND_RATE)
    return {"rate": other, "dearer": dearer}


def _bridge(costs: Costs, good_is_up: bool) -> Bridge:
    factor = annuity_factor(costs.years, costs.rate)
    base = -(costs.invest + costs.yearly * factor)
    return Bridge(base, costs.yearly_base, factor, good_is_up)
