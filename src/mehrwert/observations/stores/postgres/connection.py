"""Connections to the server: how they are made, how values cross, which errors mean what."""

import re
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import Connection, RawCursor
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg.pq import Format
from psycopg.types.numeric import NumericBinaryLoader

from mehrwert.base.errors import MehrwertError
from mehrwert.observations.errors import (
    DiskFullError,
    KeyTakenError,
    StoreBusyError,
    StoreFailedError,
    StoreUnreachableError,
    UnstorableValueError,
)
from mehrwert.observations.stores.base import Row

RETRY_AFTER_S = 5
CONNECT_TIMEOUT_S = 5
# a server that vanished without a word is noticed after this time
SILENCE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}
_FOR_DJANGO = frozenset({"pool", "isolation_level", "server_side_binding", "assume_role"})
_MARKS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\?")

_LOST = ("08", "57P")
_DISK_FULL = "53100"
_TOO_MANY_CONNECTIONS = "53300"
_BUSY = frozenset({"55P03", "40P01", "40001"})
_COLLIDED = frozenset({"40P01", "40001"})


class _JsonText(Loader):
    """JSON stays text, as on SQLite."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        """Decode the text."""
        return bytes(data).decode()


class _JsonbText(_JsonText):
    """As ``_JsonText``; the first byte is the version of the format."""

    def load(self, data: Buffer) -> str:
        """Decode the text."""
        return bytes(data)[1:].decode()


class _PlainNumber(NumericBinaryLoader):
    """A sum of large integers is an int, any other numeric a float: as on SQLite."""

    def load(self, data: Buffer) -> Any:
        """Decode the number."""
        value = super().load(data)
        return int(value) if value == value.to_integral_value() else float(value)


def connect(settings: dict[str, Any], name: str, **parameters: str) -> Connection[Row]:
    """Connect by Django's settings of the alias; every statement commits unless BEGIN is said.

    Args:
        settings: One entry of DATABASES.
        name: Shown in ``pg_stat_activity``.
        **parameters: Settings of the session.
    """
    options = {k: v for k, v in settings.get("OPTIONS", {}).items() if k not in _FOR_DJANGO}
    session = {"jit": "off", **parameters}
    words = [options.pop("options", ""), *(f"-c {k}={v}" for k, v in session.items())]
    return psycopg.connect(
        **{
            **SILENCE,
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": name,
            "dbname": settings["NAME"],
            "user": settings.get("USER") or None,
            "password": settings.get("PASSWORD") or None,
            "host": settings.get("HOST") or None,
            "port": settings.get("PORT") or None,
            **options,
        },
        options=" ".join(words).strip(),
        autocommit=True,
        context=_adapters(),
    )


@lru_cache(maxsize=1)
def _adapters() -> Any:
    adapters = AdaptersMap(psycopg.adapters)
    adapters.register_loader("json", _JsonText)
    adapters.register_loader("jsonb", _JsonbText)
    adapters.register_loader("numeric", _PlainNumber)
    return _Context(adapters)


class _Context:
    """What psycopg wants to know for a new connection."""

    connection = None

    def __init__(self, adapters: AdaptersMap) -> None:
        self.adapters = adapters


def cursor_of(connection: Connection[Row]) -> "RawCursor[Row]":
    """Return a cursor that takes ``numbered`` SQL and receives values in binary form."""
    cursor = RawCursor(connection)
    cursor.format = Format.BINARY
    return cursor


@lru_cache(maxsize=2048)
def numbered(sql: str) -> bytes:
    """Return SQL with ``$1, $2 …`` for each ``?`` outside of quotes."""
    count = 0

    def number(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] != "?":
            return found[0]
        count += 1
        return f"${count}"

    return _MARKS.sub(number, sql).encode()


def is_planned_anew(sql: str) -> bool:
    """Say whether the server shall plan with the values of a statement.

    Where a range of time decides which way is short, one plan for all would sort a month of
    readings to find its first. Pages say so by their limit, which is then a value.
    """
    return "LIMIT ?" in sql


def is_connection_lost(error: BaseException) -> bool:
    """Say whether the connection is of no use any more."""
    if isinstance(error, psycopg.InterfaceError):
        return True
    if not isinstance(error, psycopg.OperationalError):
        return False
    state = error.sqlstate
    return state is None or state.startswith(_LOST)


def is_collision(error: BaseException) -> bool:
    """Say whether two processes met so that repeating helps."""
    return isinstance(error, psycopg.Error) and error.sqlstate in _COLLIDED


def translate(error: Exception) -> MehrwertError | None:
    """Return our error for one of PostgreSQL's."""
    if not isinstance(error, psycopg.Error):
        return None
    if isinstance(error, psycopg.IntegrityError):
        return KeyTakenError()
    if isinstance(error, psycopg.DataError):
        return UnstorableValueError()
    state = error.sqlstate
    if state == _DISK_FULL:
        return DiskFullError(retry_after_s=RETRY_AFTER_S)
    if state in _BUSY:
        return StoreBusyError(retry_after_s=RETRY_AFTER_S)
    if state == _TOO_MANY_CONNECTIONS or is_connection_lost(error):
        return StoreUnreachableError(retry_after_s=RETRY_AFTER_S)
    return StoreFailedError(retry_after_s=RETRY_AFTER_S)
