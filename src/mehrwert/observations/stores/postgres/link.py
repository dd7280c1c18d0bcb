"""One connection of an event loop: short questions need no thread and do not wait for each other.

Every question is sent as soon as the loop has done what is due, together with those of other
requests (pipeline mode of PostgreSQL's protocol), and its answer is met by the loop like any other
socket. Each stands alone: what goes wrong with one leaves the others as they are.
"""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
from psycopg import Connection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from mehrwert.observations.stores.base import Params, Row

from .connection import is_planned_anew, numbered
from .wire import Key, Wire


@dataclass(slots=True)
class _Question:
    """One question under way."""

    answer: "asyncio.Future[list[Row]]"
    new: Key | None
    rows: list[Row] = field(default_factory=list)
    error: Exception | None = None


class Link:
    """A connection that belongs to one event loop at a time."""

    def __init__(self, connection: Connection[Row]) -> None:
        self._connection = connection
        self._wire = Wire(connection)
        self._pgconn = connection.pgconn
        self._pgconn.enter_pipeline_mode()
        self._waiting: deque[_Question] = deque()
        self._is_flush_due = False
        self._is_blocked = False
        self.is_closed = False
        self.loop: asyncio.AbstractEventLoop | None = None

    def join(self, loop: asyncio.AbstractEventLoop) -> None:
        """Belong to this loop from now on; the one before has ended."""
        self.loop = loop
        loop.add_reader(self._wire.socket, self._read)

    @property
    def is_idle(self) -> bool:
        """Say whether no question is under way."""
        return not self._waiting and not self._is_flush_due

    async def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows.

        Raises:
            psycopg.Error: As told by the server, or because it has gone.
        """
        loop = asyncio.get_running_loop()
        asked = self._wire.statement(numbered(sql), params)
        try:
            new = self._wire.queue(asked, is_kept=not is_planned_anew(sql))
            self._pgconn.pipeline_sync()
        except psycopg.Error as error:
            self.close(error)
            raise
        question = _Question(loop.create_future(), new)
        self._waiting.append(question)
        if not self._is_flush_due:
            self._is_flush_due = True
            loop.call_soon(self._flush)
        return await question.answer

    def close(self, error: psycopg.Error | None = None) -> None:
        """Close the connection; whoever waits gets the error."""
        if self.is_closed:
            return
        self.is_closed = True
        if self.loop is not None and not self.loop.is_closed():
            self.loop.remove_reader(self._wire.socket)
            self.loop.remove_writer(self._wire.socket)
            for question in self._waiting:
                _answer(question, error or psycopg.OperationalError("the connection was closed"))
        self._waiting.clear()
        with suppress(psycopg.Error):
            self._connection.close()

    def _flush(self) -> None:
        self._is_flush_due = False
        if self.is_closed or self.loop is None:
            return
        try:
            is_left = self._pgconn.flush()
        except psycopg.Error as error:
            self.close(error)
            return
        if is_left:
            self.loop.add_writer(self._wire.socket, self._flush)
        elif self._is_blocked:
            self.loop.remove_writer(self._wire.socket)
        self._is_blocked = bool(is_left)

    def _read(self) -> None:
        """Take what the server has sent; also the news that it has gone."""
        try:
            self._pgconn.consume_input()
            while self._waiting and not self._pgconn.is_busy():
                result = self._pgconn.get_result()
                if result is not None:
                    self._take(self._waiting[0], result)
                elif self._wire.is_lost:
                    break
        except psycopg.Error as error:
            self.close(error)
        if self._wire.is_lost:
            self.close()

    def _take(self, question: _Question, result: PGresult) -> None:
        status = result.status
        if status == ExecStatus.TUPLES_OK:
            try:
                question.rows = self._wire.rows_of(result)
            except (psycopg.Error, ValueError) as error:
                question.error = error
        elif status == ExecStatus.FATAL_ERROR:
            question.error = self._wire.failed(result, [question.new])
        elif status == ExecStatus.PIPELINE_SYNC:
            _answer(self._waiting.popleft(), question.error)


def _answer(question: _Question, error: Exception | None) -> None:
    """Answer a question, unless the one who asked has gone."""
    if question.answer.done():
        return
    if error is None:
        question.answer.set_result(question.rows)
    else:
        question.answer.set_exception(error)
