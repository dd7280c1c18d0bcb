"""Indicators: how old a value may be, what a break in a series forbids (PF-113, PF-115)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mehrwert.portfolio.rules.periods import add_months, month_of


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a definition: valid from a day, perhaps breaking the series."""

    number: int
    valid_from: date
    breaks_series: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a funder asks for: own indicator, factor of the unit, how months become a period."""

    field: str
    indicator: str
    factor: Fraction = Fraction(1)
    rule: str = "last"


def is_stale(period: date, delay_class: str, today: date, limits: Mapping[str, int]) -> bool:
    """Say whether a value is older than its delay class allows; ``period`` is a month."""
    return add_months(month_of(period), limits[delay_class]) < month_of(today)


def break_between(versions: Sequence[Version], first: date, last: date) -> Version | None:
    """Return the version that forbids comparing two days, None if they may be compared.

    A version that breaks the series and becomes valid after the first day and not after the last.
    """
    return next((v for v in versions if v.breaks_series and first < v.valid_from <= last), None)


def same_series(versions: Sequence[Version], day: date) -> tuple[date | None, date | None]:
    """Return from when until before when values belong to one series with a day; None = open."""
    breaks = sorted(v.valid_from for v in versions if v.breaks_series)
    before = [d for d in breaks if d <= day]
    after = [d for d in breaks if d > day]
    return (before[-1] if before else None), (after[0] if after else None)


def is_met(value: float, target: float, good_direction: str) -> bool:
    """Say whether a target is reached."""
    return value <= target if good_direction == "down" else value >= target


def is_alarm(value: float, limit: float | None, good_direction: str) -> bool:
    """Say whether a value is worse than its alarm limit."""
    return limit is not None and not is_met(value, limit, good_direction)


def map_for_funder(
    fields: Sequence[Mapped], values: Mapping[str, Sequence[float]]
) -> dict[str, float | None]:
    """Return the funder's fields from own values; an unmapped field is None, never 0 (PF-116).

    Args:
        fields: What the funder asks for.
        values: Own indicator → values of the period in order.
    """
    found: dict[str, float | None] = {}
    for one in fields:
        own = values.get(one.indicator, ())
        found[one.field] = _period(own, one.rule) * float(one.factor) if own else None
    return found


def _period(values: Sequence[float], rule: str) -> float:
    if rule == "sum":
        return sum(values)
    return sum(values) / len(values) if rule == "mean" else values[-1]
