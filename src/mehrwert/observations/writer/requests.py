"""What waits for the writer, how a group of it is written, and how it is answered."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from mehrwert.observations.recording import batches
from mehrwert.observations.recording.prepare import Prepared, Reading
from mehrwert.observations.recording.session import Session
from mehrwert.observations.recording.types import WriteContext, WriteOutcome
from mehrwert.observations.stores.base import Transaction

Work = Callable[[Transaction, int], Any]


@dataclass(slots=True)
class Request:
    """What one caller wants written, and where the answer goes."""

    rows: int
    context: WriteContext | None = None
    batches: list[Prepared] | None = None
    # instead of batches: a series and one reading of it
    reading: tuple[int, Reading] | None = None
    work: Work | None = None
    future: "Future[Any] | asyncio.Future[Any] | None" = None
    loop: asyncio.AbstractEventLoop | None = None


# with its result, or with the error that it ended with
Answer = tuple[Request, Any, Exception | None]


def write_batches(tx: Transaction, group: list[Request], now: int) -> list[Any]:
    """Write the readings of all requests.

    Returns:
        Per request a ``WriteOutcome``, or id and status of its one reading.
    """
    session = Session(tx, now)
    session.load(_series_of(group))
    outcomes: list[Any] = []
    for request in group:
        context = request.context
        if context is None:
            outcomes.append(WriteOutcome())
        elif request.reading is not None:
            outcomes.append(batches.record_one(session, context, *request.reading))
        else:
            outcome = WriteOutcome()
            for batch in request.batches or ():
                outcome.add(batches.record(session, context, batch))
            outcomes.append(outcome)
    session.finish()
    return outcomes


def _series_of(group: list[Request]) -> set[int]:
    series: set[int] = set()
    for request in group:
        if request.reading is not None:
            series.add(request.reading[0])
        else:
            series.update(batch.datastream_id for batch in request.batches or ())
    return series


def resolve(answers: list[Answer]) -> None:
    """Answer threads directly and each event loop by one call."""
    loops: dict[asyncio.AbstractEventLoop, list[Answer]] = {}
    for answer in answers:
        request, result, error = answer
        if request.loop is not None:
            loops.setdefault(request.loop, []).append(answer)
        elif error is not None and request.future is not None:
            request.future.set_exception(error)
        elif request.future is not None:
            request.future.set_result(result)
    for loop, part in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve_in_loop, part)


def _resolve_in_loop(answers: list[Answer]) -> None:
    for request, result, error in answers:
        future = request.future
        if future is None or future.done():
            continue
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)
