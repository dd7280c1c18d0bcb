"""Readings: record, change, flag, delete."""

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from typing import Any

from mehrwert.base.clock import now_us
from mehrwert.observations.choices import Quality, RowStatus
from mehrwert.observations.errors import BatchTooLargeError, UnknownEntityError
from mehrwert.observations.recording import changes
from mehrwert.observations.recording.held import let_go
from mehrwert.observations.recording.prepare import Prepared, Reading, prepare
from mehrwert.observations.recording.rows import locate, rewrite
from mehrwert.observations.recording.session import Session
from mehrwert.observations.recording.types import ReadingBatch, WriteContext, WriteOutcome
from mehrwert.observations.stores.base import Transaction
from mehrwert.observations.writer import GROUP_ROWS, Request, get_writer, write_batches

from .transaction import ANSWER_S, WAIT_S, run

# Parts of one call under way at a time: the next is prepared while one is written
IN_FLIGHT = 3
UNDIVIDED_ROWS = 100_000


def release_news(door: str | None, *, older_than_us: int = 0) -> int:
    """Tell what a replay through ``door`` changed, as one event; None: of every replay left over.

    A replay is a write whose door begins with ``REPLAY``.
    """

    def work(tx: Transaction, now: int) -> int:
        return let_go(tx, door, now - older_than_us, now)

    return int(run(None, work))


def record_observations(context: WriteContext, batches: Sequence[ReadingBatch]) -> WriteOutcome:
    """Store readings; returns after they are durable.

    All batches are checked before the first is stored. Large ones are cut into parts of 10,000
    rows, each a transaction of its own, so that nobody else waits long. Repeating the same call
    has the effect of calling once (``context.policy`` says what a different result means).

    Raises:
        BatchShapeError, BadReadingError: Nothing was stored.
        QueueFullError: Nothing of the current part was stored; repeat later.
        UnavailableError: The store failed; what was answered before is safe, repeat later.
    """
    parts = _parts([prepare(batch) for batch in batches])
    outcome = WriteOutcome()
    waiting: deque[tuple[Future[Any], list[bool]]] = deque()
    writer = get_writer()
    for part, continues in parts:
        if len(waiting) >= IN_FLIGHT:
            _collect(outcome, *waiting.popleft())
        future = writer.submit(_request(context, part), wait_s=WAIT_S)
        waiting.append((future, continues))
    while waiting:
        _collect(outcome, *waiting.popleft())
    return outcome


async def arecord_observations(
    context: WriteContext, batches: Sequence[ReadingBatch]
) -> WriteOutcome:
    """Store readings from an event loop; a full queue is an error at once.

    Raises:
        as ``record_observations``.
    """
    if sum(len(batch.times_us) for batch in batches) > GROUP_ROWS:
        prepared = await asyncio.to_thread(_prepared, batches)
    else:
        prepared = _prepared(batches)
    writer = get_writer()
    if sum(batch.n for batch in prepared) <= GROUP_ROWS:
        answer: WriteOutcome = await writer.submit_async(_request(context, prepared))
        return answer
    outcome = WriteOutcome()
    for part, continues in _parts(prepared):
        _join(outcome, await writer.submit_async(_request(context, part)), continues)
    return outcome


async def arecord_reading(
    context: WriteContext, datastream_id: int, reading: Reading
) -> tuple[int | None, RowStatus]:
    """Store one reading that ``prepare_reading`` has checked, from an event loop.

    The same as a batch of one with ``feature_required``, for the door where most readings come
    one by one: it makes no columns of them.

    Returns:
        Its id, None if nothing is stored, and what became of it.

    Raises:
        QueueFullError: Nothing was stored; repeat later.
        UnavailableError: The store failed; repeat later.
    """
    request = Request(1, context, reading=(datastream_id, reading))
    answer: tuple[int | None, RowStatus] = await get_writer().submit_async(request)
    return answer


def record_in(
    tx: Transaction, context: WriteContext, batches: Sequence[ReadingBatch]
) -> WriteOutcome:
    """Store readings as part of a transaction (deep insert, change set).

    Raises:
        BatchTooLargeError: More rows than one undivided transaction may hold.
    """
    prepared = [prepare(batch) for batch in batches]
    if sum(batch.n for batch in prepared) > UNDIVIDED_ROWS:
        raise BatchTooLargeError(limit=UNDIVIDED_ROWS)
    outcome: WriteOutcome = write_batches(tx, [_request(context, prepared)], now_us())[0]
    return outcome


