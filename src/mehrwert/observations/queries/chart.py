"""Series made small for a chart, and hour buckets. Readings flagged bad are left out."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.recording.hours import read_buckets
from mehrwert.observations.rules import HOUR_US, hour_of
from mehrwert.observations.stores.base import Reader

from .retention import first_kept, raw_from
from .series import FAR_FUTURE, FAR_PAST
from .store import check_datastream, reader

RAW_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """Points of a chart. ``t`` is the beginning of the bucket in microseconds.

    Buckets without readings are absent; a gap is a distance larger than ``width_us``.
    ``source`` is ``raw`` (each point one reading, ``width_us`` 0), ``binned`` (buckets of raw
    readings) or ``hour`` (buckets of hours).
    """

    t: NDArray[np.int64]
    min: NDArray[np.float64]
    max: NDArray[np.float64]
    mean: NDArray[np.float64]
    sum: NDArray[np.float64]
    n: NDArray[np.int64]
    width_us: int
    source: Literal["raw", "binned", "hour"]

    def __len__(self) -> int:
        return len(self.t)


@dataclass(frozen=True, slots=True)
class HourSeries:
    """Hour buckets in order. ``hours`` counts from 1970-01-01T00Z."""

    hours: NDArray[np.int64]
    n: NDArray[np.int64]
    sum: NDArray[np.float64]
    min: NDArray[np.float64]
    max: NDArray[np.float64]
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    n_bad: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hours)


def read_chart(
    tenant_id: int,
    datastream_id: int,
    start_us: int | None = None,
    end_us: int | None = None,
    max_points: int = 1000,
) -> ChartSeries:
    """Return at most about ``max_points`` buckets of ``[start, end)`` with minimum and maximum.

    Few readings come as they are; long ranges are answered from hour buckets.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        span = _span(r, datastream_id, start_us, end_us)
        if span is None:
            return _chart([], 0, "raw")
        start, end = span
        raw_us = raw_from(r, datastream_id)
        if raw_us is not None and start < raw_us:
            return _from_hours(r, datastream_id, span, max_points)
        n = _count(r, datastream_id, start, end)
        if n <= max_points:
            rows = r.select(
                "SELECT time, 1, result, result, result FROM obs_observation"
                " WHERE datastream_id=? AND time>=? AND time<? AND result IS NOT NULL"
                " AND quality<>3 ORDER BY time, seq",
                (datastream_id, start, end),
            )
            return _chart(rows, 0, "raw")
        width = max(1, -(-(end - start) // max_points))
        if n > RAW_AT_MOST and width >= HOUR_US and not _is_dirty(r, datastream_id, start, end):
            return _from_hours(r, datastream_id, span, max_points)
        return _from_rows(r, datastream_id, span, width)


def _span(
    r: Reader, datastream_id: int, start_us: int | None, end_us: int | None
) -> tuple[int, int] | None:
    """Return the range asked for, no wider than the series."""
    first, last = r.select(
        "SELECT first_time, last_time FROM obs_datastream_state WHERE datastream_id=?",
        (datastream_id,),
    )[0]
    if first is None:
        return None
    first = first_kept(r, datastream_id, first)
    start = first if start_us is None else max(first, start_us)
    end = last + 1 if end_us is None else min(last + 1, end_us)
    return (start, end) if start < end else None


def _count(r: Reader, datastream_id: int, start: int, end: int) -> int:
    """Count rows of the range, but not beyond what matters."""
    rows = r.select(
        "SELECT count(*) FROM (SELECT 1 FROM obs_observation"
        " WHERE datastream_id=? AND time>=? AND time<? LIMIT ?) counted",
        (datastream_id, start, end, RAW_AT_MOST + 1),
    )
    return int(rows[0][0])


def _is_dirty(r: Reader, datastream_id: int, start: int, end: int) -> bool:
    return bool(
        r.select(
            "SELECT 1 FROM obs_dirty_hours WHERE datastream_id=? AND to_hour>? AND from_hour<=?"
            " LIMIT 1",
            (datastream_id, hour_of(start), hour_of(end)),
        )
    )


def _from_hours(
    r: Reader, datastream_id: int, span: tuple[int, int], max_points: int
) -> ChartSeries:
    first, last = hour_of(span[0]), hour_of(span[1] - 1) + 1
    step = max(1, -(-(last - first) // max_points))
    rows = r.select(
        "SELECT (hour - ?) / ? AS bucket, sum(n), sum(sum), min(min), max(max)"
        " FROM obs_hour_bucket WHERE datastream_id=? AND hour>=? AND hour<? AND n>0"
        " GROUP BY bucket ORDER BY bucket",
        (first, step, datastream_id, first, last),
    )
    placed = [((first + row[0] * step) * HOUR_US, *row[1:]) for row in rows]
    return _chart(placed, step * HOUR_US, "hour")


def _from_rows(r: Reader, datastream_id: int, span: tuple[int, int], width: int) -> ChartSeries:
    rows = r.select(
        "SELECT (time - ?) / ? AS bucket, count(*), sum(result), min(result), max(result)"
        " FROM obs_observation WHERE datastream_id=? AND time>=? AND time<?"
        " AND result IS NOT NULL AND quality<>3 GROUP BY bucket ORDER BY bucket",
        (span[0], width, datastream_id, *span),
    )
    placed = [(span[0] + row[0] * width, *row[1:]) for row in rows]
    return _chart(placed, width, "binned")


def _chart(
    rows: list[tuple[Any, ...]], width_us: int, source: Literal["raw", "binned", "hour"]
) -> ChartSeries:
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    n = np.array(columns[1], dtype=np.int64)
    total = np.array(columns[2], dtype=np.float64)
    return ChartSeries(
        np.array(columns[0], dtype=np.int64),
        np.array(columns[3], dtype=np.float64),
        np.array(columns[4], dtype=np.float64),
        total / np.maximum(n, 1),
        total,
        n,
        width_us,
        source,
    )


def read_hours(
    tenant_id: int, datastream_id: int, start_us: int | None = None, end_us: int | None = None
) -> HourSeries:
    """Return the hour buckets that begin in ``[start, end)``; dirty hours come from raw rows.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    start = FAR_PAST if start_us is None else start_us
    end = FAR_FUTURE if end_us is None else end_us
    first, stop = max(-(2**31), -(-start // HOUR_US)), min(2**31 - 1, -(-end // HOUR_US))
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        rows = r.select(
            "SELECT hour, n, sum, min, max, first, last, n_bad FROM obs_hour_bucket"
            " WHERE datastream_id=? AND hour>=? AND hour<? ORDER BY hour",
            (datastream_id, first, stop),
        )
        rows = _without_dirt(r, datastream_id, (first, stop), rows)
    columns = list(zip(*rows, strict=True)) or [()] * 8
    kinds = (np.int64, np.int64, *([np.float64] * 5), np.int64)
    arrays: list[Any] = [np.array(c, dtype=k) for c, k in zip(columns, kinds, strict=True)]
    return HourSeries(*arrays)


def _without_dirt(
    r: Reader, datastream_id: int, span: tuple[int, int], rows: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    dirty = r.select(
        "SELECT from_hour, to_hour FROM obs_dirty_hours"
        " WHERE datastream_id=? AND to_hour>? AND from_hour<?",
        (datastream_id, *span),
    )
    if not dirty:
        return rows
    buckets = {row[0]: tuple(row) for row in rows}
    for from_hour, to_hour in dirty:
        low, high = max(from_hour, span[0]), min(to_hour, span[1])
        for hour in range(low, high):
            buckets.pop(hour, None)
        fresh = read_buckets(r, datastream_id, low * HOUR_US, high * HOUR_US)
        buckets |= {hour: (hour, *bucket) for hour, bucket in fresh.items()}
    return [buckets[hour] for hour in sorted(buckets)]
