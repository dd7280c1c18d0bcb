"""Takes an import back, step by step."""

import msgspec

from mehrwert.observations.rules import HOUR_US
from mehrwert.observations.stores.base import Row, Transaction

from . import changes, hours
from .prepare import prepare
from .session import Session
from .types import ReadingBatch, WriteContext

ROWS_PER_STEP = 50_000
VALUES_PER_STEP = 2_000


def exists(tx: Transaction, context: WriteContext, import_id: int) -> bool:
    """Say whether the tenant has this import."""
    return bool(
        tx.select(
            "SELECT 1 FROM obs_import_batch WHERE id=? AND tenant_id=?",
            (import_id, context.tenant_id),
        )
    )


def take_back_rows(
    tx: Transaction, context: WriteContext, import_id: int, now_us: int
) -> int | None:
    """Delete the rows of one range, newest first; None if no range is left."""
    found = tx.select(
        "SELECT id, datastream_id, first_seq, last_seq FROM obs_import_range"
        " WHERE import_batch_id=? AND tenant_id=? ORDER BY datastream_id, last_seq DESC LIMIT 1",
        (import_id, context.tenant_id),
    )
    if not found:
        return None
    row_id, datastream_id, first, last = found[0]
    start = max(first, last - ROWS_PER_STEP + 1)
    session = Session(tx, now_us)
    session.load([datastream_id])
    n = _delete_span(session, context, datastream_id, (start, last))
    session.finish()
    if start == first:
        tx.execute("DELETE FROM obs_import_range WHERE id=?", (row_id,))
    else:
        tx.execute("UPDATE obs_import_range SET last_seq=? WHERE id=?", (start - 1, row_id))
    return n


def _delete_span(
    session: Session, context: WriteContext, datastream_id: int, span: tuple[int, int]
) -> int:
    tx, key = session.tx, (datastream_id, *span)
    where = " WHERE datastream_id=? AND seq>=? AND seq<=?"
    times = [
        row[0]
        for row in tx.select(f"SELECT DISTINCT time / {HOUR_US} FROM obs_observation{where}", key)
    ]
    if not times:
        return 0
    n = tx.execute(f"DELETE FROM obs_observation{where}", key)
    for table in ("obs_observation_extra", "obs_moved_observation"):
        tx.execute(f"DELETE FROM {table}{where}", key)
    state = session.states[datastream_id]
    stale = {hour + d for hour in times for d in (-1, 0)}
    low, high = min(stale) * HOUR_US, (max(stale) + 1) * HOUR_US
    session.journal.deleted_rows(context, datastream_id, (low, high, *span))
    hours.recompute(tx, state, stale)
    changes.forget_ranges(session, state, n=-n)
    return n


def restore_values(tx: Transaction, context: WriteContext, import_id: int, now_us: int) -> bool:
    """Make values current again that the import corrected; False if none is left."""
    rows = tx.select(
        "SELECT id, datastream_id, seq, result, result_json, quality"
        " FROM obs_observation_history WHERE import_batch_id=? AND tenant_id=? AND verb='correct'"
        " ORDER BY id DESC LIMIT ?",
        (import_id, context.tenant_id, VALUES_PER_STEP),
    )
    session = Session(tx, now_us)
    session.load(row[1] for row in rows)
    for row_id, datastream_id, seq, number, text, quality in rows:
        tx.execute("UPDATE obs_observation_history SET verb='undone' WHERE id=?", (row_id,))
        row = changes.find_row(session, datastream_id, seq)
        if row is None or _is_overtaken(tx, (row_id, datastream_id, seq), (number, text, quality)):
            continue
        value = number if text is None else msgspec.json.decode(text)
        batch = ReadingBatch(datastream_id, [row[1]], [value], qualities=[quality])
        reading = (prepare(batch).readings or [])[0]
        state = session.states[datastream_id]
        changes.replace_result(session, context, state, row, reading, "undo")
    session.finish()
    return bool(rows)


def _is_overtaken(tx: Transaction, place: tuple[int, int, int], value: Row) -> bool:
    """Say whether somebody changed the reading since; then that change follows our old value."""
    row_id, datastream_id, seq = place
    later = tx.select(
        "SELECT id FROM obs_observation_history WHERE datastream_id=? AND seq=? AND id>?"
        " AND verb IN ('correct', 'change') ORDER BY id LIMIT 1",
        (datastream_id, seq, row_id),
    )
    if later:
        tx.execute(
            "UPDATE obs_observation_history SET result=?, result_json=?, quality=? WHERE id=?",
            (*value, later[0][0]),
        )
    return bool(later)


def close(tx: Transaction, context: WriteContext, import_id: int, now_us: int) -> None:
    """Mark the import as undone."""
    tx.execute(
        "UPDATE obs_import_batch SET undone_us=? WHERE id=? AND tenant_id=?",
        (now_us, import_id, context.tenant_id),
    )
