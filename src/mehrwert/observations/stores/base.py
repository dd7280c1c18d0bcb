"""The interface every storage engine offers. One test module runs against all of them.

SQL is written once with ``?`` as placeholder and without engine words wherever that is possible;
what differs stands behind the methods below. JSON columns take and give *text* on both engines.
Times are int64 microseconds UTC, hours whole hours since 1970.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mehrwert.base.errors import MehrwertError

Row = tuple[Any, ...]
Params = Sequence[Any]

OBSERVATION_COLUMNS = (
    "datastream_id",
    "time",
    "seq",
    "result",
    "duration",
    "result_time",
    "feature_id",
    "quality",
)
HOUR_COLUMNS = ("datastream_id", "hour", "n", "sum", "min", "max", "first", "last", "n_bad")
STATE_COLUMNS = (
    "datastream_id",
    "tenant_id",
    "next_seq",
    "n",
    "first_time",
    "last_time",
    "last_end",
    "latest_seq",
    "latest_result",
    "latest_quality",
    "first_result_time",
    "last_result_time",
    "feature_id",
    "gap_us",
    "min_lon",
    "min_lat",
    "max_lon",
    "max_lat",
)


class ColumnBlock:
    """Consecutive readings of one series as columns: the fast way in for imports."""

    __slots__ = (
        "datastream_id",
        "durations",
        "feature_id",
        "first_seq",
        "n",
        "qualities",
        "results",
        "times",
    )

    def __init__(
        self,
        datastream_id: int,
        times: NDArray[np.int64],
        results: NDArray[np.float64],
        durations: NDArray[np.int64] | None,
        qualities: NDArray[np.int16] | None,
    ) -> None:
        self.datastream_id = datastream_id
        self.times = times
        self.results = results
        self.durations = durations
        self.qualities = qualities
        self.n = len(times)
        self.first_seq = 0
        self.feature_id: int | None = None


class Reader(Protocol):
    """Something that can be asked."""

    engine: str

    def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows."""
        ...

    def stream(self, sql: str, params: Params = (), chunk: int = 5000) -> Iterator[list[Row]]:
        """Yield rows in chunks, in constant memory."""
        ...


class Transaction(Reader, Protocol):
    """The writer's open transaction. Lives only on the writer's thread."""

    def execute(self, sql: str, params: Params = ()) -> int:
        """Run one statement and return how many rows it changed."""
        ...

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id."""
        ...

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows in one statement."""
        ...

    def lock_states(self, datastream_ids: Sequence[int]) -> list[Row]:
        """Return the states in order of ``STATE_COLUMNS`` and keep others from changing them."""
        ...

    def put_states(self, rows: Sequence[Row]) -> None:
        """Write back states that were locked."""
        ...

    def append_rows(self, rows: Sequence[Row]) -> None:
        """Insert readings given in order of ``OBSERVATION_COLUMNS``."""
        ...

    def append_block(self, block: ColumnBlock) -> None:
        """Insert one block of consecutive readings."""
        ...

    def find_times(self, datastream_id: int, times: Sequence[int]) -> list[Row]:
        """Return the readings of a series at exactly these times (``OBSERVATION_COLUMNS``)."""
        ...

    def newest_times(self, datastream_ids: Sequence[int], most: int) -> list[Row]:
        """Return series and time of the newest readings of each series, ``most`` of each."""
        ...

    def merge_hours(self, rows: Sequence[Row]) -> None:
        """Add later readings to hour buckets (``HOUR_COLUMNS``)."""
        ...

    def put_hours(self, rows: Sequence[Row]) -> None:
        """Replace hour buckets (``HOUR_COLUMNS``)."""
        ...

    def set_geometry(self, table: str, row_id: int, geometry: "Geometry | None") -> None:
        """Index the geometry of a location or feature, or forget it."""
        ...


class Geometry(Protocol):
    """What of a shapely geometry the stores use."""

    wkb: bytes
    bounds: tuple[float, float, float, float]


class Writer(Transaction, Protocol):
    """The one connection that writes."""

    def begin(self, alone: bool) -> None:
        """Open the transaction.

        Args:
            alone: Keep the writers of other processes away until its end.
        """
        ...

    def commit(self) -> None:
        """Make it durable (fsync) before returning."""
        ...

    def rollback(self) -> None:
        """Undo it; never raises."""
        ...

    def close(self) -> None:
        """Close the connection and give up the lock; never raises."""
        ...


class Store(Protocol):
    """One storage engine at one place."""

    engine: str

    def open_writer(self) -> Writer:
        """Connect for writing; on SQLite take the lock file."""
        ...

    def reader(self) -> AbstractContextManager[Reader]:
        """Lend a connection for reading; one snapshot per statement."""
        ...

    async def aselect(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows to an event loop without holding it up: for index seeks and few rows."""
        ...

    def translate(self, error: Exception) -> MehrwertError | None:
        """Return our error for one of the engine, None if it is not the engine's."""
        ...

    def is_connection_lost(self, error: Exception) -> bool:
        """Say whether the writer must connect anew."""
        ...

    def is_collision(self, error: Exception) -> bool:
        """Say whether writers of two processes met so that repeating helps."""
        ...

    def checkpoint(self) -> None:
        """Do the engine's housekeeping of its log; called from a thread of its own."""
        ...

    def needs_pause(self) -> bool:
        """Say whether the writer should wait until ``checkpoint`` has run."""
        ...

    def size_bytes(self) -> int:
        """Return bytes on disk."""
        ...

    def close(self) -> None:
        """Close all connections for reading."""
        ...
