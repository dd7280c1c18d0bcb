"""From the lines of a cost sheet to sums; unknown is never 0 and makes a lower bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mehrwert.catalogue.choices import CostBlock
from mehrwert.portfolio.choices import (
    ANSWERED,
    BLOCK_OF,
    WITHOUT_VAT,
    LineState,
    Position,
    VatState,
)

ZERO = Decimal(0)
FULL_VAT = Decimal("0.19")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One position. ``None`` in an amount or in hours: nobody said.

    Attributes:
        position: One of ``Position`` except VAT.
        state: Amount, 0 with reason, or unknown.
        once, yearly: Euros in the first year, and each year of operation.
        hours_once, hours_yearly: Own hours; never added to euros.
        growth: Yearly growth of the yearly amount, 0.02 is two per cent.
        reason: Why it is 0.
        driver: What the yearly amount grows with, such as ``je Sensor``; empty = with nothing.
    """

    position: Position
    state: LineState
    once: Decimal | None = None
    yearly: Decimal | None = None
    hours_once: Decimal | None = None
    hours_yearly: Decimal | None = None
    growth: Decimal = ZERO
    reason: str = ""
    driver: str = ""


@dataclass(frozen=True, slots=True)
class SheetSum:
    """Sums of a sheet.

    Attributes:
        once, yearly: Euros as the town bears them; None while no amount at all is known.
        hours_once, hours_yearly: None while nobody said any.
        unknown: Positions nobody knows, in their order; then the euros are a lower bound.
        has_unsplit: Whether a sum that was not split is part of it.
    """

    once: Decimal | None
    yearly: Decimal | None
    hours_once: Decimal | None
    hours_yearly: Decimal | None
    unknown: tuple[Position, ...]
    has_unsplit: bool

    @property
    def is_lower_bound(self) -> bool:
        """Say whether something is missing in the euros."""
        return bool(self.unknown)


def sum_of(lines: Sequence[Line], vat: VatState) -> SheetSum:
    """Return the sums; VAT is added where it comes on top, and unknown VAT is said so."""
    by_position = {line.position: line for line in lines}
    amounts = [line for line in lines if line.state is LineState.AMOUNT]
    unsplit = by_position.get(Position.UNSPLIT)
    unknown = [p for p in ANSWERED if _is_unknown(by_position.get(p))]
    if unsplit is not None and unsplit.state is LineState.AMOUNT and None in (
        unsplit.once, unsplit.yearly,
    ):  # fmt: skip
        unknown.insert(0, Position.UNSPLIT)
    if vat is VatState.UNKNOWN:
        unknown.append(Position.VAT)
    return SheetSum(
        _total([(line, line.once) for line in amounts], vat),
        _total([(line, line.yearly) for line in amounts], vat),
        _hours([line.hours_once for line in lines]),
        _hours([line.hours_yearly for line in lines]),
        tuple(unknown),
        unsplit is not None and unsplit.state is LineState.AMOUNT,
    )


def sum_by_block(lines: Sequence[Line], vat: VatState) -> dict[CostBlock, tuple[Decimal, Decimal]]:
    """Return block → euros once and each year, as the town bears them.

    A block of which a position is unknown is left out, never counted as 0; a sheet that holds a
    sum nobody split, or of which nobody knows the VAT, has no blocks.
    """
    by_position = {line.position: line for line in lines}
    whole = by_position.get(Position.UNSPLIT)
    is_split = whole is None or whole.state is not LineState.AMOUNT
    if not is_split or vat is VatState.UNKNOWN:
        return {}
    sums: dict[CostBlock, tuple[Decimal, Decimal]] = {}
    unknown: set[CostBlock] = set()
    for position in ANSWERED:
        line = by_position.get(position)
        blocks = blocks_of(position, line)
        if line is None or _is_unknown(line):
            unknown.update(blocks)
            continue
        factor = _vat_factor(position, vat)
        for block, amounts in zip(
            blocks, ((line.once or ZERO, ZERO), (ZERO, line.yearly or ZERO)), strict=True
        ):
            once, yearly = sums.get(block, (ZERO, ZERO))
            sums[block] = once + amounts[0] * factor, yearly + amounts[1] * factor
    return {block: sums[block] for block in CostBlock if block in sums and block not in unknown}


