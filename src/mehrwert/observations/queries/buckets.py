"""Readings of one series summed up per bucket of time, in a time zone.

Days and months are those of the zone, across changes of the clock. Whole hours come from the kept
hour buckets, the rest from raw rows. Readings flagged bad and those without a number do not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.rules import HOUR_US
from mehrwert.observations.selects.errors import TooManyBucketsError

from .chart import read_hours
from .retention import first_kept
from .store import reader

MAX_BUCKETS = 100_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MINUTE_US = 60_000_000
_DAY_US = 24 * HOUR_US


@dataclass(frozen=True, slots=True)
class Buckets:
    """What of a series lies in each ``[start, end)``, as columns in order; at least one reading."""

    start_us: NDArray[np.int64]
    end_us: NDArray[np.int64]
    count: NDArray[np.int64]
    sum: NDArray[np.float64]
    min: NDArray[np.float64]
    max: NDArray[np.float64]
    first: NDArray[np.float64]
    last: NDArray[np.float64]

    @property
    def mean(self) -> NDArray[np.float64]:
        """Return the arithmetic means."""
        return self.sum / self.count


@dataclass(frozen=True, slots=True)
class Bucket:
    """What of a series lies in one ``[start, end)``; at least one reading."""

    start_us: int
    end_us: int
    n: int
    sum: float
    min: float
    max: float
    first: float
    last: float

    @property
    def mean(self) -> float:
        """Return the arithmetic mean."""
        return self.sum / self.n


@dataclass(frozen=True, slots=True)
class BucketSize:
    """How long a bucket is: a unit of the calendar, or so many microseconds of a day."""

    unit: str = ""
    width_us: int = 0
    zone: str = "Europe/Berlin"


def read_buckets_of_time(
    tenant_id: int,
    datastream_id: int,
    size: BucketSize,
    start_us: int | None = None,
    end_us: int | None = None,
) -> list[Bucket]:
    """Return the buckets of ``[start, end)`` that hold readings, in order; for few of them.

    Raises:
        UnknownEntityError: No such series in the tenant.
        TooManyBucketsError: The buckets are too small for the range.
    """
    found = read_bucket_columns(tenant_id, datastream_id, size, start_us, end_us)
    if found is None:
        return []
    columns = (getattr(found, name).tolist() for name in Buckets.__slots__)
    return [Bucket(*row) for row in zip(*columns, strict=True)]


def read_bucket_columns(
    tenant_id: int,
    datastream_id: int,
    size: BucketSize,
    start_us: int | None = None,
    end_us: int | None = None,
) -> Buckets | None:
    """Return the buckets of ``[start, end)`` that hold readings; None if none do.

    Raises:
        UnknownEntityError: No such series in the tenant.
        TooManyBucketsError: The buckets are too small for the range.
    """
    span = _span(tenant_id, datastream_id, start_us, end_us)
    if span is None:
        return None
    edges = _edges(size, *span)
    is_hourly = not np.any(edges % HOUR_US)
    pieces = _pieces(tenant_id, datastream_id, span, is_hourly=is_hourly)
    columns = np.concatenate(pieces, axis=1)
    columns = columns[:, columns[1] > 0]
    return _summed(edges, columns) if columns.shape[1] else None


def _span(
    tenant_id: int, datastream_id: int, start_us: int | None, end_us: int | None
) -> tuple[int, int] | None:
    """Return the range asked for, no wider than the series."""
    with reader() as r:
        rows = r.select(
            "SELECT first_time, last_time FROM obs_datastream_state"
            " WHERE datastream_id=? AND tenant_id=?",
            (datastream_id, tenant_id),
        )
        if not rows:
            raise UnknownEntityError(kind="datastream", id=datastream_id)
        first, last = rows[0]
        if first is None:
            return None
        first = first_kept(r, datastream_id, first)
    start = first if start_us is None else max(first, start_us)
    end = last + 1 if end_us is None else min(last + 1, end_us)
    return (start, end) if start < end else None


def _pieces(
    tenant_id: int, datastream_id: int, span: tuple[int, int], *, is_hourly: bool
) -> list[NDArray[np.float64]]:
    """Return columns time, n, sum, min, max, first, last: whole hours kept, edges raw."""
    start, end = span
    first, last = -(-start // HOUR_US) * HOUR_US, end // HOUR_US * HOUR_US
    if not is_hourly or first >= last:
        return [_raw(datastream_id, start, end)]
    hours = read_hours(tenant_id, datastream_id, first, last)
    kept = np.array(
        [
            hours.hours.astype(np.float64) * HOUR_US,
            hours.n,
            *(hours.sum, hours.min, hours.max, hours.first, hours.last),
        ],
        dtype=np.float64,
    )
    return [_raw(datastream_id, start, first), kept, _raw(datastream_id, last, end)]


def _raw(datastream_id: int, start: int, end: int) -> NDArray[np.float64]:
    if start >= end:
        return np.empty((7, 0))
    with reader() as r:
        rows = r.select(
            "SELECT time, result FROM obs_observation WHERE datastream_id=? AND time>=? AND time<?"
            " AND result IS NOT NULL AND quality<>3 ORDER BY time, seq",
            (datastream_id, start, end),
        )
    if not rows:
        return np.empty((7, 0))
    times, values = np.array(rows, dtype=np.float64).T
    return np.array([times, np.ones(len(times)), *([values] * 5)])


def _summed(edges: NDArray[np.int64], columns: NDArray[np.float64]) -> Buckets:
    places = np.searchsorted(edges, columns[0].astype(np.int64), side="right") - 1
    begins = np.flatnonzero(np.diff(places, prepend=-1))
    ends = np.append(begins[1:], len(places)) - 1
    return Buckets(
        edges[places[begins]],
        edges[places[begins] + 1],
        np.add.reduceat(columns[1], begins).astype(np.int64),
        np.add.reduceat(columns[2], begins),
        np.minimum.reduceat(columns[3], begins),
        np.maximum.reduceat(columns[4], begins),
        columns[5][begins],
        columns[6][ends],
    )


def _edges(size: BucketSize, start: int, end: int) -> NDArray[np.int64]:
    """Return beginnings of buckets from the one that holds ``start`` to one not before ``end``."""
    width = {"minute": _MINUTE_US, "hour": HOUR_US}.get(size.unit, size.width_us)
    if 0 < width <= HOUR_US:
        return _fixed(size, width, start, end)
    return np.array(list(_until(end, _calendar(size, start))), dtype=np.int64)


def _until(end: int, steps: Iterator[int]) -> Iterator[int]:
    try:
        for n, edge in enumerate(steps):
            if n > MAX_BUCKETS:
                raise TooManyBucketsError
            yield edge
            if edge >= end:
                return
    except (ValueError, OverflowError):  # behind the last day a calendar knows
        yield end


def _fixed(size: BucketSize, width: int, start: int, end: int) -> NDArray[np.int64]:
    """Up to an hour, buckets are equally long; the change of the clock repeats or skips some."""
    local = _local(start, ZoneInfo(size.zone))
    offset = local.utcoffset() or timedelta()
    shift = offset // timedelta(microseconds=1) % width
    first = (start + shift) // width * width - shift
    n = -((first - end) // width)
    if n > MAX_BUCKETS:
        raise TooManyBucketsError
    return first + width * np.arange(n + 1, dtype=np.int64)


def _calendar(size: BucketSize, start: int) -> Iterator[int]:
    """Yield local days, weeks, months …, or parts of days on the local clock."""
    zone = ZoneInfo(size.zone)
    day = _local(start, zone).date()
    if size.unit == "week":
        day -= timedelta(days=day.weekday())
    if size.unit in _MONTHS:
        step = _MONTHS[size.unit]
        months = (day.year * 12 + day.month - 1) // step * step
        while True:
            yield _us(date(months // 12, months % 12 + 1, 1), 0, zone)
            months += step
    days = {"day": 1, "week": 7}.get(size.unit, 1)
    while True:
        if size.unit:
            yield _us(day, 0, zone)
        else:
            yield from (_us(day, at, zone) for at in range(0, _DAY_US, size.width_us))
        day += timedelta(days=days)


def _local(at_us: int, zone: ZoneInfo) -> datetime:
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone(zone)


def _us(day: date, clock_us: int, zone: ZoneInfo) -> int:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    local = (midnight + timedelta(microseconds=clock_us)).replace(tzinfo=zone)
    return (local.astimezone(UTC) - _EPOCH) // timedelta(microseconds=1)
