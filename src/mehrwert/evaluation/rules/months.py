"""From readings to one value a month; a month with too few readings is missing, never zero.

A month is a whole number, year · 12 + month − 1, of the calendar of Europe/Berlin.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mehrwert.stats.arrays import Array

BERLIN = ZoneInfo("Europe/Berlin")
DAY_S, HOUR_S = 86_400, 3_600
BAD = 3


@dataclass(frozen=True, slots=True)
class Readings:
    """One series as it was measured.

    Attributes:
        times_us: Microseconds UTC, shape (n,), in order.
        values: Shape (n,), NaN where there is no number.
        quality: Codes, shape (n,); readings flagged bad do not count.
        interval_s: Expected seconds between readings.
        aggregation: ``mean``, ``sum`` or ``last``: what a day's value is.
    """

    times_us: NDArray[np.int64]
    values: Array
    quality: NDArray[np.int16]
    interval_s: float
    aggregation: str = "mean"


@dataclass(frozen=True, slots=True)
class MonthlySeries:
    """Months that have a value, in order, and their values; both of shape (n,)."""

    months: NDArray[np.int64]
    values: Array

    def between(self, first: int, last: int) -> "MonthlySeries":
        """Return the part from ``first`` to ``last``, both included."""
        kept = (self.months >= first) & (self.months <= last)
        return MonthlySeries(self.months[kept], self.values[kept])


def monthly_values(readings: Readings, *, coverage_min: float = 0.75) -> MonthlySeries:
    """Return one value a month: the mean of its days (source: EVI-117, decisions 33).

    A day counts with 75 % of its expected readings, a month with 75 % of its days. Series slower
    than daily have no days: a month counts with 75 % of its expected readings.
    """
    good = np.isfinite(readings.values) & (readings.quality != BAD)
    times, values = readings.times_us[good], readings.values[good]
    if not len(times):
        return MonthlySeries(np.empty(0, np.int64), np.empty(0))
    days = local_days(times)
    if readings.interval_s <= DAY_S:
        return _of_days(days, values, readings, coverage_min)
    months, groups = np.unique(_months_of_days(days), return_inverse=True)
    count = np.bincount(groups)
    means: Array = np.bincount(groups, weights=values) / count
    lengths = np.array([days_in(int(month)) for month in months])
    expected = np.maximum(np.floor(lengths * DAY_S / readings.interval_s), 1)
    kept = count >= coverage_min * expected
    return MonthlySeries(months[kept], means[kept])


def _of_days(
    days: NDArray[np.int64], values: Array, readings: Readings, coverage_min: float
) -> MonthlySeries:
    known, groups = np.unique(days, return_inverse=True)
    count = np.bincount(groups)
    totals: Array = np.asarray(np.bincount(groups, weights=values), dtype=np.float64)
    enough = count >= coverage_min * DAY_S / readings.interval_s
    daily: Array
    if readings.aggregation == "sum":
        daily = totals
    elif readings.aggregation == "last":
        daily = values[np.append(np.flatnonzero(np.diff(groups)), len(groups) - 1)]
    else:
        daily = totals / count
    months, places = np.unique(_months_of_days(known[enough]), return_inverse=True)
    if not len(months):
        return MonthlySeries(np.empty(0, np.int64), np.empty(0))
    days_known = np.bincount(places)
    means = np.bincount(places, weights=daily[enough]) / days_known
    kept = days_known >= coverage_min * np.array([days_in(int(m)) for m in months])
    return MonthlySeries(months[kept], means[kept])


def local_days(times_us: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the local day of each time as days since 1970, shape (n,)."""
    hours = times_us // (HOUR_S * 1_000_000)
    first, last = int(hours[0]) // 24, int(hours[-1]) // 24
    changes, offsets = [first * 24], [_offset_h(first * 24)]
    for day in range(first, last + 1):
        if _offset_h(day * 24 + 24) == offsets[-1]:
            continue
        hour = next(h for h in range(day * 24, day * 24 + 25) if _offset_h(h) != offsets[-1])
        changes.append(hour)
        offsets.append(_offset_h(hour))
    ahead = np.array(offsets)[np.searchsorted(changes, hours, side="right") - 1]
    return np.asarray((hours + ahead) // 24, dtype=np.int64)


def _offset_h(hour: int) -> int:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    return round((at.astimezone(BERLIN).utcoffset() or timedelta()).total_seconds() / HOUR_S)


def _months_of_days(days: NDArray[np.int64]) -> NDArray[np.int64]:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12


def month_of(day: date) -> int:
    """Return the number of the month of a day."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def begins_us(month: int) -> int:
    """Return when a month begins in Berlin, microseconds UTC."""
    local = datetime(month // 12, month % 12 + 1, 1, tzinfo=BERLIN)
    return int(local.timestamp()) * 1_000_000


def days_in(month: int) -> int:
    """Return how many days a month has."""
    return calendar.monthrange(month // 12, month % 12 + 1)[1]


def label_of(month: int) -> str:
    """Return ``2026-03``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def parse_month(text: str) -> int:
    """Return the number of a month written ``2026-03`` or ``03/2026``.

    Raises:
        ValueError: The text names no month.
    """
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 2 or not all(part.isdigit() for part in parts):
        raise ValueError(text)
    year, month = sorted((int(part) for part in parts), reverse=True)
    return month_of(date(year, month, 1))
