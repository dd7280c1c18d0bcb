"""One reading that a person corrects, adds or deletes on a page, with a reason (OBS-47)."""

from dataclasses import replace
from typing import Any

import msgspec

from mehrwert.observations.choices import ADDED, CORRECTED, Edit, Quality
from mehrwert.observations.errors import (
    MissingFieldError,
    ReadingChangedError,
    ReadingThereError,
    UnknownEntityError,
)
from mehrwert.observations.recording import changes
from mehrwert.observations.recording.edits import check_raw
from mehrwert.observations.recording.extras import read_extra
from mehrwert.observations.recording.ledger import put_audit
from mehrwert.observations.recording.rows import locate, rewrite
from mehrwert.observations.recording.session import Session
from mehrwert.observations.recording.types import ReadingBatch, WriteContext
from mehrwert.observations.stores.base import Row, Transaction

from .readings import record_in
from .transaction import run

CORRECT_READING = "correct_reading"
ADD_READING = "add_reading"
DELETE_READING = "delete_reading"


def correct_reading(
    context: WriteContext,
    where: tuple[int, int],
    result: Any,
    *,
    quality: Quality,
    seen: Any,
    reason: str,
) -> bool:
    """Replace the value of a reading; the old one stays in the history. False: nothing differed.

    Args:
        context: Who does it.
        where: Series and public id of the reading.
        result: The right value.
        quality: How it is flagged.
        seen: The value that the person saw; another one there now is not run over.
        reason: Why; it stands in the history and in the audit.

    Raises:
        MissingFieldError: No reason was given.
        UnknownEntityError: No such reading of a series of the tenant.
        CalculatedReadingError: The series is written from raw readings.
        ReadingChangedError: Somebody changed the reading meanwhile.
    """
    context = _with_reason(context, reason)

    def work(tx: Transaction, now: int) -> bool:
        session, row = _reading(tx, now, context, where)
        extra = read_extra(tx, row[0], row[2])
        current = row[3] if extra["result"] is None else msgspec.json.decode(extra["result"])
        if current != seen:
            raise ReadingChangedError
        if current == result and row[7] == quality:
            return False
        words = _with_word(extra["qualifiers"], CORRECTED)
        fields = {"result": result, "quality": int(quality), "qualifiers": words}
        rewrite(session, context, where[1], fields, Edit.CHANGE)
        session.finish()
        _audit(tx, context, now, CORRECT_READING, (where[0], row[1]))
        return True

    return bool(run(None, work))


def delete_reading(context: WriteContext, where: tuple[int, int], *, reason: str) -> None:
    """Delete a reading; it can be taken back as it was.

    Args:
        context: Who does it.
        where: Series and public id of the reading.
        reason: Why; it stands in the history and in the audit.

    Raises:
        MissingFieldError: No reason was given.
        UnknownEntityError: No such reading of a series of the tenant.
        CalculatedReadingError: The series is written from raw readings.
    """
    context = _with_reason(context, reason)

    def work(tx: Transaction, now: int) -> None:
        session, row = _reading(tx, now, context, where)
        changes.delete_row(session, context, session.states[row[0]], row)
        session.finish()
        _audit(tx, context, now, DELETE_READING, (where[0], row[1]))

    run(None, work)


def add_reading(
    context: WriteContext,
    datastream_id: int,
    span: tuple[int, int | None],
    result: Any,
    *,
    quality: Quality,
    reason: str,
) -> int:
    """Put a reading in that is missing; return its public id.

    Args:
        context: Who does it.
        datastream_id: The series.
        span: Time of the reading, and its end where it is an interval.
        result: Its value.
        quality: How it is flagged.
        reason: Where it is from; it stands in the audit.

    Raises:
        MissingFieldError: No reason was given.
        UnknownEntityError: No such series in the tenant.
        CalculatedReadingError: The series is written from raw readings.
        ReadingThereError: There is a reading of this time.
    """
    context = _with_reason(context, reason)
    start, end = span

    def work(tx: Transaction, now: int) -> int:
        session = Session(tx, now)
        session.load([datastream_id])
        state = session.states.get(datastream_id)
        if state is None or state.tenant_id != context.tenant_id:
            raise UnknownEntityError(kind="datastream", id=datastream_id)
        check_raw(tx, datastream_id)
        there = "SELECT 1 FROM obs_observation WHERE datastream_id=? AND time=? LIMIT 1"
        if tx.select(there, (datastream_id, start)):
            raise ReadingThereError
        batch = ReadingBatch(datastream_id, [start], [result], ends_us=[end])
        batch.qualities, batch.qualifiers = [int(quality)], [ADDED]
        (number,) = record_in(tx, context, [batch]).rows[0].ids
        _audit(tx, context, now, ADD_READING, (datastream_id, start))
        return int(number or 0)

    return int(run(None, work))


def _with_reason(context: WriteContext, reason: str) -> WriteContext:
    if not reason.strip():
        raise MissingFieldError(field="reason")
    return replace(context, reason=reason.strip(), import_id=None)


def _reading(
    tx: Transaction, now_us: int, context: WriteContext, where: tuple[int, int]
) -> tuple[Session, Row]:
    """Return a reading of a series that is measured, in a session that knows its state."""
    session = Session(tx, now_us)
    state, row = locate(session, context, where[1])
    if state.datastream_id != where[0]:
        raise UnknownEntityError(kind="observation", id=where[1])
    check_raw(tx, where[0])
    return session, row


def _with_word(words: str | None, word: str) -> str:
    known = (words or "").split()
    return " ".join([*known, *([] if word in known else [word])])


def _audit(
    tx: Transaction, context: WriteContext, now_us: int, verb: str, which: tuple[int, int]
) -> None:
    datastream_id, time_us = which
    name = tx.select("SELECT name FROM obs_datastream WHERE id=?", (datastream_id,))[0][0]
    told = {"from_us": time_us, "n": 1, "reason": context.reason}
    what = ("datastream", datastream_id)
    put_audit(tx, context, now_us, verb=verb, what=what, change=(str(name), None, told))
