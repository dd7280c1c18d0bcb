"""Snapshots of SQLite files by the online backup API: consistent while others write."""

import sqlite3
from contextlib import closing
from pathlib import Path


def take_snapshot(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment; writers go on meanwhile.

    The copy is made in one step: it holds one read transaction of the write-ahead log. Smaller
    steps would begin anew after each foreign commit and never end under load.
    """
    uri = f"file:{source}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=30)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")


def read_steps(path: Path) -> tuple[str, ...]:
    """Return the migrations recorded in a database, empty when there are none."""
    with closing(_open(path)) as found:
        if "django_migrations" not in _tables(found):
            return ()
        rows = found.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return tuple(f"{app}.{name}" for app, name in rows)


def count_rows(path: Path) -> dict[str, int]:
    """Return the number of rows of every table."""
    with closing(_open(path)) as found:
        return {
            name: found.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in _tables(found)
        }


def find_damage(path: Path) -> str:
    """Return what ``integrity_check`` and the foreign keys complain of, empty when all is well."""
    try:
        with closing(_open(path)) as found:
            told = [row[0] for row in found.execute("PRAGMA integrity_check(20)")]
            broken = found.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    if told != ["ok"]:
        return "; ".join(told)
    return f"{broken[0]}: {broken}" if broken else ""


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def _tables(found: sqlite3.Connection) -> list[str]:
    """Return our tables; virtual tables and their shadows are derived and left out."""
    rows = found.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in rows]
