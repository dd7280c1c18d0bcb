"""An own calculation of five years, and by which blocks it differs from what others pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from mehrwert.stats.unit_cost import Span, total_of

ZERO = Fraction(0)
TOTAL_YEARS = 5
Amounts = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True, slots=True)
class OwnCosts:
    """What somebody puts in, in euros as they bear them; an amount that is None is not known.

    Attributes:
        population: Inhabitants, at least 1.
        blocks: Block → (once, each year).
        hours_year: Own hours of a year; never part of the euros.
        rate, rate_on: Euros of one hour, and of which day that rate is.
        funded_percent: Share of all one-off amounts that a programme pays, 0 to 100.
    """

    population: int
    blocks: Mapping[str, Amounts] = field(default_factory=dict)
    hours_year: Fraction | None = None
    rate: Fraction | None = None
    rate_on: date | None = None
    funded_percent: Fraction = ZERO


@dataclass(frozen=True, slots=True)
class BlockLine:
    """One block in five years: own, the span of others, and own minus their middle."""

    block: str
    once: Fraction | None
    yearly: Fraction | None
    own: Fraction | None
    others: Span | None
    difference: Fraction | None


@dataclass(frozen=True, slots=True)
class Calculation:
    """The own five years.

    Attributes:
        own: All blocks together; None while no amount is known.
        funding: What the programme pays of it.
        borne: What remains.
        difference: Own minus the middle of the others; None where either is unknown.
        explained: The part of it that blocks known on both sides explain; the rest is ``rest``.
        hours, hours_eur: Over the years; beside the euros, never in them.
    """

    lines: tuple[BlockLine, ...]
    own: Fraction | None
    funding: Fraction
    borne: Fraction | None
    others: Span | None
    difference: Fraction | None
    explained: Fraction
    rest: Fraction | None
    hours: Fraction | None
    hours_eur: Fraction | None


def calculate(
    own: OwnCosts, others: Mapping[str, Span | None], whole: Span | None, order: Sequence[str]
) -> Calculation:
    """Return the own calculation beside the span; both come out of ``stats.unit_cost.total_of``.

    Args:
        own: What somebody puts in.
        others: Block → five years of the others for the same population, None below three towns.
        whole: All blocks of the others together.
        order: Blocks in the order of the page.
    """
    lines = tuple(_line(block, own, others.get(block)) for block in order)
    known = [line.own for line in lines if line.own is not None]
    total = sum(known, ZERO) if known else None
    once = sum((line.once for line in lines if line.once is not None), ZERO)
    funding = once * own.funded_percent / 100
    difference = None if total is None or whole is None else total - whole.base
    explained = sum((line.difference for line in lines if line.difference is not None), ZERO)
    hours = None if own.hours_year is None else own.hours_year * TOTAL_YEARS
    return Calculation(
        lines=lines,
        own=total,
        funding=funding,
        borne=None if total is None else total - funding,
        others=whole,
        difference=difference,
        explained=explained,
        rest=None if difference is None else difference - explained,
        hours=hours,
        hours_eur=None if hours is None or own.rate is None else hours * own.rate,
    )


def _line(block: str, own: OwnCosts, others: Span | None) -> BlockLine:
    once, yearly = own.blocks.get(block, (None, None))
    if once is None and yearly is None:
        return BlockLine(block, None, None, None, others, None)
    people = own.population
    total = total_of(people, (once or ZERO) / people, (yearly or ZERO) / people, TOTAL_YEARS)
    difference = None if others is None else total - others.base
    return BlockLine(block, once, yearly, total, others, difference)
