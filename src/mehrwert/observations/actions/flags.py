"""Marking a stretch of a series as doubtful or wrong with a reason, and taking that back."""

from mehrwert.observations.choices import Quality
from mehrwert.observations.errors import MissingFieldError, UnknownEntityError
from mehrwert.observations.recording import changes
from mehrwert.observations.recording.ledger import put_audit
from mehrwert.observations.recording.session import Session
from mehrwert.observations.recording.types import WriteContext
from mehrwert.observations.stores.base import Row, Transaction

from .readings import UNDIVIDED_ROWS, flag_observations
from .transaction import run

FLAG = "flag"
UNFLAG = "unflag"


def flag_stretch(
    context: WriteContext,
    datastream_id: int,
    span: tuple[int, int],
    quality: Quality,
    *,
    reason: str,
) -> int:
    """Set the flag of all readings in ``[start, end)`` and audit why; return how many changed.

    The audit row carries the time of the change, by which ``unflag_stretch`` finds the old flags.

    Raises:
        MissingFieldError: No reason was given.
        UnknownEntityError: No such series in the tenant.
        BatchTooLargeError: Too many readings for one transaction.
    """
    if not reason.strip():
        raise MissingFieldError(field="reason")

    def work(tx: Transaction, now: int) -> int:
        changed = flag_observations(context, datastream_id, *span, quality, tx=tx)
        if changed:
            told = {
                "from_us": span[0],
                "to_us": span[1],
                "quality": int(quality),
                "reason": reason.strip(),
                "n": changed,
                "changed_us": _history_time(tx, datastream_id),
            }
            _audit(tx, context, now, FLAG, datastream_id, told)
        return changed

    return int(run(None, work))


def unflag_stretch(context: WriteContext, datastream_id: int, changed_us: int) -> int:
    """Give readings the flags back that they had before one change; return how many changed.

    Readings that somebody flagged anew or corrected since then stay as they are now.

    Raises:
        UnknownEntityError: No such change of a series of the tenant.
    """

    def work(tx: Transaction, now: int) -> int:
        session = Session(tx, now)
        session.load([datastream_id])
        state = session.states.get(datastream_id)
        if state is None or state.tenant_id != context.tenant_id:
            raise UnknownEntityError(kind="datastream", id=datastream_id)
        old = dict(_flags_before(tx, datastream_id, changed_us))
        if not old:
            raise UnknownEntityError(kind="flag", id=changed_us)
        changed = 0
        for row in _rows_now(tx, datastream_id, changed_us):
            if row[7] == old[row[2]]:
                continue
            before = changes.flagged(session, row)
            session.journal.changed(context, state.tenant_id, UNFLAG, before)
            changes.put_values(session, state, row, {"quality": old[row[2]]})
            changed += 1
        session.finish()
        _audit(tx, context, now, UNFLAG, datastream_id, {"undone_us": changed_us, "n": changed})
        return changed

    return int(run(None, work))


def _history_time(tx: Transaction, datastream_id: int) -> int:
    rows = tx.select(
        "SELECT max(changed_us) FROM obs_observation_history WHERE datastream_id=?",
        (datastream_id,),
    )
    return int(rows[0][0])


def _flags_before(tx: Transaction, datastream_id: int, changed_us: int) -> list[tuple[int, int]]:
    rows = tx.select(
        "SELECT seq, quality FROM obs_observation_history"
        " WHERE datastream_id=? AND changed_us=? AND verb=? LIMIT ?",
        (datastream_id, changed_us, FLAG, UNDIVIDED_ROWS),
    )
    return [(int(seq), int(quality)) for seq, quality in rows]


def _rows_now(tx: Transaction, datastream_id: int, changed_us: int) -> list[Row]:
    """Return the readings of a change that nobody changed after it."""
    columns = ",".join(f"o.{name.strip()}" for name in changes.COLUMNS.split(","))
    return tx.select(
        f"SELECT {columns} FROM obs_observation_history h JOIN obs_observation o"
        " ON o.datastream_id = h.datastream_id AND o.time = h.time AND o.seq = h.seq"
        " WHERE h.datastream_id=? AND h.changed_us=? AND h.verb=? AND NOT EXISTS"
        " (SELECT 1 FROM obs_observation_history later WHERE later.datastream_id=h.datastream_id"
        " AND later.seq=h.seq AND later.changed_us>h.changed_us)",
        (datastream_id, changed_us, FLAG),
    )


def _audit(
    tx: Transaction,
    context: WriteContext,
    now_us: int,
    verb: str,
    datastream_id: int,
    told: dict[str, object],
) -> None:
    name = tx.select("SELECT name FROM obs_datastream WHERE id=?", (datastream_id,))[0][0]
    change = (str(name), None, told)
    put_audit(tx, context, now_us, verb=verb, what=("datastream", datastream_id), change=change)