def blocks_of(position: Position, line: Line | None) -> tuple[CostBlock, CostBlock]:
    """Return the blocks of the one-off and the yearly part; a driver makes operation vary."""
    once, yearly = BLOCK_OF[position]
    if line is not None and line.driver.strip() and yearly is CostBlock.OPERATION:
        return once, CostBlock.OPERATION_DRIVEN
    return once, yearly


def _vat_factor(position: Position, vat: VatState) -> Decimal:
    is_added = vat is VatState.EXCLUDED and position not in WITHOUT_VAT
    return 1 + FULL_VAT if is_added else Decimal(1)


def per_year(
    lines: Sequence[Line], years: int, *, vat_rate: Decimal | None = None
) -> dict[str, list[Decimal] | None]:
    """Return position → euros of the years 0 … n, None where unknown; all fourteen stand there.

    Args:
        lines: Net amounts if ``vat_rate`` is given, else as the town bears them.
        years: Of operation after the first year.
        vat_rate: Share to put into the position VAT; None: it is part of the amounts or not due.
    """
    by_position = {line.position: line for line in lines}
    found: dict[str, list[Decimal] | None] = {}
    unsplit = by_position.get(Position.UNSPLIT)
    if unsplit is not None and unsplit.state is LineState.AMOUNT:
        found[Position.UNSPLIT] = _amounts(unsplit, years)
    for position in ANSWERED:
        line = by_position.get(position)
        found[position] = None if line is None or _is_unknown(line) else _amounts(line, years)
    taxed = [
        amounts
        for position, amounts in found.items()
        if amounts is not None and position not in WITHOUT_VAT
    ]
    rate = vat_rate or ZERO
    found[Position.VAT] = [
        sum((amounts[year] for amounts in taxed), ZERO) * rate for year in range(years + 1)
    ]
    return found


def _amounts(line: Line, years: int) -> list[Decimal]:
    if line.state is LineState.ZERO:
        return [ZERO] * (years + 1)
    yearly = line.yearly or ZERO
    return [line.once or ZERO, *(yearly * (1 + line.growth) ** year for year in range(years))]


def _is_unknown(line: Line | None) -> bool:
    return line is None or line.state is LineState.UNKNOWN


def _total(parts: Sequence[tuple[Line, Decimal | None]], vat: VatState) -> Decimal | None:
    known = [(line, amount) for line, amount in parts if amount is not None]
    if not parts or (not known and len(parts) == 1):
        return None
    return sum((amount * _vat_factor(line.position, vat) for line, amount in known), ZERO)


def _hours(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known else None


@dataclass(frozen=True, slots=True)
class DatedRate:
    """One discount rate as a dated fact; ISO days, ``to`` empty = still valid.

    ``checked_on`` is the day somebody compared it with the official publication, empty = nobody.
    """

    first: str
    last: str
    rate: Decimal
    source: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """Yearly index with its source; ``base_year`` is the newest year."""

    values: Mapping[int, Decimal] = field(default_factory=dict)
    source: str = ""

    @property
    def base_year(self) -> int:
        """Return the newest year of the table."""
        return max(self.values)


def rate_on(rates: Sequence[DatedRate], day: str) -> DatedRate | None:
    """Return the rate that covers an ISO day, None where none does."""
    return next((r for r in rates if r.first <= day and (not r.last or day <= r.last)), None)


def needs_check(rate: DatedRate | None, today: str, oldest: str) -> bool:
    """Say whether a rate must be checked: uncovered, never checked, or before ``oldest``."""
    return rate is None or not rate.checked_on or rate.checked_on < oldest or rate.first > today
