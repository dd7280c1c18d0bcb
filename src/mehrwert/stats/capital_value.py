"""From an effect to money: capital value, break-even effect, P(capital value > 0).

A saving is B·(1 − e^θ) a year, where B is what the outcome costs a year without the solution.
Stored effects below 0 are better. For indicators that should rise the benefit is B·(e^(−θ) − 1):
θ is stored with its sign turned (decisions 30).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .mixture import Mixture


@dataclass(frozen=True, slots=True)
class Bridge:
    """What turns an effect into money.

    Attributes:
        base_value: K₀ in euros: present value of all flows that do not hang on the effect,
            negative for costs.
        yearly_base: B, euros a year that the outcome is worth without the solution.
        annuity: AF, present value of one euro a year.
        good_is_up: Whether the indicator should rise.
    """

    base_value: float
    yearly_base: float
    annuity: float
    good_is_up: bool = False

    def capital_value(self, theta: float) -> float:
        """Return KN(θ) in euros."""
        benefit = math.expm1(-theta) if self.good_is_up else -math.expm1(theta)
        return self.base_value + self.annuity * self.yearly_base * benefit

    def break_even(self) -> float | None:
        """Return θ* with KN(θ*) = 0; None when no effect can carry the cost.

        Source: portfolio.md 9.2, decisions 30.
        """
        possible = self.annuity * self.yearly_base
        if possible <= 0:
            return None
        share = self.base_value / possible
        if self.good_is_up:
            return -math.log1p(-share) if share < 1 else None
        return math.log1p(share) if share > -1 else None

    def probability(self, law: Mixture) -> float:
        """Return P(KN > 0) = P(θ < θ*) under the averaged distribution of θ."""
        limit = self.break_even()
        return 0.0 if limit is None else law.cdf(limit)

    def interval(self, low: float, high: float) -> tuple[float, float]:
        """Return the capital value at both ends of an interval of θ, smaller first."""
        return self.capital_value(high), self.capital_value(low)


def net_present_value(flows: Sequence[float], rate: float) -> float:
    """Return Σ flow_t / (1 + rate)^t; the first flow is that of the base year."""
    return sum(flow / (1 + rate) ** year for year, flow in enumerate(flows))


def annuity_factor(years: int, rate: float) -> float:
    """Return the present value of one euro at the end of each of so many years."""
    return sum((1 + rate) ** -year for year in range(1, years + 1))
