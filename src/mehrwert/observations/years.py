"""Years of a series beside each other: percentiles, and days that count by their extremes.

Plain functions on local days (``queries.read_local_days``). Days are those of Europe/Berlin, as on
every page; the weather service reckons its days in its own way, so counts may differ by a few.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.choices import Aggregation, DayKind
from mehrwert.observations.periods import Columns

EPOCH = date(1970, 1, 1)
SHARES = (10, 50, 90)
# two stretches are compared where both have so many of their days
ENOUGH = 0.8
CELSIUS = ("°C", "degC", "Cel", "Grad Celsius")
# what the weather services count such days of; a hot day of the soil or of a room is none
AIR = ("lufttemperatur", "außentemperatur", "air temperature", "outdoor temperature")
# kind of day → which extreme of the day, at least or below, of which value
LIMITS = {
    DayKind.HOT: ("max", True, 30.0),
    DayKind.SUMMER: ("max", True, 25.0),
    DayKind.TROPICAL: ("min", True, 20.0),
    DayKind.FROST: ("min", False, 0.0),
    DayKind.ICE: ("max", False, 0.0),
}


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a series.

    Attributes:
        year: The calendar year.
        n_days: Days with a value.
        n_expected: Days of the year that lie within the series.
        value: Mean of all readings, sum, or last value, as the series is summed up.
        low: Least reading.
        high: Greatest reading.
        percentiles: Of the values of the days, for each of ``SHARES``.
        days: How many days were of each kind.
        n_above: Days whose greatest value reached the limit somebody chose; None without one.
    """

    year: int
    n_days: int
    n_expected: int
    value: float
    low: float
    high: float
    percentiles: tuple[float, ...]
    days: Mapping[DayKind, int]
    n_above: int | None = None

    @property
    def coverage(self) -> float:
        """Return the share of its days with a value."""
        return self.n_days / self.n_expected if self.n_expected else 0.0

    @property
    def is_part(self) -> bool:
        """Say whether the series covers only a part of the year: its value is not the year's."""
        days = (date(self.year + 1, 1, 1) - date(self.year, 1, 1)).days
        return self.n_expected < ENOUGH * days


@dataclass(frozen=True, slots=True)
class SameStretch:
    """The newest year up to its last day, and the year before up to the same day."""

    until: date
    value: float
    before: float


def kinds_of(unit: str | None, property_name: str) -> tuple[DayKind, ...]:
    """Return the kinds of days that mean something: only temperatures of the air have them."""
    is_air = any(name in property_name.casefold() for name in AIR)
    return tuple(LIMITS) if is_air and (unit or "").strip() in CELSIUS else ()


def years_of(
    days: Columns,
    aggregation: Aggregation,
    kinds: Sequence[DayKind],
    limit: float | None = None,
) -> list[Year]:
    """Return the years of a series, newest first; those without a usable day are absent.

    Args:
        days: Local days, days since 1970 as keys.
        aggregation: How readings are summed up.
        kinds: Kinds of days to count.
        limit: Count days whose greatest value reaches it.
    """
    usable = days.n > 0
    if not usable.any():
        return []
    keys = days.keys[usable]
    numbers = _years(keys)
    first, last = _day(int(keys[0])), _day(int(keys[-1]))
    found = []
    for year in np.unique(numbers)[::-1].tolist():
        part = _part(days, np.flatnonzero(usable)[numbers == year])
        start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        shares = np.percentile(_values(part, aggregation), SHARES).tolist()
        found.append(
            Year(
                year=year,
                n_days=len(part.keys),
                n_expected=(end - start).days + 1,
                value=_whole(part, aggregation),
                low=float(part.min.min()),
                high=float(part.max.max()),
                percentiles=tuple(shares),
                days={kind: _count(part, *LIMITS[kind]) for kind in kinds},
                n_above=None if limit is None else _count(part, "max", True, limit),
            )
        )
    return found


def months_of(days: Columns, aggregation: Aggregation) -> dict[int, list[float | None]]:
    """Return twelve values per year, None for a month without a usable day."""
    usable = np.flatnonzero(days.n > 0)
    months = days.keys[usable].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    table: dict[int, list[float | None]] = {}
    for month in np.unique(months).tolist():
        part = _part(days, usable[months == month])
        row = table.setdefault(1970 + month // 12, [None] * 12)
        row[month % 12] = _whole(part, aggregation)
    return table


def same_stretch(days: Columns, aggregation: Aggregation) -> SameStretch | None:
    """Compare the newest year with the same days of the year before; None where days are missing.

    The last value of a meter says nothing about a year: it is never compared.
    """
    usable = np.flatnonzero(days.n > 0)
    if not len(usable) or aggregation is Aggregation.LAST:
        return None
    until = _day(int(days.keys[usable[-1]]))
    earlier = _one_year_before(until)
    values = []
    for end in (until, earlier):
        start = date(end.year, 1, 1)
        keys = days.keys[usable]
        inside = (keys >= (start - EPOCH).days) & (keys <= (end - EPOCH).days)
        if inside.sum() < ENOUGH * ((end - start).days + 1):
            return None
        values.append(_whole(_part(days, usable[inside]), aggregation))
    return SameStretch(until, *values)


def _one_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28) if is_leap_day else day.replace(year=day.year - 1)


def _years(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    years: NDArray[np.int64] = keys.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return years + 1970


def _day(key: int) -> date:
    return EPOCH + timedelta(days=key)


def _part(days: Columns, places: NDArray[np.int64]) -> Columns:
    return Columns(
        days.keys[places],
        days.n[places],
        days.sum[places],
        days.min[places],
        days.max[places],
        days.last[places],
        days.n_bad[places],
    )


def _values(days: Columns, aggregation: Aggregation) -> NDArray[np.float64]:
    """Return the value of each day."""
    if aggregation is Aggregation.SUM:
        return days.sum
    return days.last if aggregation is Aggregation.LAST else days.sum / days.n


def _whole(days: Columns, aggregation: Aggregation) -> float:
    """Return the value of all days together."""
    if aggregation is Aggregation.SUM:
        return float(days.sum.sum())
    if aggregation is Aggregation.LAST:
        return float(days.last[-1])
    return float(days.sum.sum() / days.n.sum())


def _count(days: Columns, extreme: str, is_least: bool, limit: float) -> int:
    values = days.max if extreme == "max" else days.min
    return int((values >= limit).sum() if is_least else (values < limit).sum())
