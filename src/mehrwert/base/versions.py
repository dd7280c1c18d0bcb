"""Refuses to start when a database was made by another version of the program."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections, router
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
        VersionMismatchError: The extension is missing; the sentence says how to create it.
    """
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")
        if cursor.fetchone() is None:
            raise VersionMismatchError(NO_POSTGIS % {"name": connection.settings_dict["NAME"]})


def refuse_newer(standings: Mapping[str, Standing]) -> None:
    """Pass when no database knows steps that the program does not know.

    Raises:
        VersionMismatchError: One is newer: changing it would destroy what it knows.
    """
    for alias, standing in standings.items():
        if standing.unknown:
            raise VersionMismatchError(NEWER % {"alias": alias, "name": standing.unknown[0]})
