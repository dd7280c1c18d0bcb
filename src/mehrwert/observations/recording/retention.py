"""Removes raw readings of a series up to a time; its hour values stay and become final."""

import hashlib
from dataclasses import dataclass

from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.rules import HOUR_US
from mehrwert.observations.stores.base import Row, Transaction

from .changes import forget_ranges
from .ledger import put_audit
from .session import Session
from .types import WriteContext

ROWS_AT_ONCE = 20_000
THIN = "thin"


@dataclass(frozen=True, slots=True)
class Thinning:
    """What one step removed: rows, and whether more of them wait."""

    n: int
    has_more: bool


def thin_some(
    tx: Transaction, context: WriteContext, datastream_id: int, before_us: int, now_us: int
) -> Thinning:
    """Remove the oldest raw readings before a whole hour, at most ``ROWS_AT_ONCE`` of them.

    A step ends at a whole hour. Nothing is removed while hours of the stretch wait for repair, nor
    from a series on hold. The audit row proves what went: number, first and last time, SHA-256
    over time and value of each.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    session = Session(tx, now_us)
    session.load([datastream_id])
    state = session.states.get(datastream_id)
    if state is None or state.tenant_id != context.tenant_id:
        raise UnknownEntityError(kind="datastream", id=datastream_id)
    if state.last_time is None or _is_held(tx, context.tenant_id, datastream_id):
        return Thinning(0, False)
    stop = min(before_us, state.last_time) // HOUR_US * HOUR_US
    stop, has_more = _step_end(tx, datastream_id, stop)
    if _is_dirty(tx, datastream_id, stop):
        return Thinning(0, False)
    rows = tx.select(
        "SELECT time, seq, result FROM obs_observation WHERE datastream_id=? AND time<?"
        " ORDER BY time, seq",
        (datastream_id, stop),
    )
    if not rows:
        return Thinning(0, False)
    _remove(tx, datastream_id, rows, stop)
    _note(tx, datastream_id, stop, len(rows), now_us)
    forget_ranges(session, state, n=-len(rows))
    session.finish()
    _prove(tx, context, datastream_id, rows, now_us)
    return Thinning(len(rows), has_more)


def drop_hours(tx: Transaction, datastream_id: int, before_us: int) -> int:
    """Remove hour values before a time where the raw readings are gone; return how many."""
    found = tx.select("SELECT raw_from_us FROM obs_thinned WHERE datastream_id=?", (datastream_id,))
    if not found:
        return 0
    stop = min(before_us, found[0][0]) // HOUR_US
    n = tx.execute(
        "DELETE FROM obs_hour_bucket WHERE datastream_id=? AND hour<?", (datastream_id, stop)
    )
    if n:
        tx.execute(
            "UPDATE obs_thinned SET first_us=? WHERE datastream_id=?",
            (stop * HOUR_US, datastream_id),
        )
    return n


def _step_end(tx: Transaction, datastream_id: int, stop: int) -> tuple[int, bool]:
    """Return where a step ends: at ``stop``, or at the hour after about ``ROWS_AT_ONCE`` rows."""
    found = tx.select(
        "SELECT time FROM obs_observation WHERE datastream_id=? AND time<?"
        " ORDER BY time, seq LIMIT 1 OFFSET ?",
        (datastream_id, stop, ROWS_AT_ONCE),
    )
    if not found:
        return stop, False
    return min(stop, (found[0][0] // HOUR_US + 1) * HOUR_US), True


def _remove(tx: Transaction, datastream_id: int, rows: list[Row], stop: int) -> None:
    key = (datastream_id, stop)
    inner = "(SELECT seq FROM obs_observation WHERE datastream_id=? AND time<?)"
    for table in ("obs_observation_extra", "obs_moved_observation"):
        tx.execute(
            f"DELETE FROM {table} WHERE datastream_id=? AND seq IN {inner}", (datastream_id, *key)
        )
    tx.execute("DELETE FROM obs_observation_history WHERE datastream_id=? AND time<?", key)
    tx.execute("DELETE FROM obs_observation WHERE datastream_id=? AND time<?", key)


def _note(tx: Transaction, datastream_id: int, stop: int, n: int, now_us: int) -> None:
    changed = tx.execute(
        "UPDATE obs_thinned SET raw_from_us=?, n_removed=n_removed+?, thinned_us=?"
        " WHERE datastream_id=?",
        (stop, n, now_us, datastream_id),
    )
    if changed:
        return
    found = tx.select(
        "SELECT min(hour) FROM obs_hour_bucket WHERE datastream_id=?", (datastream_id,)
    )
    first = stop if found[0][0] is None else int(found[0][0]) * HOUR_US
    tx.insert_many(
        "obs_thinned",
        ("datastream_id", "raw_from_us", "first_us", "n_removed", "thinned_us"),
        [(datastream_id, stop, first, n, now_us)],
    )


def _is_held(tx: Transaction, tenant_id: int, datastream_id: int) -> bool:
    return bool(
        tx.select(
            "SELECT 1 FROM obs_retention_hold WHERE tenant_id=? AND datastream_id IN (0, ?)"
            " AND lifted_us IS NULL LIMIT 1",
            (tenant_id, datastream_id),
        )
    )


def _is_dirty(tx: Transaction, datastream_id: int, stop: int) -> bool:
    return bool(
        tx.select(
            "SELECT 1 FROM obs_dirty_hours WHERE datastream_id=? AND from_hour<? LIMIT 1",
            (datastream_id, stop // HOUR_US),
        )
    )


def _prove(
    tx: Transaction, context: WriteContext, datastream_id: int, rows: list[Row], now_us: int
) -> None:
    digest = hashlib.sha256()
    for time, _, result in rows:
        digest.update(f"{time} {result!r}\n".encode())
    name = tx.select("SELECT name FROM obs_datastream WHERE id=?", (datastream_id,))[0][0]
    proof = {
        "n": len(rows),
        "from_us": rows[0][0],
        "to_us": rows[-1][0],
        "digest": digest.hexdigest(),
    }
    change = (str(name), proof, None)
    put_audit(tx, context, now_us, verb=THIN, what=("datastream", datastream_id), change=change)
