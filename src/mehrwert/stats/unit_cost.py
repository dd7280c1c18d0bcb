"""Cost per inhabitant and year at the prices of one year, its span over towns, five-year totals.

Exact rationals: the callers round once, for show. Source: transfer.md 5.2 and 5.3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .arrays import StatisticsError

USUAL_LIFE_YEARS = 5
FEWEST = 3
QUARTILES_FROM = 8


@dataclass(frozen=True, slots=True)
class TownCost:
    """What one town bears for one block; euros at the prices of ``price_year``.

    Attributes:
        once: One-off amount.
        yearly: Amount of each year.
        population: Inhabitants at the price year.
        price_year: Year of the prices.
        life_years: Over which the one-off amount is spread, straight line.
    """

    once: Fraction
    yearly: Fraction
    population: int
    price_year: int
    life_years: int = USUAL_LIFE_YEARS


@dataclass(frozen=True, slots=True)
class UnitCost:
    """Euros per inhabitant: once, each year, and both as one yearly amount.

    ``is_converted`` is false where the index of a year is unknown: then the prices are those of
    the town's own year, and it has to be said so.
    """

    once: Fraction
    yearly: Fraction
    annual: Fraction
    is_converted: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Low, middle and high of n towns; never fewer than three."""

    n: int
    low: Fraction
    base: Fraction
    high: Fraction


def unit_cost(town: TownCost, index: Mapping[int, Fraction], base_year: int) -> UnitCost:
    """Return what one inhabitant bears, at the prices of ``base_year`` if the index is known.

    Raises:
        StatisticsError: ``population`` or ``life`` is not positive.
    """
    if town.population <= 0:
        raise StatisticsError("population", "inhabitants must be positive")
    if town.life_years <= 0:
        raise StatisticsError("life", "the life must be at least one year")
    factor = price_factor(index, town.price_year, base_year)
    scale = (factor or Fraction(1)) / town.population
    once, yearly = town.once * scale, town.yearly * scale
    return UnitCost(once, yearly, once / town.life_years + yearly, factor is not None)


def price_factor(index: Mapping[int, Fraction], year: int, base_year: int) -> Fraction | None:
    """Return index(base)/index(year); 1 for the same year, None where one of them is unknown."""
    if year == base_year:
        return Fraction(1)
    if year not in index or base_year not in index:
        return None
    return index[base_year] / index[year]


def span_of(values: Sequence[Fraction]) -> Span | None:
    """Return the span over towns, None below three: one number says nothing about others.

    Three to seven: minimum, median, maximum. From eight on: quartiles of type 7.
    """
    ordered = sorted(values)
    n = len(ordered)
    if n < FEWEST:
        return None
    middle = _quantile(ordered, Fraction(1, 2))
    if n < QUARTILES_FROM:
        return Span(n, ordered[0], middle, ordered[-1])
    return Span(n, _quantile(ordered, Fraction(1, 4)), middle, _quantile(ordered, Fraction(3, 4)))


def total_of(population: int, once: Fraction, yearly: Fraction, years: int = 5) -> Fraction:
    """Return P·(one-off + years·yearly) in euros, from euros per inhabitant."""
    return population * (once + years * yearly)


def total_for(
    population: int, once: Span | None, yearly: Span | None, years: int = 5
) -> Span | None:
    """Return low, base and high of a block for one town: P·(one-off + years·yearly).

    None where a part is known of fewer than three towns: "nicht berechenbar", never 0.
    """
    if once is None or yearly is None:
        return None
    return Span(
        min(once.n, yearly.n),
        total_of(population, once.low, yearly.low, years),
        total_of(population, once.base, yearly.base, years),
        total_of(population, once.high, yearly.high, years),
    )


def _quantile(ordered: Sequence[Fraction], probability: Fraction) -> Fraction:
    """Return the quantile of type 7: linear between the order statistics at (n − 1)·p."""
    place = (len(ordered) - 1) * probability
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
