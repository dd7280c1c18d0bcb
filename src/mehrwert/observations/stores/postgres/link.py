"""One connection of an event loop: short questions need no thread and do not wait for each other.

Every question is sent as soon as the loop has done what is due, together with those of other
requests (pipeline mode of PostgreSQL's protocol), and its answer is met by the loop like any other
socket. Each stands alone: what goes wrong with one leaves the others as they are.
"""

import asyncio
from collections import OrderedDict, deque
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
from psycopg import Connection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult

from mehrwert.observations.stores.base import Params, Row

from .connection import is_planned_anew, numbered

# statements kept ready by the server; the one that was not asked for longest is given up
MOST_PREPARED = 256

Key = tuple[str, tuple[int, ...]]


@dataclass(slots=True)
class _Question:
    """One question under way."""

    answer: "asyncio.Future[list[Row]]"
    prepared: Key | None
    rows: list[Row] = field(default_factory=list)
    error: Exception | None = None


class Link:
    """A connection that belongs to one event loop at a time."""

    def __init__(self, connection: Connection[Row]) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        # of a lost connection the library closes it by itself and knows its number no more
        self._socket = self._pgconn.socket
        self._pgconn.nonblocking = 1
        self._pgconn.enter_pipeline_mode()
        self._values = Transformer(connection)
        self._waiting: deque[_Question] = deque()
        self._prepared: OrderedDict[Key, bytes] = OrderedDict()
        self._names = 0
        self._is_flush_due = False
        self._is_blocked = False
        self.is_closed = False
        self.loop: asyncio.AbstractEventLoop | None = None

    def join(self, loop: asyncio.AbstractEventLoop) -> None:
        """Belong to this loop from now on; the one before has ended."""
        self.loop = loop
        loop.add_reader(self._socket, self._read)

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
        try:
            prepared = self._send(sql, params)
        except psycopg.Error as error:
            self.close(error)
            raise
        question = _Question(loop.create_future(), prepared)
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
            self.loop.remove_reader(self._socket)
            self.loop.remove_writer(self._socket)
            for question in self._waiting:
                _answer(question, error or psycopg.OperationalError("the connection was closed"))
        self._waiting.clear()
        with suppress(psycopg.Error):
            self._connection.close()

    def _send(self, sql: str, params: Params) -> Key | None:
        """Queue a question; return under which key it is prepared."""
        values = self._values.dump_sequence(params, [PyFormat.AUTO] * len(params))
        types, formats = self._values.types or (), self._values.formats or ()
        key = None if is_planned_anew(sql) else (sql, types)
        if key is None:
            self._pgconn.send_query_params(numbered(sql), values, types, formats, Format.BINARY)
        else:
            name = self._name_of(key)
            self._pgconn.send_query_prepared(name, values, formats, Format.BINARY)
        self._pgconn.pipeline_sync()
        return key

    def _name_of(self, key: Key) -> bytes:
        """Return the name of a prepared statement; queue its preparation when it is new."""
        name = self._prepared.get(key)
        if name is not None:
            self._prepared.move_to_end(key)
            return name
        if len(self._prepared) >= MOST_PREPARED:
            _, old = self._prepared.popitem(last=False)
            self._pgconn.send_query_params(b"DEALLOCATE " + old, None)
        self._names += 1
        name = self._prepared[key] = b"link_%d" % self._names
        self._pgconn.send_prepare(name, numbered(key[0]), key[1])
        return name

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
            self.loop.add_writer(self._socket, self._flush)
        elif self._is_blocked:
            self.loop.remove_writer(self._socket)
        self._is_blocked = bool(is_left)

    def _read(self) -> None:
        """Take what the server has sent; also the news that it has gone."""
        try:
            self._pgconn.consume_input()
            while self._waiting and not self._pgconn.is_busy():
                result = self._pgconn.get_result()
                if result is not None:
                    self._take(self._waiting[0], result)
                elif self._pgconn.status == ConnStatus.BAD:
                    break
        except psycopg.Error as error:
            self.close(error)
        if self._pgconn.status == ConnStatus.BAD:
            self.close()

    def _take(self, question: _Question, result: PGresult) -> None:
        status = result.status
        if status == ExecStatus.TUPLES_OK:
            try:
                self._values.set_pgresult(result)
                question.rows = self._values.load_rows(0, result.ntuples, tuple)
            except (psycopg.Error, ValueError) as error:
                question.error = error
        elif status == ExecStatus.FATAL_ERROR:
            question.error = error_from_result(result)
            if question.prepared is not None:
                self._prepared.pop(question.prepared, None)
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
