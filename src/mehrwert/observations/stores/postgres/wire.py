"""Statements on their way to the server: values in, rows out, several in one journey.

Below psycopg's cursors, on its binding of libpq: a cursor makes several objects for each statement,
which for a reading or a short question is more work than everything else.
"""

import select
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

import psycopg
from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult

from mehrwert.observations.stores.base import Params, Row

# statements kept ready by the server; the one that was not asked for longest is given up
MOST_PREPARED = 256
# the plan of a statement fits its table no more, or the server has forgotten it
_OUTDATED = frozenset({"0A000", "26000"})

Key = tuple[bytes, tuple[int, ...]]


class Statement(NamedTuple):
    """SQL with ``$1`` and its values as they are sent."""

    sql: bytes
    values: Sequence[Buffer | None]
    types: tuple[int, ...]
    formats: Sequence[Format]


class Wire:
    """Sends statements of one connection and reads its answers; used by one thread at a time."""

    def __init__(self, connection: Connection[Row]) -> None:
        self.pgconn = connection.pgconn
        # of a lost connection the library closes it by itself and knows its number no more
        self.socket = self.pgconn.socket
        self._values = Transformer(connection)
        self._prepared: OrderedDict[Key, bytes] = OrderedDict()
        self._names = 0
        self._poll = select.poll()
        self._poll.register(self.socket, select.POLLIN)

    @property
    def is_lost(self) -> bool:
        """Say whether the library has noticed that the server is gone."""
        return self.pgconn.status == ConnStatus.BAD

    def statement(self, sql: bytes, params: Params) -> Statement:
        """Return a statement with its values.

        Raises:
            psycopg.DataError: A value that cannot be sent.
        """
        values = self._values.dump_sequence(params, [PyFormat.AUTO] * len(params))
        return Statement(sql, values, self._values.types or (), self._values.formats or ())

    def queue(self, asked: Statement, *, is_kept: bool = True) -> Key | None:
        """Queue a statement in pipeline mode.

        Args:
            asked: What to send.
            is_kept: Let the server keep it ready; if not, it makes a plan for these values.

        Returns:
            Under which key it has been made ready, if it was new.
        """
        sql, values, types, formats = asked
        if not is_kept:
            self.pgconn.send_query_params(sql, values, types, formats, Format.BINARY)
            return None
        key = (sql, types)
        name, new = self._prepared.get(key), None
        if name is None:
            name, new = self._prepare(key), key
        else:
            self._prepared.move_to_end(key)
        self.pgconn.send_query_prepared(name, values, formats, Format.BINARY)
        return new

    def _prepare(self, key: Key) -> bytes:
        if len(self._prepared) >= MOST_PREPARED:
            _, old = self._prepared.popitem(last=False)
            self.pgconn.send_query_params(b"DEALLOCATE " + old, None)
        self._names += 1
        name = self._prepared[key] = b"kept_%d" % self._names
        self.pgconn.send_prepare(name, key[0], key[1])
        return name

    def failed(self, result: PGresult, new: Iterable[Key | None]) -> psycopg.Error:
        """Return the error of an answer; ``new`` is made ready anew when it is asked next."""
        error = error_from_result(result)
        doubtful = self._prepared if error.sqlstate in _OUTDATED else new
        for key in [key for key in doubtful if key is not None]:
            self._prepared.pop(key, None)
        return error

    def rows_of(self, result: PGresult) -> list[Row]:
        """Return the rows of an answer."""
        self._values.set_pgresult(result)
        return self._values.load_rows(0, result.ntuples, tuple)

    def ask(self, statements: Sequence[Statement]) -> PGresult:
        """Send all in one journey and wait; return the answer to the last.

        Raises:
            psycopg.Error: Of the first that failed; those behind it were not carried out.
        """
        self.pgconn.enter_pipeline_mode()
        try:
            new = [self.queue(asked) for asked in statements]
            self.pgconn.pipeline_sync()
            result = self._wait()
        finally:
            with suppress(psycopg.Error):
                self.pgconn.exit_pipeline_mode()
        if result.status == ExecStatus.FATAL_ERROR:
            raise self.failed(result, new)
        return result

    def check(self) -> None:
        """Look whether the server has left while nobody asked it.

        Raises:
            psycopg.OperationalError: It has.
        """
        self._poll.modify(self.socket, select.POLLIN)
        # it may say a word of farewell first: only the end behind it tells
        while not self.is_lost and self._poll.poll(0):
            self.pgconn.consume_input()
        if self.is_lost:
            raise psycopg.OperationalError("the server has closed the connection")

    def _wait(self) -> PGresult:
        """Return the first error, or the answer to the last statement."""
        answer: PGresult | None = None
        while True:
            is_left = self.pgconn.flush()
            if is_left or self.pgconn.is_busy():
                wanted = select.POLLIN | (select.POLLOUT if is_left else 0)
                self._poll.modify(self.socket, wanted)
                self._poll.poll()
                self.pgconn.consume_input()
            while not self.pgconn.is_busy():
                result = self.pgconn.get_result()
                if result is None:
                    if self.is_lost:
                        raise psycopg.OperationalError("the server has closed the connection")
                elif result.status == ExecStatus.PIPELINE_SYNC:
                    if answer is None:
                        raise psycopg.InternalError("no answer")
                    return answer
                elif answer is None or answer.status != ExecStatus.FATAL_ERROR:
                    answer = result
