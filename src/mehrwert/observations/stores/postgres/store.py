"""PostgreSQL: the pool for reading, the connection for writing, errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg

from mehrwert.base.errors import MehrwertError
from mehrwert.observations.errors import StoreFailedError
from mehrwert.observations.stores.base import Params, Reader, Row

from .connection import connect, is_collision, is_connection_lost, translate
from .links import Links
from .pool import Pool
from .reader import PostgresReader
from .writer import PostgresWriter

READERS = 16
WAIT_S = 10
LOCK_TIMEOUT = "5s"
# the server looks at how tables have grown once a minute: after a large import it would plan by
# what was there before, and read a table where a seek would do
GROWN_ROWS = 200_000
KNOWN_ROWS = "SELECT reltuples FROM pg_class WHERE oid = 'obs_observation'::regclass"
GROWING = "obs_observation, obs_hour_bucket, obs_datastream_state"
SIZE = (
    "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relkind = 'r'"
    " AND relname LIKE 'obs\\_%' AND pg_table_is_visible(oid)"
)


class PostgresStore:
    """The tables of the room in one database of a server."""

    engine = "postgres"

    def __init__(self, settings: dict[str, Any]) -> None:
        self._connect_writer = partial(
            connect,
            settings,
            "mehrwert observations write",
            synchronous_commit="on",
            lock_timeout=LOCK_TIMEOUT,
        )
        connect_reader = partial(
            connect,
            settings,
            "mehrwert observations read",
            default_transaction_read_only="on",
            enable_mergejoin="off",
        )
        self._pool = Pool(connect_reader, READERS, WAIT_S)
        self._links = Links(connect_reader)
        self._grown = 0

    def open_writer(self) -> PostgresWriter:
        """Connect for writing.

        Raises:
            psycopg.OperationalError: The server does not answer.
        """
        return PostgresWriter(self._connect_writer, self._note_growth)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Lend a connection for reading."""
        lent: PostgresReader | None = None
        with _translated():
            try:
                lent = PostgresReader(self._pool)
                yield lent
            finally:
                if lent is not None:
                    lent.release()

    async def aselect(self, sql: str, params: Params = ()) -> list[Row]:
        """Ask from an event loop; once more if the server was restarted meanwhile."""
        with _translated():
            link = await self._links.take()
            try:
                return await link.select(sql, params)
            except psycopg.Error as error:
                if not is_connection_lost(error):
                    raise
            link.close()
            return await (await self._links.take()).select(sql, params)

    def translate(self, error: Exception) -> MehrwertError | None:
        """Return our error for one of PostgreSQL's."""
        return translate(error)

    def is_connection_lost(self, error: Exception) -> bool:
        """Say whether the writer must connect anew."""
        return is_connection_lost(error)

    def is_collision(self, error: Exception) -> bool:
        """Say whether two processes met so that repeating helps."""
        return is_collision(error)

    def checkpoint(self) -> None:
        """Leave the log to the server, but tell it at once when readings grew by a fifth."""
        if self._grown < GROWN_ROWS:
            return
        with self._connect_writer() as connection:
            known = connection.execute(KNOWN_ROWS).fetchone()
            if known is not None and self._grown < known[0] / 5:
                return
            self._grown = 0
            connection.execute(f"ANALYZE {GROWING}")

    def needs_pause(self) -> bool:
        """Never wait: the server looks after its log."""
        return False

    def _note_growth(self, rows: int) -> None:
        self._grown += rows

    def size_bytes(self) -> int:
        """Return bytes of the room's tables and indexes."""
        with self.reader() as reader:
            return int(reader.select(SIZE)[0][0])

    def close(self) -> None:
        """Close all connections for reading."""
        self._pool.close()
        self._links.close()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn errors of the server into ours; what nobody foresaw stays as it is."""
    try:
        yield
    except psycopg.Error as error:
        mine = translate(error)
        if mine is None or isinstance(mine, StoreFailedError):
            raise
        raise mine from error
