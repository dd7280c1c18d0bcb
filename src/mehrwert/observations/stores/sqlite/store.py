"""The SQLite file: connections for reading, its lock, its log."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mehrwert.base.errors import MehrwertError
from mehrwert.observations.errors import (
    DiskFullError,
    KeyTakenError,
    StoreBusyError,
    StoreFailedError,
    UnstorableValueError,
)
from mehrwert.observations.stores.base import Params, Reader, Row

from .lock import FileLock
from .writer import SqliteWriter

# Functions that others register on every connection for reading (geometry, text, dates).
ON_CONNECT: list[Callable[[sqlite3.Connection], None]] = []

WAL_PAUSE_BYTES = 192 * 1024 * 1024
WAL_CHECKPOINT_BYTES = 8 * 1024 * 1024
RETRY_AFTER_S = 5
# of one connection: the pages on the way to the latest reading of 500 series must fit, for they
# are used in turn and a cache that is a little too small keeps none of them
CACHE_KB = 12_288


class SqliteReader:
    """One connection for reading; belongs to one thread."""

    engine = "sqlite"

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(
            path, timeout=10, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        self.connection.execute("PRAGMA query_only=ON")
        self.connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        for register in ON_CONNECT:
            register(self.connection)

    def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows."""
        return self.connection.execute(sql, params).fetchall()

    def stream(self, sql: str, params: Params = (), chunk: int = 5000) -> Iterator[list[Row]]:
        """Yield rows in chunks, in constant memory."""
        cursor = self.connection.execute(sql, params)
        while rows := cursor.fetchmany(chunk):
            yield rows


class SqliteStore:
    """One file, its lock file beside it."""

    engine = "sqlite"

    def __init__(self, path: str) -> None:
        self.path = path
        self.lock = FileLock(Path(f"{path}.lock"))
        self._local = threading.local()
        self._generation = 0

    def open_writer(self) -> SqliteWriter:
        """Take the lock file and connect for writing.

        Raises:
            StoreLockedError: Another process writes this file.
        """
        self.lock.acquire()
        try:
            return SqliteWriter(self.path, on_close=self.lock.release)
        except sqlite3.Error:
            self.lock.release()
            raise

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Lend this thread's connection for reading."""
        try:
            yield self._reader()
        except sqlite3.Error as error:
            if isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError):
                mine = self.translate(error)
                if mine is not None and not isinstance(mine, StoreFailedError):
                    raise mine from error
            raise

    async def aselect(self, sql: str, params: Params = ()) -> list[Row]:
        """Ask at once: a seek takes less time than handing it to a thread."""
        with self.reader() as reader:
            return reader.select(sql, params)

    def _reader(self) -> SqliteReader:
        held: tuple[int, SqliteReader] | None = getattr(self._local, "held", None)
        if held is None or held[0] != self._generation:
            held = (self._generation, SqliteReader(self.path))
            self._local.held = held
        return held[1]

    def translate(self, error: Exception) -> MehrwertError | None:
        """Return our error for one of SQLite's."""
        if isinstance(error, sqlite3.IntegrityError):
            return KeyTakenError()
        if isinstance(error, sqlite3.DataError | OverflowError | UnicodeEncodeError):
            return UnstorableValueError()
        if not isinstance(error, sqlite3.Error):
            return None
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL or _is_file_limit(error, code):
            return DiskFullError(retry_after_s=RETRY_AFTER_S)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StoreBusyError(retry_after_s=RETRY_AFTER_S)
        return StoreFailedError(retry_after_s=RETRY_AFTER_S)

    def is_connection_lost(self, error: Exception) -> bool:
        """Say whether the writer must connect anew: after errors of the file system."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return isinstance(error, sqlite3.Error) and code in (
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
        )

    def is_collision(self, error: Exception) -> bool:
        """Never: one process writes."""
        return False

    def checkpoint(self) -> None:
        """Copy the log into the file without stopping writers or readers."""
        if self._wal_bytes() < WAL_CHECKPOINT_BYTES:
            return
        connection = sqlite3.connect(self.path, timeout=1, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        finally:
            connection.close()

    def needs_pause(self) -> bool:
        """Say whether the log has grown so far that the writer must let it be emptied."""
        return self._wal_bytes() > WAL_PAUSE_BYTES

    def _wal_bytes(self) -> int:
        wal = Path(f"{self.path}-wal")
        return wal.stat().st_size if wal.exists() else 0

    def size_bytes(self) -> int:
        """Return bytes on disk, log included."""
        file = Path(self.path)
        return (file.stat().st_size if file.exists() else 0) + self._wal_bytes()

    def close(self) -> None:
        """Let every thread open a new connection."""
        self._generation += 1
        held = getattr(self._local, "held", None)
        if held is not None:
            held[1].connection.close()
            self._local.held = None


def _is_file_limit(error: sqlite3.Error, code: int) -> bool:
    """Say whether writing failed at the end of the room: a quota or limit reads as an I/O error."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return code == sqlite3.SQLITE_IOERR and name in {"SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNCATE"}
