"""Changing and deleting readings that are stored: state, hours and history follow."""

from typing import Any

from mehrwert.observations.rules import typical_gap_us
from mehrwert.observations.stores.base import OBSERVATION_COLUMNS, Row

from .extras import EXTRA_COLUMNS, EXTRA_TABLE, extra_row, read_extra
from .journal import Before
from .prepare import Reading
from .session import Session
from .state import State
from .types import WriteContext

COLUMNS = ",".join(OBSERVATION_COLUMNS)
_BY_SEQ = f"SELECT {COLUMNS} FROM obs_observation WHERE datastream_id=? AND seq=?"


def find_row(session: Session, datastream_id: int, seq: int) -> Row | None:
    """Return one row by its key."""
    session.flush_rows()
    rows = session.tx.select(_BY_SEQ, (datastream_id, seq))
    return rows[0] if rows else None


def whole(session: Session, row: Row, moved_to: tuple[int, int] | None = None) -> Before:
    """Return all that a row is, so that it can be again."""
    tx, key = session.tx, (row[0], row[2])
    moved = tx.select("SELECT id FROM obs_moved_observation WHERE datastream_id=? AND seq=?", key)
    return Before(row, read_extra(tx, *key), moved_to, moved[0][0] if moved else None)


def flagged(session: Session, row: Row) -> Before:
    """Return what a row is where only its flag changes."""
    return Before(row, read_extra(session.tx, row[0], row[2]) if row[3] is None else None)


def replace_result(
    session: Session,
    context: WriteContext,
    state: State,
    row: Row,
    reading: Reading,
    verb: str = "correct",
) -> Row:
    """Make the result and flag of ``reading`` current; keep the old ones in the history."""
    session.journal.changed(context, state.tenant_id, verb, whole(session, row))
    key = (state.datastream_id, row[2])
    session.tx.execute("DELETE FROM obs_observation_extra WHERE datastream_id=? AND seq=?", key)
    if reading[6] is not None:
        session.tx.insert_many(EXTRA_TABLE, EXTRA_COLUMNS, [extra_row(*key, reading[6])])
    return put_values(session, state, row, {"result": reading[2], "quality": reading[5]})


def put_values(session: Session, state: State, row: Row, values: dict[str, Any]) -> Row:
    """Change columns other than key and time of one row; state and hours follow."""
    new = tuple(values.get(name, old) for name, old in zip(OBSERVATION_COLUMNS, row, strict=True))
    session.tx.execute(
        f"UPDATE obs_observation SET {','.join(f'{name}=?' for name in values)}"
        " WHERE datastream_id=? AND time=? AND seq=?",
        (*values.values(), row[0], row[1], row[2]),
    )
    if row[2] == state.latest_seq:
        state.latest_result, state.latest_quality = new[3], new[7]
        state.dirty = True
    if row[3] is not None or new[3] is not None:
        session.note_stale_hour(row[0], row[1])
    if row[4] != new[4] or row[5] != new[5]:
        forget_ranges(session, state)
    return new


def delete_row(session: Session, context: WriteContext, state: State, row: Row) -> None:
    """Delete one row; its old value stays in the history."""
    session.journal.changed(context, state.tenant_id, "delete", whole(session, row))
    take_out(session, state, row)
    for table in ("obs_observation_extra", "obs_moved_observation"):
        session.tx.execute(f"DELETE FROM {table} WHERE datastream_id=? AND seq=?", (row[0], row[2]))


def put_back(
    session: Session, context: WriteContext, state: State, row: Row, extra: dict[str, Any]
) -> None:
    """Put a row in again that was deleted, under its old number."""
    key = (state.datastream_id, row[2])
    session.flush_rows()
    session.tx.append_rows([row])
    if any(value is not None for value in extra.values()):
        values = tuple(extra.get(name) for name in EXTRA_COLUMNS[2:])
        session.tx.insert_many(EXTRA_TABLE, EXTRA_COLUMNS, [(*key, *values)])
    if row[3] is not None:
        session.note_stale_hour(state.datastream_id, row[1])
    session.journal.restored(context, state.tenant_id, row)
    forget_ranges(session, state, n=1)


def take_out(session: Session, state: State, row: Row) -> None:
    """Remove the row from its series; extra and history are the caller's business."""
    session.tx.execute(
        "DELETE FROM obs_observation WHERE datastream_id=? AND time=? AND seq=?", row[:3]
    )
    if row[3] is not None:
        session.note_stale_hour(row[0], row[1])
    forget_ranges(session, state, n=-1)


def forget_ranges(session: Session, state: State, n: int = 0) -> None:
    """Read ends and latest row anew: index seeks, and a scan only where there are intervals."""
    tx, key = session.tx, (state.datastream_id,)
    session.flush_rows()
    state.n += n
    state.dirty = True
    where = " FROM obs_observation WHERE datastream_id=?"
    first = tx.select(f"SELECT time{where} ORDER BY time, seq LIMIT 1", key)
    last = tx.select(
        f"SELECT time, seq, result, quality{where} ORDER BY time DESC, seq DESC LIMIT 51", key
    )
    state.first_time = first[0][0] if first else None
    if last:
        state.last_time, state.latest_seq, state.latest_result, state.latest_quality = last[0]
    else:
        state.last_time = state.latest_seq = state.latest_result = state.latest_quality = None
    state.gap_us = typical_gap_us([row[0] for row in last])
    ends = tx.select(
        "SELECT max(time + coalesce(duration, 0)), min(result_time), max(result_time)" + where, key
    )[0]
    state.last_end, state.first_result_time, state.last_result_time = ends
