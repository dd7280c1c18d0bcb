"""``mehrwert backup``: both databases, keys and files in one file, while everything runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.backup import make_backup
from mehrwert.base.errors import MehrwertError


class Command(BaseCommand):
    """Prints the path of the backup it made."""

    help = (
        "Sichert beide Datenbanken, Schlüssel und Dateien in eine Datei; der Betrieb läuft weiter."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=None, help="Ordner für die Sicherung")
        parser.add_argument("--reason", default="hand", choices=("hand", "nacht", "wechsel"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = make_backup(options["to"], reason=options["reason"])
        except (MehrwertError, OSError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"Gesichert: {path} ({path.stat().st_size // 1_048_576} MB)")
            self.stdout.write("Die Datei enthält die Schlüssel. Bitte verwahren Sie sie wie diese.")
