"""Hour buckets summed up to local days by the store: a page about years reads a row per day."""

from typing import Any

import numpy as np

from mehrwert.observations.periods import Columns, by_local_day, offset_changes
from mehrwert.observations.rules import HOUR_US
from mehrwert.observations.stores.base import Reader

from .chart import read_hours
from .store import check_datastream, reader

# keeps integer division from rounding up before 1970
_SHIFT_DAYS = 1_000_000


def read_local_days(tenant_id: int, datastream_id: int, start_us: int, end_us: int) -> Columns:
    """Return the local days of ``[start, end)``; both ends lie on whole hours.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    first, stop = start_us // HOUR_US, -(-end_us // HOUR_US)
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        span = _kept_hours(r, datastream_id, first, stop)
        if span is None:
            return _columns([])
        if not _has_dirt(r, datastream_id, first, stop):
            return _columns(_grouped(r, datastream_id, *span))
    return by_local_day(read_hours(tenant_id, datastream_id, start_us, end_us))


def _kept_hours(r: Reader, datastream_id: int, first: int, stop: int) -> tuple[int, int] | None:
    """Return the first and last hour there is; offsets are worked out for no more than that."""
    rows = r.select(
        "SELECT min(hour), max(hour) FROM obs_hour_bucket"
        " WHERE datastream_id=? AND hour>=? AND hour<?",
        (datastream_id, first, stop),
    )
    low, high = rows[0]
    return None if low is None else (low, high)


def _has_dirt(r: Reader, datastream_id: int, first: int, stop: int) -> bool:
    return bool(
        r.select(
            "SELECT 1 FROM obs_dirty_hours WHERE datastream_id=? AND to_hour>? AND from_hour<?"
            " LIMIT 1",
            (datastream_id, first, stop),
        )
    )


def _grouped(r: Reader, datastream_id: int, low: int, high: int) -> list[tuple[Any, ...]]:
    ahead, params = _ahead_sql(low, high)
    return r.select(
        "SELECT g.day, g.n, g.total, g.low, g.high, b.last, g.bad FROM"
        f" (SELECT (hour + {ahead} + ?) / 24 AS day, sum(n) AS n, sum(sum) AS total,"
        " min(min) AS low, max(max) AS high, sum(n_bad) AS bad,"
        " max(CASE WHEN n > 0 THEN hour END) AS newest FROM obs_hour_bucket"
        " WHERE datastream_id=? AND hour>=? AND hour<=? GROUP BY 1) g"
        " LEFT JOIN obs_hour_bucket b ON b.datastream_id=? AND b.hour = g.newest ORDER BY g.day",
        (*params, 24 * _SHIFT_DAYS, datastream_id, low, high, datastream_id),
    )


def _ahead_sql(low: int, high: int) -> tuple[str, list[int]]:
    """Return SQL for the hours that local time is ahead at ``hour``."""
    changes = offset_changes(low, high)
    if len(changes) == 1:
        return "?", [changes[0][1]]
    arms = "".join(" WHEN hour >= ? THEN ?" for _ in changes)
    params = [value for change in reversed(changes) for value in change]
    return f"CASE{arms} END", params


def _columns(rows: list[tuple[Any, ...]]) -> Columns:
    day, n, total, low, high, last, bad = zip(*rows, strict=True) if rows else [()] * 7
    return Columns(
        np.array(day, dtype=np.int64) - _SHIFT_DAYS,
        np.array(n, dtype=np.int64),
        np.array(total, dtype=np.float64),
        np.array(low, dtype=np.float64),
        np.array(high, dtype=np.float64),
        np.array(last, dtype=np.float64),
        np.array(bad, dtype=np.int64),
    )
