"""The one connection that writes the SQLite file.

Rows go in as few statements with many rows each: every step of SQLite gives up Python's global
lock, and on a busy event loop getting it back may cost milliseconds.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, repeat
from typing import Any

from mehrwert.observations.stores.base import (
    HOUR_COLUMNS,
    OBSERVATION_COLUMNS,
    STATE_COLUMNS,
    ColumnBlock,
    Geometry,
    Params,
    Row,
)
from mehrwert.observations.stores.statements import (
    MERGE_HOURS,
    PUT_HOURS,
    PUT_STATES,
    chunks,
    insert_sql,
)

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32768",
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA temp_store=MEMORY",
)


# prepared statements: one per table and number of rows of a usual group
STATEMENTS = 512
MOST_STATES = 20_000


class SqliteWriter:
    """Begin, write, commit; used by the writer's thread only.

    Nobody else writes this file, so the states that a group of readings has written are those that
    the next group finds: they are kept. A transaction that is alone may change them by SQL, and
    one that fails has changed nothing: both forget them.
    """

    engine = "sqlite"

    def __init__(self, path: str, on_close: Callable[[], None]) -> None:
        self._on_close = on_close
        self.connection = sqlite3.connect(
            path,
            timeout=5,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS,
        )
        self._states: dict[int, Row] = {}
        self._is_alone = False
        for pragma in PRAGMAS:
            self.connection.execute(pragma)

    def begin(self, alone: bool) -> None:
        """Open the transaction and take the file's write lock."""
        self._is_alone = alone
        if alone or len(self._states) > MOST_STATES:
            self._states = {}
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make it durable."""
        self.connection.execute("COMMIT")

    def rollback(self) -> None:
        """Undo it."""
        self._states = {}
        with suppress(sqlite3.Error):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection and give up the lock."""
        with suppress(sqlite3.Error):
            self.connection.close()
        self._on_close()

    def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows."""
        return self.connection.execute(sql, params).fetchall()

    def stream(self, sql: str, params: Params = (), chunk: int = 5000) -> Iterator[list[Row]]:
        """Yield rows in chunks."""
        cursor = self.connection.execute(sql, params)
        while rows := cursor.fetchmany(chunk):
            yield rows

    def execute(self, sql: str, params: Params = ()) -> int:
        """Run one statement and return how many rows it changed."""
        return self.connection.execute(sql, params).rowcount

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id."""
        sql = insert_sql(f"INSERT INTO {table}", tuple(values), 1)
        cursor = self.connection.execute(sql, tuple(values.values()))
        return int(cursor.lastrowid or 0)

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows."""
        self._many(f"INSERT INTO {table}", tuple(columns), rows)

    def lock_states(self, datastream_ids: Sequence[int]) -> list[Row]:
        """Return the states; the file's write lock keeps others away."""
        known = self._states
        found: list[Row] = [known[i] for i in datastream_ids if i in known]
        missing = [i for i in datastream_ids if i not in known] if found else datastream_ids
        for start in range(0, len(missing), 512):
            part = _padded(missing[start : start + 512])
            marks = ",".join("?" * len(part))
            found += self.connection.execute(
                f"SELECT {','.join(STATE_COLUMNS)} FROM obs_datastream_state"
                f" WHERE datastream_id IN ({marks})",
                part,
            ).fetchall()
        return found

    def put_states(self, rows: Sequence[Row]) -> None:
        """Write back states."""
        self._many("INSERT INTO obs_datastream_state", STATE_COLUMNS, rows, PUT_STATES)
        if not self._is_alone:
            self._states.update((row[0], row) for row in rows)

    def append_rows(self, rows: Sequence[Row]) -> None:
        """Insert readings."""
        self._many("INSERT INTO obs_observation", OBSERVATION_COLUMNS, rows)

    def append_block(self, block: ColumnBlock) -> None:
        """Insert one block of consecutive readings."""
        n = block.n
        rows = zip(
            repeat(block.datastream_id, n),
            block.times.tolist(),
            range(block.first_seq, block.first_seq + n),
            block.results.tolist(),
            repeat(None, n) if block.durations is None else block.durations.tolist(),
            repeat(None, n),
            repeat(block.feature_id, n),
            repeat(0, n) if block.qualities is None else block.qualities.tolist(),
            strict=True,
        )
        self._many("INSERT INTO obs_observation", OBSERVATION_COLUMNS, list(rows))

    def find_times(self, datastream_id: int, times: Sequence[int]) -> list[Row]:
        """Return the readings of a series at exactly these times."""
        found: list[Row] = []
        for start in range(0, len(times), 4096):
            part = _padded(times[start : start + 4096])
            marks = ",".join("?" * len(part))
            found += self.connection.execute(
                f"SELECT {','.join(OBSERVATION_COLUMNS)} FROM obs_observation"
                f" WHERE datastream_id=? AND time IN ({marks})",
                (datastream_id, *part),
            ).fetchall()
        return found

    def newest_times(self, datastream_ids: Sequence[int], most: int) -> list[Row]:
        """Return series and time of the newest readings of each series."""
        asked = (
            "SELECT datastream_id, time FROM obs_observation WHERE datastream_id=?"
            " ORDER BY time DESC, seq DESC LIMIT ?"
        )
        found: list[Row] = []
        for datastream_id in datastream_ids:
            found += self.connection.execute(asked, (datastream_id, most)).fetchall()
        return found

    def merge_hours(self, rows: Sequence[Row]) -> None:
        """Add later readings to hour buckets."""
        self._many("INSERT INTO obs_hour_bucket AS b", HOUR_COLUMNS, rows, MERGE_HOURS)

    def put_hours(self, rows: Sequence[Row]) -> None:
        """Replace hour buckets."""
        self._many("INSERT INTO obs_hour_bucket", HOUR_COLUMNS, rows, PUT_HOURS)

    def set_geometry(self, table: str, row_id: int, geometry: Geometry | None) -> None:
        """Index the box of a geometry, or forget it."""
        self.connection.execute(f"DELETE FROM {table}_rtree WHERE id=?", (row_id,))
        if geometry is not None:
            west, south, east, north = geometry.bounds
            self.connection.execute(
                f"INSERT INTO {table}_rtree (id, min_lon, max_lon, min_lat, max_lat)"
                " VALUES (?,?,?,?,?)",
                (row_id, west, east, south, north),
            )

    def _many(
        self, head: str, columns: tuple[str, ...], rows: Sequence[Row], tail: str = ""
    ) -> None:
        for part in chunks(rows):
            sql = insert_sql(head, columns, len(part), tail)
            self.connection.execute(sql, tuple(chain.from_iterable(part)))


def _padded(values: Sequence[int]) -> list[int]:
    """Fill up to a power of two by repeating the last: few different statements to prepare."""
    size = 1
    while size < len(values):
        size *= 2
    return [*values, *repeat(values[-1], size - len(values))]
