"""Time as people choose it: windows up to now, and local days, weeks, months from hour buckets.

Plain functions. Days, weeks (from Monday) and months are those of Europe/Berlin; a day of the clock
change has 23 or 25 hours.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.choices import Aggregation
from mehrwert.observations.rules import DAY_US, HOUR_US

BERLIN = ZoneInfo("Europe/Berlin")
MOST_POINTS = 2000
SECOND_US = 1_000_000
_LONGEST_US = 200 * 366 * DAY_US


class Window(StrEnum):
    """What stretch of time is looked at; the values stand in addresses."""

    DAY = "24h"
    WEEK = "7t"
    MONTH = "30t"
    YEAR = "jahr"
    ALL = "alles"
    OWN = "eigen"


class Step(StrEnum):
    """How finely; the values stand in addresses. READINGS: as measured, thinned for the screen."""

    READINGS = "werte"
    HOUR = "stunde"
    DAY = "tag"
    WEEK = "woche"
    MONTH = "monat"


LENGTH_US = {
    Window.DAY: DAY_US,
    Window.WEEK: 7 * DAY_US,
    Window.MONTH: 30 * DAY_US,
    Window.YEAR: 365 * DAY_US,
}
_COARSER = {Step.HOUR: Step.DAY, Step.DAY: Step.WEEK, Step.WEEK: Step.MONTH}
_TYPICAL_US = {
    Step.HOUR: HOUR_US,
    Step.DAY: DAY_US,
    Step.WEEK: 7 * DAY_US,
    Step.MONTH: 30 * DAY_US,
}


@dataclass(frozen=True, slots=True)
class Span:
    """The stretch ``[start, end)`` in microseconds UTC."""

    start_us: int
    end_us: int

    @property
    def length_us(self) -> int:
        """Return how long it is."""
        return self.end_us - self.start_us


@dataclass(frozen=True, slots=True)
class Period:
    """One local hour, day, week or month of a series.

    ``value`` follows the aggregation; ``coverage`` is the share of expected readings that are
    there (0 to 1), None where nothing is expected.
    """

    start: datetime
    end: datetime
    n: int
    value: float
    low: float
    high: float
    n_bad: int
    coverage: float | None


class HourColumns(Protocol):
    """Hour buckets as columns, in order of time."""

    @property
    def hours(self) -> NDArray[np.int64]:
        """Whole hours since 1970."""

    @property
    def n(self) -> NDArray[np.int64]:
        """Readings that count."""

    @property
    def sum(self) -> NDArray[np.float64]:
        """Their sum."""

    @property
    def min(self) -> NDArray[np.float64]:
        """The least."""

    @property
    def max(self) -> NDArray[np.float64]:
        """The greatest."""

    @property
    def last(self) -> NDArray[np.float64]:
        """The latest."""

    @property
    def n_bad(self) -> NDArray[np.int64]:
        """Readings flagged bad."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Neighbouring buckets in order of ``keys``: hours, local days, weeks or months since 1970.

    Values are NaN where ``n`` is 0 because every reading is flagged bad.
    """

    keys: NDArray[np.int64]
    n: NDArray[np.int64]
    sum: NDArray[np.float64]
    min: NDArray[np.float64]
    max: NDArray[np.float64]
    last: NDArray[np.float64]
    n_bad: NDArray[np.int64]


def window_span(window: Window, first_us: int | None, last_us: int | None, now_us: int) -> Span:
    """Return the stretch a window means for a series.

    It ends now while the series speaks. If nothing is in it, because the series stopped earlier,
    it ends with the last reading instead: looking at an old series must not show emptiness.

    Args:
        window: Any but OWN.
        first_us: First reading of the series, None without readings.
        last_us: Last reading.
        now_us: The present.
    """
    if first_us is None or last_us is None:
        length = LENGTH_US.get(window, DAY_US)
        return Span(now_us - length, now_us)
    if window is Window.ALL:
        return Span(first_us, last_us + 1)
    length = LENGTH_US[window]
    end = now_us if now_us - length < last_us <= now_us else last_us + 1
    return Span(end - length, end)


def own_span(start: datetime | None, end: datetime | None, fallback: Span) -> Span:
    """Return the stretch somebody typed in; a missing end is that of ``fallback``.

    Turned ends are turned back; nothing becomes longer than two hundred years.
    """
    low = fallback.start_us if start is None else _us(start)
    high = fallback.end_us if end is None else _us(end)
    low, high = min(low, high), max(low, high)
    if low == high:
        high += DAY_US
    return Span(max(low, high - _LONGEST_US), high)


def _us(moment: datetime) -> int:
    return int(moment.timestamp()) * SECOND_US


def default_step(aggregation: Aggregation, span: Span) -> Step:
    """Return how finely a series is shown when nobody chose: counts are added up."""
    if aggregation is not Aggregation.SUM or span.length_us <= 2 * DAY_US:
        return Step.READINGS
    if span.length_us <= 10 * DAY_US:
        return Step.HOUR
    if span.length_us <= 800 * DAY_US:
        return Step.DAY
    return Step.MONTH


def fitting_step(step: Step, span: Span, most: int = MOST_POINTS) -> Step:
    """Return the step, or a coarser one if it would make more than ``most`` points."""
    while step in _COARSER and span.length_us / _TYPICAL_US[step] > most:
        step = _COARSER[step]
    return step


def widened(span: Span, step: Step) -> Span:
    """Return the whole local periods that a stretch touches, so that none is cut."""
    if step is Step.READINGS:
        return span
    if step is Step.HOUR:
        first, last = span.start_us // HOUR_US, -(-span.end_us // HOUR_US)
        return Span(first * HOUR_US, last * HOUR_US)
    start = period_start(_local(span.start_us).date(), step)
    end = next_start(period_start(_local(span.end_us - 1).date(), step), step)
    return Span(_us(midnight(start)), _us(midnight(end)))


def _local(at_us: int) -> datetime:
    return datetime.fromtimestamp(at_us / SECOND_US, tz=UTC).astimezone(BERLIN)


def midnight(day: date) -> datetime:
    """Return when a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=BERLIN)


