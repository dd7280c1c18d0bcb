"""Taking back what somebody did to single readings, with a reason (OBS-47)."""

from dataclasses import dataclass, replace
from functools import partial

from mehrwert.observations.errors import MissingFieldError
from mehrwert.observations.recording import edits
from mehrwert.observations.recording.ledger import put_audit
from mehrwert.observations.recording.session import Session
from mehrwert.observations.recording.types import WriteContext
from mehrwert.observations.stores.base import Transaction

from .transaction import run

TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Readings that are again as they were, and those left alone: somebody changed them since."""

    n: int
    overtaken: int


def take_back_edit(
    context: WriteContext, datastream_id: int, edit_id: int, *, reason: str, seq: int | None = None
) -> TakenBack:
    """Make the readings of an edit again what they were before it; a deleted one is there again.

    That is an edit of its own, and can be taken back too. It runs in steps, each a transaction;
    after an interruption the rest of the edit is an edit that can be taken back.

    Args:
        context: Who does it.
        datastream_id: The series.
        edit_id: The number of the edit (``queries.list_edits``).
        reason: Why; it stands in the history and in the audit.
        seq: Only this reading of it.

    Raises:
        MissingFieldError: No reason was given.
        UnknownEntityError: No such edit of a series of the tenant.
        CalculatedReadingError: The series is written from raw readings.
    """
    if not reason.strip():
        raise MissingFieldError(field="reason")
    context = replace(context, reason=reason.strip(), import_id=None)
    what = (datastream_id, edit_id, seq)
    edit = run(None, lambda tx, now: edits.find_edit(tx, context, datastream_id, edit_id))
    n = overtaken = 0
    below: int | None = edit_id + 1
    while below is not None:
        work = partial(_step, context=context, what=what, edit=edit, below=below)
        step: edits.Step = run(None, work)
        n, overtaken, below = n + step.n, overtaken + step.overtaken, step.below
    return TakenBack(n, overtaken)


def _step(
    tx: Transaction,
    now: int,
    *,
    context: WriteContext,
    what: tuple[int, int, int | None],
    edit: edits.Key,
    below: int,
) -> edits.Step:
    datastream_id, edit_id, seq = what
    session = Session(tx, now)
    step = edits.take_back(session, context, datastream_id, edit, below=below, seq=seq)
    if step.n:
        name = tx.select("SELECT name FROM obs_datastream WHERE id=?", (datastream_id,))[0][0]
        told = {"edit": edit_id, "n": step.n, "reason": context.reason}
        change = (str(name), None, told)
        what_of = ("datastream", datastream_id)
        put_audit(tx, context, now, verb=TAKE_BACK, what=what_of, change=change)
    return step
