"""A few connections for reading, lent to whoever asks.

Our own and not psycopg's pool: that one connects in threads of its own and lets callers wait while
the server is away. Here a stopped server is an error at once, and the first call after its return
works.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from mehrwert.observations.errors import StoreBusyError
from mehrwert.observations.stores.base import Row

from .connection import RETRY_AFTER_S


class Pool:
    """At most ``size`` connections at a time; the one used last is lent first."""

    def __init__(self, connect: Callable[[], Connection[Row]], size: int, wait_s: float) -> None:
        self._connect = connect
        self._free = threading.BoundedSemaphore(size)
        self._wait_s = wait_s
        self._idle: deque[Connection[Row]] = deque()

    def take(self) -> Connection[Row]:
        """Lend a connection.

        Raises:
            StoreBusyError: All are lent for too long.
            psycopg.OperationalError: The server does not answer.
        """
        if not self._free.acquire(timeout=self._wait_s):
            raise StoreBusyError(retry_after_s=RETRY_AFTER_S)
        try:
            return self._idle.pop()
        except IndexError:
            pass
        connection = None
        try:
            connection = self._connect()
        finally:
            if connection is None:
                self._free.release()
        return connection

    def give(self, connection: Connection[Row]) -> None:
        """Take one back; one that is broken or in the middle of something is closed."""
        if connection.info.transaction_status is TransactionStatus.IDLE:
            self._idle.append(connection)
        else:
            _close(connection)
        self._free.release()

    def renew(self, connection: Connection[Row]) -> Connection[Row]:
        """Replace a lost connection; the idle ones were lost with it.

        Raises:
            psycopg.OperationalError: The server still does not answer.
        """
        _close(connection)
        self.close()
        return self._connect()

    def close(self) -> None:
        """Close all that are not lent."""
        while self._idle:
            with suppress(IndexError):
                _close(self._idle.pop())


def _close(connection: Connection[Row]) -> None:
    with suppress(psycopg.Error):
        connection.close()
