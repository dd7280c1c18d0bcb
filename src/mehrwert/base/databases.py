"""Turns the option ``database_url`` into Django's DATABASES."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA page_size=8192;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
    "PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON;PRAGMA journal_size_limit=67108864;"
)


def databases(database_url: str, data_dir: Path) -> dict[str, dict[str, Any]]:
    """Return the aliases ``default`` and ``observations``.

    On SQLite these are two files, so that measuring and office work never wait for each other;
    on PostgreSQL one database.
    """
    if database_url:
        return {"default": _postgres(database_url), "observations": _postgres(database_url)}
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "default": _sqlite(data_dir / "mehrwert.sqlite3"),
        "observations": _sqlite(data_dir / "observations.sqlite3"),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "init_command": SQLITE_PRAGMAS,
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
        "TEST": {"NAME": str(path.with_suffix(".test.sqlite3"))},
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}, **options},
        "CONN_MAX_AGE": 0,
    }
