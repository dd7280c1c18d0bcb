"""The connection of one process that writes to PostgreSQL.

Several processes write at once. Groups of readings lock the states they change, always in order
of the series, and share an advisory lock; changes of metadata and of stored readings hold that
lock alone. So the two never wait for each other in a circle, and what a change has looked at
stays as it was until it commits.

What only writes waits and is sent with the next question or with the COMMIT, all at once: a group
of readings takes three journeys to the server, not one for every table. What was wrong with such
a statement is therefore told later, but before the commit.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from mehrwert.observations.stores.base import (
    HOUR_COLUMNS,
    OBSERVATION_COLUMNS,
    STATE_COLUMNS,
    ColumnBlock,
    Geometry,
    Params,
    Row,
)
from mehrwert.observations.stores.statements import MERGE_HOURS, PUT_HOURS, chunks, insert_sql

from .connection import cursor_of, numbered
from .encoding import COPY_BLOCK, array_text, block_bytes

# of the database; any fixed number that nobody else uses
LOCK = 7_236_837_521

_BIG = {"time", "duration", "result_time", "first_time", "last_time", "last_end"}
_BIG |= {"first_result_time", "last_result_time", "gap_us"}
_FLOAT = {"result", "latest_result", "sum", "min", "max", "first", "last"}
_FLOAT |= {"min_lon", "min_lat", "max_lon", "max_lat"}


def _unnest(columns: Sequence[str]) -> str:
    """Return a call that makes rows of one array per column."""
    kinds = ("bigint" if c in _BIG else "float8" if c in _FLOAT else "int" for c in columns)
    return f"unnest({','.join(f'${i}::{kind}[]' for i, kind in enumerate(kinds, 1))})"


def _insert_arrays(table: str, columns: Sequence[str], tail: str = "") -> bytes:
    into = f"INSERT INTO {table} ({','.join(columns)})"
    return f"{into} SELECT * FROM {_unnest(columns)}{tail}".encode()


_APPEND_ROWS = _insert_arrays("obs_observation", OBSERVATION_COLUMNS)
_MERGE_HOURS = _insert_arrays("obs_hour_bucket AS b", HOUR_COLUMNS, MERGE_HOURS)
_PUT_HOURS = _insert_arrays("obs_hour_bucket", HOUR_COLUMNS, PUT_HOURS)
_PUT_STATES = (
    f"UPDATE obs_datastream_state s SET {','.join(f'{c}=v.{c}' for c in STATE_COLUMNS[2:])}"
    f" FROM {_unnest(STATE_COLUMNS)} AS v({','.join(STATE_COLUMNS)})"
    " WHERE s.datastream_id=v.datastream_id"
).encode()
_LOCK_STATES = (
    f"SELECT {','.join(STATE_COLUMNS)} FROM obs_datastream_state"
    " WHERE datastream_id = ANY($1::int[]) ORDER BY datastream_id FOR NO KEY UPDATE"
).encode()
_FIND_TIMES = (
    f"SELECT {','.join(OBSERVATION_COLUMNS)} FROM obs_observation"
    " WHERE datastream_id=$1 AND time = ANY($2::bigint[]) ORDER BY time, seq"
).encode()


class PostgresWriter:
    """Begin, write, commit; used by the writer's thread only."""

    engine = "postgres"

    def __init__(self, connect: Callable[[], Connection[Row]]) -> None:
        self.connection = connect()
        self._cursor = cursor_of(self.connection)
        self._later: list[tuple[bytes, Params]] = []

    def begin(self, alone: bool) -> None:
        """Open the transaction and take the advisory lock."""
        kind = "" if alone else "_shared"
        self.connection.execute(f"BEGIN; SELECT pg_advisory_xact_lock{kind}({LOCK})", prepare=False)

    def commit(self) -> None:
        """Send what waits and make it durable."""
        self._later.append((b"COMMIT", ()))
        self._send()
        if self.connection.info.transaction_status is not TransactionStatus.IDLE:
            raise psycopg.OperationalError("COMMIT was not carried out")

    def rollback(self) -> None:
        """Undo it."""
        self._later.clear()
        with suppress(psycopg.Error):
            if self.connection.info.transaction_status is not TransactionStatus.IDLE:
                self.connection.rollback()

    def close(self) -> None:
        """Close the connection."""
        with suppress(psycopg.Error):
            self.connection.close()

    def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows."""
        self._send()
        return self._cursor.execute(numbered(sql), params).fetchall()

    def stream(self, sql: str, params: Params = (), chunk: int = 5000) -> Iterator[list[Row]]:
        """Yield rows in chunks."""
        self._send()
        cursor = cursor_of(self.connection).execute(numbered(sql), params)
        while rows := cursor.fetchmany(chunk):
            yield rows

    def execute(self, sql: str, params: Params = ()) -> int:
        """Run one statement and return how many rows it changed."""
        self._send()
        return self._cursor.execute(numbered(sql), params).rowcount

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id."""
        sql = insert_sql(f"INSERT INTO {table}", tuple(values), 1, " RETURNING id")
        return int(self.select(sql, tuple(values.values()))[0][0])

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows."""
        for part in chunks(rows):
            sql = insert_sql(f"INSERT INTO {table}", tuple(columns), len(part))
            self._later.append((numbered(sql), tuple(chain.from_iterable(part))))

    def lock_states(self, datastream_ids: Sequence[int]) -> list[Row]:
        """Return the states and hold their rows until the end of the transaction."""
        self._send()
        return self._cursor.execute(_LOCK_STATES, (array_text(datastream_ids),)).fetchall()

    def put_states(self, rows: Sequence[Row]) -> None:
        """Write back states."""
        self._arrays(_PUT_STATES, rows)

    def append_rows(self, rows: Sequence[Row]) -> None:
        """Insert readings."""
        self._arrays(_APPEND_ROWS, rows)

    def append_block(self, block: ColumnBlock) -> None:
        """Insert one block of consecutive readings."""
        self._send()
        with self._cursor.copy(COPY_BLOCK) as copy:
            copy.write(block_bytes(block))

    def find_times(self, datastream_id: int, times: Sequence[int]) -> list[Row]:
        """Return the readings of a series at exactly these times."""
        self._send()
        return self._cursor.execute(_FIND_TIMES, (datastream_id, array_text(times))).fetchall()

    def merge_hours(self, rows: Sequence[Row]) -> None:
        """Add later readings to hour buckets."""
        self._arrays(_MERGE_HOURS, rows)

    def put_hours(self, rows: Sequence[Row]) -> None:
        """Replace hour buckets."""
        self._arrays(_PUT_HOURS, rows)

    def set_geometry(self, table: str, row_id: int, geometry: Geometry | None) -> None:
        """Index a geometry, or forget it; heights are left out."""
        wkb = None if geometry is None else geometry.wkb
        sql = f"UPDATE {table} SET geom=ST_SetSRID(ST_Force2D(ST_GeomFromWKB($1)), 4326)"
        self._later.append((f"{sql} WHERE id=$2".encode(), (wkb, row_id)))

    def _arrays(self, statement: bytes, rows: Sequence[Row]) -> None:
        if rows:
            self._later.append((statement, [array_text(c) for c in zip(*rows, strict=True)]))

    def _send(self) -> None:
        """Send what waits; returns when the server has done it."""
        waiting, self._later = self._later, []
        if len(waiting) == 1:
            self._cursor.execute(*waiting[0])
        elif waiting:
            with self.connection.pipeline():
                for statement, params in waiting:
                    self._cursor.execute(statement, params)
