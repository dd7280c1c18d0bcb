"""Recomputes hour buckets from rows; too many at once are left to a job."""

from collections.abc import Iterable, Iterator

import numpy as np

from mehrwert.observations.rules import HOUR_US, Bucket, summed_hours
from mehrwert.observations.stores.base import Reader, Row, Transaction

from .state import State

MAX_HOURS_IN_COMMIT = 1000


def recompute(tx: Transaction, state: State, stale: set[int]) -> None:
    """Recompute these hours of a series, or mark them dirty if they are too many.

    Hours whose raw readings were thinned are final.
    """
    final = final_before(tx, state.datastream_id)
    stale = {hour for hour in stale if hour >= final}
    if len(stale) > MAX_HOURS_IN_COMMIT:
        mark_dirty(tx, state, stale)
        return
    for first, last in runs(stale):
        rebuild(tx, state.datastream_id, first, last + 1)


def final_before(reader: Reader, datastream_id: int) -> int:
    """Return the hour before which hour values are final, because their raw readings are gone."""
    rows = reader.select(
        "SELECT raw_from_us FROM obs_thinned WHERE datastream_id=?", (datastream_id,)
    )
    return int(rows[0][0]) // HOUR_US if rows else -(2**31)


def mark_dirty(tx: Transaction, state: State, stale: Iterable[int]) -> None:
    """Leave hours to the repair job; until then readers use raw rows there."""
    tx.insert_many(
        "obs_dirty_hours",
        ("tenant_id", "datastream_id", "from_hour", "to_hour"),
        [
            (state.tenant_id, state.datastream_id, first, last + 1)
            for first, last in runs(stale, join_within=24)
        ],
    )


def rebuild(tx: Transaction, datastream_id: int, from_hour: int, to_hour: int) -> None:
    """Replace the buckets of ``[from_hour, to_hour)`` by what the rows say, but no final ones."""
    from_hour = max(from_hour, final_before(tx, datastream_id))
    buckets = read_buckets(tx, datastream_id, from_hour * HOUR_US, to_hour * HOUR_US)
    tx.execute(
        "DELETE FROM obs_hour_bucket WHERE datastream_id=? AND hour>=? AND hour<?",
        (datastream_id, from_hour, to_hour),
    )
    tx.put_hours([(datastream_id, hour, *bucket) for hour, bucket in buckets.items()])


def read_buckets(
    reader: Reader, datastream_id: int, start_us: int, end_us: int
) -> dict[int, Bucket]:
    """Sum up the rows of a range."""
    rows = reader.select(
        "SELECT time, result, quality FROM obs_observation"
        " WHERE datastream_id=? AND time>=? AND time<? AND result IS NOT NULL"
        " ORDER BY time, seq",
        (datastream_id, start_us, end_us),
    )
    return summed_rows(rows)


def summed_rows(rows: list[Row]) -> dict[int, Bucket]:
    """Sum up rows of (time, result, quality)."""
    if not rows:
        return {}
    times, results, qualities = zip(*rows, strict=True)
    return summed_hours(
        np.array(times, dtype=np.int64),
        np.array(results, dtype=np.float64),
        np.array(qualities, dtype=np.int16),
    )


def runs(hours: Iterable[int], join_within: int = 1) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of hours; small holes may be bridged."""
    first = last = None
    for hour in sorted(hours):
        if last is not None and first is not None and hour - last > join_within:
            yield first, last
            first = None
        if first is None:
            first = hour
        last = hour
    if first is not None and last is not None:
        yield first, last
