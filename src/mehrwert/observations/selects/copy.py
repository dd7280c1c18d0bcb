"""A small copy of metadata in memory, read by the same statements as the store."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from threading import RLock
from typing import Any

from mehrwert.observations.geometry import bounds_of
from mehrwert.observations.stores.base import STATE_COLUMNS, Params, Row

from .inside import Inside
from .sql.engine import register

# table → columns; those of readings are there and empty
_TABLES: dict[str, tuple[str, ...]] = {
    "obs_thing_location": ("tenant_id", "thing_id", "location_id"),
    "obs_historical_location": ("id", "tenant_id", "thing_id", "time"),
    "obs_historical_location_location": ("tenant_id", "historical_location_id", "location_id"),
    "obs_datastream_state": STATE_COLUMNS,
    "obs_observation": (
        *("datastream_id", "time", "seq", "result", "duration", "result_time", "feature_id"),
        "quality",
    ),
    "obs_observation_extra": (
        *("datastream_id", "seq", "result", "parameters", "valid_start", "valid_end"),
        *("result_quality", "qualifiers"),
    ),
    "obs_moved_observation": ("id", "datastream_id", "seq"),
    "obs_series_feature": ("feature_id", "datastream_id"),
}
_INDEXES = (
    ("obs_datastream", "thing_id"),
    ("obs_datastream", "sensor_id"),
    ("obs_datastream", "observed_property_id"),
    ("obs_datastream_state", "datastream_id"),
    ("obs_thing_location", "thing_id"),
    ("obs_thing_location", "location_id"),
    ("obs_historical_location", "thing_id"),
)
_SHAPES = {"obs_location": "location", "obs_feature": "feature"}


class MemoryReader:
    """One connection to a database in memory; threads take turns."""

    engine = "sqlite"

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        register(self.connection)
        self._turn = RLock()

    def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows."""
        with self._turn:
            return self.connection.execute(sql, params).fetchall()

    def stream(self, sql: str, params: Params = (), chunk: int = 5000) -> Iterator[list[Row]]:
        """Yield all rows at once: a copy is small."""
        yield self.select(sql, params)


def copy_of(
    columns: Mapping[str, Sequence[str]], tables: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Inside:
    """Return something to read from that holds these rows.

    Args:
        columns: Those of each table of entities, ``id`` among them.
        tables: Table → rows by column; those of one table have the same columns.
    """
    reader = MemoryReader()
    connection = reader.connection
    connection.execute("BEGIN")
    for table, names in (_TABLES | dict(columns)).items():
        _create(connection, table, names)
    for table, rows in tables.items():
        _fill(connection, table, rows)
    for table, column in _INDEXES:
        connection.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
    for table, column in _SHAPES.items():
        _index_shapes(connection, table, [(r["id"], r[column]) for r in tables.get(table, ())])
    connection.execute("COMMIT")
    connection.execute("PRAGMA query_only=ON")
    return Inside(reader)


def _create(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    named = ",".join(f"{c} INTEGER PRIMARY KEY" if c == "id" else c for c in columns)
    connection.execute(f"CREATE TABLE {table} ({named})")


def _fill(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    columns = tuple(rows[0])
    sql = f"INSERT INTO {table} ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})"
    connection.executemany(sql, [tuple(row[c] for c in columns) for row in rows])


def _index_shapes(connection: sqlite3.Connection, table: str, shapes: Sequence[Row]) -> None:
    connection.execute(
        f"CREATE VIRTUAL TABLE {table}_rtree USING rtree(id,min_lon,max_lon,min_lat,max_lat)"
    )
    for row_id, value in shapes:
        bounds = bounds_of(value)
        if bounds is not None:
            west, south, east, north = bounds
            connection.execute(
                f"INSERT INTO {table}_rtree VALUES (?,?,?,?,?)", (row_id, west, east, south, north)
            )
