"""Asking PostgreSQL."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import psycopg
from psycopg.pq import TransactionStatus

from mehrwert.observations.stores.base import Params, Row

from .connection import cursor_of, is_connection_lost, is_planned_anew, numbered
from .pool import Pool


class PostgresReader:
    """A lent connection for reading; one snapshot per statement, or per stream."""

    engine = "postgres"
    _names = count(1)

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._connection = pool.take()

    def release(self) -> None:
        """Give the connection back; streams that were left in the middle end."""
        with suppress(psycopg.Error):
            if self._connection.info.transaction_status is not TransactionStatus.IDLE:
                self._connection.rollback()
        self._pool.give(self._connection)

    def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows; asks once more if the server was restarted meanwhile."""
        is_idle = self._connection.info.transaction_status is TransactionStatus.IDLE
        try:
            return self._select(sql, params)
        except psycopg.Error as error:
            if not (is_idle and is_connection_lost(error)):
                raise
        self._connection = self._pool.renew(self._connection)
        return self._select(sql, params)

    def _select(self, sql: str, params: Params) -> list[Row]:
        prepare = False if is_planned_anew(sql) else None  # None: when it comes often
        cursor = cursor_of(self._connection)
        return cursor.execute(numbered(sql), params, prepare=prepare).fetchall()

    def stream(self, sql: str, params: Params = (), chunk: int = 5000) -> Iterator[list[Row]]:
        """Yield rows in chunks from a cursor of the server."""
        connection, name = self._connection, f"stream_{next(self._names)}"
        cursor = cursor_of(connection)
        if connection.info.transaction_status is TransactionStatus.IDLE:
            cursor.execute("BEGIN")
        cursor.execute(numbered(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}"), params)
        fetch = f"FETCH FORWARD {int(chunk)} FROM {name}"
        while rows := cursor.execute(fetch, prepare=False).fetchall():
            yield rows
        cursor.execute(f"CLOSE {name}")
