"""Snapshots of PostgreSQL by ``pg_dump``, with row counts of the same moment."""

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .errors import MayNotCreateDatabaseError, ToolFailedError, ToolMissingError

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""


def url_of_installation() -> str:
    """Return the address of the database in use, also when a test runs on one of its own."""
    from django.db import connections

    parts = urlsplit(settings.MEHRWERT.database_url)
    return str(urlunsplit(parts._replace(path=f"/{connections['default'].settings_dict['NAME']}")))


def take_snapshot(url: str, target: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Dump a database; return (rows per table, migrations) of exactly the dumped moment."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        moment = _one(connection, "SELECT pg_export_snapshot()")
        _run("pg_dump", url, "-Fc", "-Z1", "-O", "-x", f"--snapshot={moment}", f"--file={target}")
        return _count(connection), _steps(connection)


def count_rows(url: str) -> dict[str, int]:
    """Return the number of rows of every table."""
    with psycopg.connect(url) as connection:
        return _count(connection)


def is_empty(url: str) -> bool:
    """Say whether a database holds no table of ours."""
    with psycopg.connect(url) as connection:
        return not connection.execute(TABLES).fetchall()


def load(url: str, dump: Path) -> None:
    """Fill an empty database from a dump."""
    _run("pg_restore", url, "-O", "-x", "--no-comments", "--exit-on-error", str(dump))


@contextmanager
def throwaway_database(url: str) -> Iterator[str]:
    """Lend an empty database beside the one in use; it is dropped afterwards.

    Raises:
        MayNotCreateDatabaseError: The role lacks the right.
    """
    name = f"mehrwert_probe_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise MayNotCreateDatabaseError from error
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)


def _one(connection: "psycopg.Connection[Any]", query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _count(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    counts = {}
    for (name,) in connection.execute(TABLES).fetchall():
        row = connection.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
        ).fetchone()
        counts[str(name)] = int(row[0]) if row else 0
    return counts


def _steps(connection: "psycopg.Connection[Any]") -> tuple[str, ...]:
    if _one(connection, "SELECT to_regclass('public.django_migrations')") is None:
        return ()
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return tuple(f"{app}.{name}" for app, name in rows)


def _run(tool: str, url: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password travels in the environment, not in the list."""
    given = conninfo_to_dict(url)
    password = str(given.pop("password", None) or "")
    env = {**os.environ, **({"PGPASSWORD": password} if password else {}), "LC_ALL": "C"}
    command = [find_tool(tool), f"--dbname={make_conninfo('', **given)}", *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise ToolFailedError(tool=tool, reason=(lines or ["?"])[0])


def find_tool(tool: str) -> str:
    """Return the newest installed version of a program.

    Raises:
        ToolMissingError: There is none.
    """
    versions = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"),
        key=lambda path: int((re.findall(r"\d+", str(path)) or ["0"])[0]),
    )
    found = str(versions[-1]) if versions else shutil.which(tool)
    if found is None:
        raise ToolMissingError(tool=tool)
    return found