def update_observation(
    context: WriteContext, observation_id: int, *, tx: Transaction | None = None, **fields: Any
) -> None:
    """Change one reading; its id stays, its old value goes into the history.

    Args:
        context: Who changes it.
        observation_id: Its public id.
        tx: Transaction to join.
        **fields: Any of ``time_us``, ``end_us``, ``result``, ``result_time_us``, ``feature_id``,
            ``quality``, ``datastream_id``, ``parameters``, ``valid_start_us``, ``valid_end_us``,
            ``result_quality``, ``qualifiers``.

    Raises:
        UnknownEntityError: No such reading in the tenant.
    """

    def work(tx: Transaction, now: int) -> None:
        session = Session(tx, now)
        rewrite(session, context, observation_id, fields)
        session.finish()

    run(tx, work)


def delete_observation(
    context: WriteContext, observation_id: int, *, tx: Transaction | None = None
) -> None:
    """Delete one reading; its old value goes into the history.

    Raises:
        UnknownEntityError: No such reading in the tenant.
    """

    def work(tx: Transaction, now: int) -> None:
        session = Session(tx, now)
        state, row = locate(session, context, observation_id)
        changes.delete_row(session, context, state, row)
        session.finish()

    run(tx, work)


def flag_observations(
    context: WriteContext,
    datastream_id: int,
    start_us: int,
    end_us: int,
    quality: Quality,
    *,
    tx: Transaction | None = None,
) -> int:
    """Set the flag of all readings of a series in ``[start, end)``; return how many changed.

    Raises:
        UnknownEntityError: No such series in the tenant.
        BatchTooLargeError: Too many for one transaction.
    """

    def work(tx: Transaction, now: int) -> int:
        session = Session(tx, now)
        session.load([datastream_id])
        state = session.states.get(datastream_id)
        if state is None or state.tenant_id != context.tenant_id:
            raise UnknownEntityError(kind="datastream", id=datastream_id)
        rows = tx.select(
            f"SELECT {changes.COLUMNS} FROM obs_observation"
            " WHERE datastream_id=? AND time>=? AND time<? AND quality<>? LIMIT ?",
            (datastream_id, start_us, end_us, int(quality), UNDIVIDED_ROWS + 1),
        )
        if len(rows) > UNDIVIDED_ROWS:
            raise BatchTooLargeError(limit=UNDIVIDED_ROWS)
        for row in rows:
            before = changes.flagged(session, row)
            session.journal.changed(context, state.tenant_id, "flag", before)
            changes.put_values(session, state, row, {"quality": int(quality)})
        session.finish()
        return len(rows)

    return int(run(tx, work))


def _prepared(batches: Sequence[ReadingBatch]) -> list[Prepared]:
    return [prepare(batch) for batch in batches]


def _request(context: WriteContext, batches: list[Prepared]) -> Request:
    return Request(rows=max(1, sum(b.n for b in batches)), context=context, batches=batches)


def _parts(batches: list[Prepared]) -> Iterator[tuple[list[Prepared], list[bool]]]:
    """Cut batches into requests of at most ``GROUP_ROWS``; say which continue the one before."""
    part: list[Prepared] = []
    continues: list[bool] = []
    room = GROUP_ROWS
    for batch in batches:
        start = 0
        while True:
            piece = batch if batch.n - start <= room and start == 0 else None
            stop = min(batch.n, start + room)
            part.append(piece or batch.part(start, stop))
            continues.append(start > 0)
            room -= stop - start
            start = stop
            if room == 0:
                yield part, continues
                part, continues, room = [], [], GROUP_ROWS
            if start >= batch.n:
                break
    if part:
        yield part, continues


def _collect(outcome: WriteOutcome, future: "Future[Any]", continues: list[bool]) -> None:
    _join(outcome, future.result(ANSWER_S), continues)


def _join(outcome: WriteOutcome, part: WriteOutcome, continues: list[bool]) -> None:
    for piece, is_rest in zip(part.rows, continues, strict=True):
        if is_rest:
            outcome.extend(piece)
        else:
            outcome.add(piece)
