"""Refuses to start when a database was made by another version of the program."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader

from mehrwert.base.marks import mark

OLDER = mark(
    "Die Datenbank „%(alias)s“ ist älter als das Programm: %(n)s Schritte fehlen. Bitte führen Sie "
    "„mehrwert migrate_all“ aus; es sichert vorher."
)
NEWER = mark(
    "Die Datenbank „%(alias)s“ ist neuer als das Programm (sie kennt %(name)s). Bitte starten Sie "
    "die neuere Version, oder spielen Sie die Sicherung von vor dem Wechsel ein."
)

NO_POSTGIS = mark(
    "Der Datenbank fehlt die Erweiterung PostGIS. Bitte einmal als Verwalter der Datenbank "
    "ausführen: psql -d %(name)s -c 'CREATE EXTENSION postgis' (Debian: Paket "
    "postgresql-15-postgis-3)."
)
NO_ANSWER = mark(
    "Die Datenbank antwortet nicht (%(host)s, Name %(name)s). Bitte prüfen Sie, ob PostgreSQL "
    "läuft und ob MEHRWERT_DATABASE_URL stimmt. Meldung: %(reason)s"
)
NOT_UTF8 = mark(
    "Die Datenbank %(name)s speichert Zeichen als %(encoding)s statt als UTF8. Bitte legen Sie sie "
    "neu an: createdb -E UTF8 -T template0 %(name)s"
)


class DatabaseAwayError(CommandError):
    """No connection to the database; the sentence says what to look at."""


class VersionMismatchError(CommandError):
    """Program and database do not belong together; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a database stands to the program.

    Args:
        missing: Steps of the program that the database has not seen.
        unknown: Steps of the database that the program does not know.
        is_empty: Nothing is there yet.
    """

    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    is_empty: bool


def aliases() -> tuple[str, ...]:
    """Return the databases of this installation: two files on SQLite, one on PostgreSQL."""
    return ("default",) if settings.ONE_DATABASE else ("default", "observations")


def read_standing(alias: str) -> Standing:
    """Compare the steps recorded in a database with those of the rooms that live in it."""
    loader = MigrationLoader(connections[alias])
    applied, known = set(loader.applied_migrations), set(loader.graph.nodes)
    replaced = {key for step in loader.replacements.values() for key in step.replaces}
    ours = {config.label for config in apps.get_app_configs()}
    missing = sorted(key for key in known - applied if router.allow_migrate(alias, key[0]))
    unknown = sorted(key for key in applied - known - replaced if key[0] in ours)
    return Standing(
        tuple(f"{app}.{name}" for app, name in missing),
        tuple(f"{app}.{name}" for app, name in unknown),
        is_empty=not applied,
    )


def refuse_other_version() -> None:
    """Pass when every database fits the program.

    Raises:
        VersionMismatchError: One is older or newer.
    """
    standings = {alias: read_standing(alias) for alias in aliases()}
    refuse_newer(standings)
    for alias, standing in standings.items():
        if standing.missing:
            raise VersionMismatchError(OLDER % {"alias": alias, "n": len(standing.missing)})


def refuse_without_postgis() -> None:
    """Pass on SQLite, and where PostgreSQL has PostGIS.

    Raises:
        DatabaseAwayError: It does not answer at all.
        VersionMismatchError: It is not UTF-8, or the extension is missing; the sentence says
            what to do.
    """
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise DatabaseAwayError(NO_ANSWER % _whereabouts(connection, error)) from error
    with connection.cursor() as cursor:
        _refuse_other_encoding(cursor, connection.settings_dict["NAME"])
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")
        if cursor.fetchone() is None:
            raise VersionMismatchError(NO_POSTGIS % {"name": connection.settings_dict["NAME"]})


def _refuse_other_encoding(cursor: CursorWrapper, name: str) -> None:
    cursor.execute("SHOW server_encoding")
    encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        raise VersionMismatchError(NOT_UTF8 % {"name": name, "encoding": encoding})


def _whereabouts(connection: BaseDatabaseWrapper, error: OperationalError) -> dict[str, str]:
    """Return host, name and reason for people; the address itself holds a password."""
    known = connection.settings_dict
    cause = error.__cause__ or error
    return {
        "host": known["HOST"] or "localhost",
        "name": known["NAME"],
        "reason": str(cause).strip(),
    }


def refuse_newer(standings: Mapping[str, Standing]) -> None:
    """Pass when no database knows steps that the program does not know.

    Raises:
        VersionMismatchError: One is newer: changing it would destroy what it knows.
    """
    for alias, standing in standings.items():
        if standing.unknown:
            raise VersionMismatchError(NEWER % {"alias": alias, "name": standing.unknown[0]})
