"""Total cost of a project by positions, funding and the jump after it, capital value in two rates.

Years count from the base year 0. A position that nobody knows makes every sum a lower bound.
Source: portfolio.md 9.1 and 9.3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .arrays import StatisticsError
from .capital_value import net_present_value

SECOND_RATE = 0.03
CENT = Decimal("0.01")
Amounts = Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class RiskCase:
    """Factors of the case in which all goes worse (rule set ``risk_case``)."""

    cost: float = 1.10
    benefit: float = 0.80


@dataclass(frozen=True, slots=True)
class Flows:
    """Euros of each year 0 … n: costs, benefit that reaches the budget, benefit that does not."""

    costs: Amounts
    budget_benefit: Amounts
    other_benefit: Amounts

    def __post_init__(self) -> None:
        if len({len(self.costs), len(self.budget_benefit), len(self.other_benefit)}) != 1:
            raise StatisticsError("shape", "costs and benefits must have the same years")


@dataclass(frozen=True, slots=True)
class CapitalValue:
    """Present values at one rate, euros.

    Attributes:
        rate: For example 0.009.
        costs, budget_benefit: Present values.
        in_budget: KN/h, benefit in the budget minus all costs.
        outside_budget: KN/nh.
        total: KN, the sum of both.
        risk_case: KN with dearer costs and smaller benefit.
    """

    rate: float
    costs: float
    budget_benefit: float
    in_budget: float
    outside_budget: float
    total: float
    risk_case: float


def capital_value(flows: Flows, rate: float, risk: RiskCase | None = None) -> CapitalValue:
    """Return the capital value at one rate.

    Raises:
        StatisticsError: ``rate`` is −1 or less.
    """
    if rate <= -1:
        raise StatisticsError("rate", "a rate must be larger than -1")
    factors = risk or RiskCase()
    costs = _present(flows.costs, rate)
    in_budget = _present(flows.budget_benefit, rate)
    outside = _present(flows.other_benefit, rate)
    return CapitalValue(
        rate=rate,
        costs=costs,
        budget_benefit=in_budget,
        in_budget=in_budget - costs,
        outside_budget=outside,
        total=in_budget + outside - costs,
        risk_case=factors.benefit * (in_budget + outside) - factors.cost * costs,
    )


def grown(yearly: Decimal, growth: Decimal, years: int, *, once: Decimal = Decimal(0)) -> Amounts:
    """Return year 0 with the one-off amount, then ``years`` amounts growing by ``growth``.

    Cents are kept unrounded: only what is shown is rounded.
    """
    if years < 1:
        raise StatisticsError("years", "at least one year")
    return [once, *(yearly * (1 + growth) ** year for year in range(years))]


@dataclass(frozen=True, slots=True)
class TotalCost:
    """Sum of the known positions.

    Attributes:
        per_year: Euros of the years 0 … n.
        total: Their sum.
        unknown: Codes of positions that nobody knows; then every amount is a lower bound.
    """

    per_year: tuple[Decimal, ...]
    total: Decimal
    unknown: tuple[str, ...]

    @property
    def is_lower_bound(self) -> bool:
        """Say whether something is missing in the sum."""
        return bool(self.unknown)

    def per_inhabitant_year(self, inhabitants: int) -> Decimal:
        """Return euros per inhabitant and year over all years shown, base year included."""
        if inhabitants <= 0:
            raise StatisticsError("population", "inhabitants must be positive")
        return self.total / len(self.per_year) / inhabitants


def total_cost(positions: Mapping[str, Amounts | None], years: int) -> TotalCost:
    """Add up positions; None is unknown.

    Args:
        positions: Code → euros of the years 0 … ``years``, or None.
        years: Of operation after the base year.

    Raises:
        StatisticsError: ``shape``: a position has another number of years.
    """
    known = {code: amounts for code, amounts in positions.items() if amounts is not None}
    if any(len(amounts) != years + 1 for amounts in known.values()):
        raise StatisticsError("shape", "a position has another number of years")
    per_year = tuple(
        sum((amounts[year] for amounts in known.values()), Decimal(0)) for year in range(years + 1)
    )
    unknown = tuple(code for code, amounts in positions.items() if amounts is None)
    return TotalCost(per_year, sum(per_year, Decimal(0)), unknown)


@dataclass(frozen=True, slots=True)
class OwnCost:
    """What is left to the town after funding, and how much it rises when funding ends.

    Attributes:
        per_year: Euros of the years 0 … n.
        jump_year: First year without funding that follows a funded one; None without one.
        jump: Own cost of that year minus that of the year before.
    """

    per_year: tuple[Decimal, ...]
    jump_year: int | None
    jump: Decimal | None


def own_cost(per_year: Amounts, funding: Amounts) -> OwnCost:
    """Return own cost per year and the jump in the first year after funding (PF-132)."""
    if len(per_year) != len(funding):
        raise StatisticsError("shape", "costs and funding must have the same years")
    left = tuple(cost - given for cost, given in zip(per_year, funding, strict=True))
    funded = [year for year, given in enumerate(funding) if given > 0]
    after = funded[-1] + 1 if funded else len(left)
    if after >= len(left):
        return OwnCost(left, None, None)
    return OwnCost(left, after, left[after] - left[after - 1])


def _present(amounts: Amounts, rate: float) -> float:
    return net_present_value([float(amount) for amount in amounts], rate)
