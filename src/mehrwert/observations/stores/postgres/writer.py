"""The connection of one process that writes to PostgreSQL.

Several processes write at once. Groups of readings lock the states they change, always in order
of the series, and share an advisory lock; changes of metadata and of stored readings hold that
lock alone. So the two never wait for each other in a circle, and what a change has looked at
stays as it was until it commits.

What only writes waits and is sent with the next question or with the COMMIT, all at once, and so
does the begin of a group: it takes two journeys to the server, one to read the states and one to
write. What was wrong with such a statement is therefore told later, but before the commit.
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
from .wire import Statement, Wire

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
_NEWEST_TIMES = (
    b"SELECT s.id, o.time FROM unnest($1::int[]) s(id) CROSS JOIN LATERAL (SELECT time"
    b" FROM obs_observation WHERE datastream_id=s.id ORDER BY time DESC LIMIT $2) o"
)


class PostgresWriter:
    """Begin, write, commit; used by the writer's thread only."""

    engine = "postgres"

    def __init__(
        self, connect: Callable[[], Connection[Row]], tell_growth: Callable[[int], None]
    ) -> None:
        self.connection = connect()
        self._wire = Wire(self.connection)
        self._later: list[Statement] = []
        self._tell_growth = tell_growth
        self._rows = 0

    def begin(self, alone: bool) -> None:
        """Open the transaction and take the advisory lock; for a group with its first question."""
        self._wire.check()
        kind = "" if alone else "_shared"
        self._put(b"BEGIN")
        self._put(f"SELECT pg_advisory_xact_lock{kind}({LOCK})".encode())
        if alone:
            self._send()

    def commit(self) -> None:
        """Send what waits and make it durable."""
        self._put(b"COMMIT")
        self._send()
        if self.connection.info.transaction_status is not TransactionStatus.IDLE:
            raise psycopg.OperationalError("COMMIT was not carried out")
        self._tell_growth(self._rows)
        self._rows = 0

    def rollback(self) -> None:
        """Undo it."""
        self._later.clear()
        self._rows = 0
        with suppress(psycopg.Error):
            if self.connection.info.transaction_status is not TransactionStatus.IDLE:
                self.connection.rollback()

    def close(self) -> None:
        """Close the connection."""
        with suppress(psycopg.Error):
            self.connection.close()

    def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows."""
        return self._ask(numbered(sql), params)

    def stream(self, sql: str, params: Params = (), chunk: int = 5000) -> Iterator[list[Row]]:
        """Yield rows in chunks."""
        self._send()
        cursor = cursor_of(self.connection).execute(numbered(sql), params)
        while rows := cursor.fetchmany(chunk):
            yield rows

    def execute(self, sql: str, params: Params = ()) -> int:
        """Run one statement and return how many rows it changed."""
        self._put(numbered(sql), params)
        return self._send().command_tuples or 0

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id."""
        sql = insert_sql(f"INSERT INTO {table}", tuple(values), 1, " RETURNING id")
        return int(self.select(sql, tuple(values.values()))[0][0])

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows."""
        for part in chunks(rows):
            sql = insert_sql(f"INSERT INTO {table}", tuple(columns), len(part))
            self._put(numbered(sql), tuple(chain.from_iterable(part)))

    def lock_states(self, datastream_ids: Sequence[int]) -> list[Row]:
        """Return the states and hold their rows until the end of the transaction."""
        return self._ask(_LOCK_STATES, (array_text(datastream_ids),))

    def put_states(self, rows: Sequence[Row]) -> None:
        """Write back states."""
        self._arrays(_PUT_STATES, rows)

    def append_rows(self, rows: Sequence[Row]) -> None:
        """Insert readings."""
        self._arrays(_APPEND_ROWS, rows)
        self._rows += len(rows)

    def append_block(self, block: ColumnBlock) -> None:
        """Insert one block of consecutive readings."""
        self._send()
        with cursor_of(self.connection).copy(COPY_BLOCK) as copy:
            copy.write(block_bytes(block))
        self._rows += block.n

    def find_times(self, datastream_id: int, times: Sequence[int]) -> list[Row]:
        """Return the readings of a series at exactly these times."""
        return self._ask(_FIND_TIMES, (datastream_id, array_text(times)))

    def newest_times(self, datastream_ids: Sequence[int], most: int) -> list[Row]:
        """Return series and time of the newest readings of each series."""
        return self._ask(_NEWEST_TIMES, (array_text(datastream_ids), most))

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
        self._put(f"{sql} WHERE id=$2".encode(), (wkb, row_id))

    def _arrays(self, statement: bytes, rows: Sequence[Row]) -> None:
        if rows:
            self._put(statement, [array_text(column) for column in zip(*rows, strict=True)])

    def _put(self, sql: bytes, params: Params = ()) -> None:
        """Let a statement wait."""
        self._later.append(self._wire.statement(sql, params))

    def _ask(self, sql: bytes, params: Params) -> list[Row]:
        """Send what waits and a question with it; return its rows."""
        self._put(sql, params)
        return self._wire.rows_of(self._send())

    def _send(self) -> Any:
        """Send what waits; return the answer to the last when the server has done it all."""
        waiting, self._later = self._later, []
        return self._wire.ask(waiting) if waiting else None
