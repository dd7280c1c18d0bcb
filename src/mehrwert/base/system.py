"""What the page of the operator says about the installation, read in one go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext

from mehrwert.base import queries
from mehrwert.base.backup import StoredBackup, backup_folder, list_backups
from mehrwert.base.backup.drill import BAD, GOOD
from mehrwert.base.clock import now_us
from mehrwert.base.models import Job, JobState
from mehrwert.base.queries import Disk

MOST_BACKUPS = 20
DAY_US = 24 * 3_600_000_000


@dataclass(frozen=True, slots=True)
class System:
    """The state of the installation.

    Args:
        disk: Space on the volume of the data folder.
        engine: ``sqlite`` or ``postgresql`` with its version.
        databases: (name, megabytes) of each database.
        open_jobs: Jobs that wait or run, of every municipality.
        failed_jobs: Jobs that failed within a day.
        parked: Events that a listener could not take.
        backups: The newest backups.
        backup_count: How many lie there in all.
        folder: Where they lie.
        backup_is_late: The newest is older than two days, or there is none.
        drill: Outcome of the newest restore drill, empty before the first.
    """

    disk: Disk
    engine: str
    databases: tuple[tuple[str, float], ...]
    open_jobs: int
    failed_jobs: int
    parked: int
    backups: tuple[StoredBackup, ...]
    backup_count: int
    folder: str
    backup_is_late: bool
    drill: dict[str, Any]


def read_system() -> System:
    """Read everything the overview shows."""
    backups = list_backups()
    since = now_us() - DAY_US
    newest_us = int(backups[0].made_at.timestamp() * 1_000_000) if backups else 0
    return System(
        disk=queries.read_disk(),
        engine=_engine(),
        databases=_database_sizes(),
        open_jobs=queries.count_open_jobs(),
        failed_jobs=Job.objects.filter(state=JobState.FAILED, finished_us__gte=since).count(),
        parked=queries.list_parked().count(),
        backups=tuple(backups[:MOST_BACKUPS]),
        backup_count=len(backups),
        folder=str(backup_folder()),
        backup_is_late=newest_us < now_us() - 2 * DAY_US,
        drill=_drill_in_words(queries.read_setting("drill", {}) or {}),
    )


def _drill_in_words(told: dict[str, Any]) -> dict[str, Any]:
    """Return the stored outcome in the language of the reader."""
    if not told:
        return {}
    verdict = gettext(GOOD if told["ok"] else BAD) % {"file": told["file"]}
    findings = [(ok, gettext(sentence) % data) for ok, sentence, data in told["findings"]]
    return {"ok": told["ok"], "sentence": verdict, "findings": findings}


def _engine() -> str:
    connection = connections["default"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0]}"
        cursor.execute("SELECT sqlite_version()")
        return f"SQLite {cursor.fetchone()[0]}"


def _database_sizes() -> tuple[tuple[str, float], ...]:
    """Return megabytes of each database."""
    if settings.ONE_DATABASE:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return (("mehrwert", cursor.fetchone()[0] / 1_048_576),)
    found = []
    for alias in ("default", "observations"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            found.append((alias, cursor.fetchone()[0] / 1_048_576))
    return tuple(found)
