"""Repairs hours marked dirty, a part per transaction."""

from mehrwert.observations.rules import HOUR_US
from mehrwert.observations.stores.base import Transaction

from .hours import rebuild

ROWS_PER_STEP = 100_000
HOURS_PER_STEP = 20_000


def repair_some(tx: Transaction) -> bool:
    """Recompute the beginning of one dirty range; False if there is none."""
    found = tx.select(
        "SELECT id, datastream_id, from_hour, to_hour FROM obs_dirty_hours ORDER BY id LIMIT 1"
    )
    if not found:
        return False
    row_id, datastream_id, start, end = found[0]
    tx.lock_states([datastream_id])
    stop = min(end, start + _hours_per_step(tx, datastream_id, start, end))
    rebuild(tx, datastream_id, start, stop)
    if stop >= end:
        tx.execute("DELETE FROM obs_dirty_hours WHERE id=?", (row_id,))
    else:
        tx.execute("UPDATE obs_dirty_hours SET from_hour=? WHERE id=?", (stop, row_id))
    return True


def _hours_per_step(tx: Transaction, datastream_id: int, start: int, end: int) -> int:
    """Return how many hours hold about ``ROWS_PER_STEP`` rows."""
    found = tx.select(
        "SELECT time FROM obs_observation WHERE datastream_id=? AND time>=? AND time<?"
        " ORDER BY time LIMIT 1 OFFSET ?",
        (datastream_id, start * HOUR_US, end * HOUR_US, ROWS_PER_STEP),
    )
    if not found:
        return HOURS_PER_STEP
    return max(1, min(HOURS_PER_STEP, int(found[0][0]) // HOUR_US - start))
