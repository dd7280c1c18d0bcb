"""``mehrwert migrate_all``: both databases, in the right order, after a backup."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS

from mehrwert.base.backup import clear_old_backups
from mehrwert.base.versions import (
    Standing,
    aliases,
    read_standing,
    refuse_newer,
    refuse_without_postgis,
)
from mehrwert.base.wiring import resolve, table

NEW = "Die Datenbanken werden angelegt, das dauert etwa eine Viertelminute …"
CHANGED = "Die Datenbanken werden auf den neuen Stand gebracht …"


class Command(BaseCommand):
    """Brings the databases up to date."""

    help = (
        "Bringt beide Datenbanken auf den Stand des Programms; sichert vorher, wenn etwas da ist."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-backup", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_without_postgis()
        standings = {alias: read_standing(alias) for alias in aliases()}
        refuse_newer(standings)
        if (
            any(s.missing and not s.is_empty for s in standings.values())
            and not options["no_backup"]
        ):
            call_command("backup", reason="wechsel", verbosity=options["verbosity"])
            clear_old_backups(settings.MEHRWERT.backup_keep)
        if any(standing.missing for standing in standings.values()):
            is_new = all(standing.is_empty for standing in standings.values())
            self.stdout.write(NEW if is_new else CHANGED)
        for alias, standing in standings.items():
            if standing.missing:
                _bring_up_to_date(alias, standing)
        for name in table("AFTER_MIGRATE", []):
            resolve(name)()


def _bring_up_to_date(alias: str, standing: Standing) -> None:
    """Run the missing steps; a database of one room is spared the steps of all the others."""
    rooms = sorted({step.partition(".")[0] for step in standing.missing})
    for room in [None] if alias == DEFAULT_DB_ALIAS else rooms:
        call_command(
            "migrate", app_label=room, database=alias, verbosity=0, interactive=False,
            skip_checks=True,
        )  # fmt: skip