def period_start(day: date, step: Step) -> date:
    """Return the first day of the day, week or month that holds a day."""
    if step is Step.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step is Step.MONTH else day


def next_start(start: date, step: Step) -> date:
    """Return the first day of the following day, week or month."""
    if step is Step.MONTH:
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=7 if step is Step.WEEK else 1)


def local_offsets(hours: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many hours local time is ahead of UTC at each of these hours since 1970."""
    days, where = np.unique(hours // 24, return_inverse=True)
    begins = np.array([_offset(int(day) * 24) for day in days], dtype=np.int64)
    ends = np.array([_offset(int(day) * 24 + 24) for day in days], dtype=np.int64)
    offsets = begins[where]
    for index in np.flatnonzero(begins != ends):
        for place in np.flatnonzero(where == index):
            offsets[place] = _offset(int(hours[place]))
    return offsets


def _offset(hour: int) -> int:
    offset = _local(hour * HOUR_US).utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 3600)


def offset_changes(first_hour: int, last_hour: int) -> list[tuple[int, int]]:
    """Return (hour, hours ahead of UTC) of the first hour and of every change up to the last."""
    hours = np.arange(first_hour, last_hour + 1, dtype=np.int64)
    offsets = local_offsets(hours)
    changes = np.concatenate(([0], np.flatnonzero(np.diff(offsets)) + 1))
    return list(zip(hours[changes].tolist(), offsets[changes].tolist(), strict=True))


def by_hour(buckets: HourColumns) -> Columns:
    """Return hour buckets as columns."""
    b = buckets
    return Columns(b.hours, b.n, b.sum, b.min, b.max, b.last, b.n_bad)


def by_local_day(buckets: HourColumns) -> Columns:
    """Return hour buckets summed up to local days."""
    hours = by_hour(buckets)
    return _merged(hours, (hours.keys + local_offsets(hours.keys)) // 24)


def _merged(columns: Columns, keys: NDArray[np.int64]) -> Columns:
    """Return columns with neighbours of the same new key merged into one."""
    if len(keys) == 0:
        return columns
    starts = np.concatenate(([0], np.flatnonzero(np.diff(keys)) + 1))
    newest = np.where(columns.n > 0, np.arange(len(keys)), -1)
    place = np.maximum.reduceat(newest, starts)
    last = np.where(place >= starts, columns.last[np.maximum(place, 0)], np.nan)
    return Columns(
        keys[starts],
        np.add.reduceat(columns.n, starts),
        np.add.reduceat(np.nan_to_num(columns.sum), starts),
        np.fmin.reduceat(columns.min, starts),
        np.fmax.reduceat(columns.max, starts),
        last,
        np.add.reduceat(columns.n_bad, starts),
    )


def periods_of(
    columns: Columns,
    step: Step,
    aggregation: Aggregation,
    *,
    gap_us: int | None,
    bounds: Span,
) -> list[Period]:
    """Return local periods with their value; those without a usable reading are absent.

    Args:
        columns: Hours for HOUR, local days for everything else.
        step: Any but READINGS.
        aggregation: Mean over readings, sum, or last value.
        gap_us: Expected time between readings, None if unknown.
        bounds: From the first reading of the series to now: nothing is expected outside.
    """
    merged = _merged(columns, _keys(columns.keys, step))
    usable = merged.n > 0
    values = {Aggregation.SUM: merged.sum, Aggregation.LAST: merged.last}.get(
        aggregation, merged.sum / np.maximum(merged.n, 1)
    )
    ends_of = _ends(step)
    found = []
    parts = (merged.keys, merged.n, values, merged.min, merged.max, merged.n_bad)
    for key, n, value, low, high, n_bad in zip(*(p[usable].tolist() for p in parts), strict=True):
        start, end = ends_of(key)
        share = _coverage(n, start, end, gap_us, bounds)
        found.append(Period(start, end, n, value, low, high, n_bad, share))
    return found


def _keys(keys: NDArray[np.int64], step: Step) -> NDArray[np.int64]:
    """Return a rising number per period from hours (HOUR) or local days."""
    if step is Step.WEEK:
        return (keys + 3) // 7
    if step is Step.MONTH:
        months: NDArray[np.int64] = keys.astype("datetime64[D]").astype("datetime64[M]").astype(int)
        return months
    return keys


def _ends(step: Step) -> Callable[[int], tuple[datetime, datetime]]:
    if step is Step.HOUR:
        return lambda key: (_local(key * HOUR_US), _local((key + 1) * HOUR_US))

    def ends(key: int) -> tuple[datetime, datetime]:
        if step is Step.MONTH:
            start = date(1970 + key // 12, key % 12 + 1, 1)
        else:
            start = date(1970, 1, 1) + timedelta(days=key * 7 - 3 if step is Step.WEEK else key)
        return midnight(start), midnight(next_start(start, step))

    return ends


def _coverage(
    n: int, start: datetime, end: datetime, gap_us: int | None, bounds: Span
) -> float | None:
    if not gap_us:
        return None
    expected = _within(start, end, bounds) / gap_us
    return min(1.0, n / expected) if expected >= 1 else None


def _within(start: datetime, end: datetime, bounds: Span) -> int:
    return max(0, min(_us(end), bounds.end_us) - max(_us(start), bounds.start_us))


def absent_us(periods: Iterable[Period], bounds: Span) -> int:
    """Return how much of a stretch no reading stands for, by the coverage of its periods."""
    covered = 0.0
    for period in periods:
        if period.coverage is None:
            covered += _within(period.start, period.end, bounds)
        else:
            covered += period.coverage * _within(period.start, period.end, bounds)
    return max(0, round(bounds.length_us - covered))
