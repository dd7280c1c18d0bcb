"""``mehrwert restore FILE --into DIR``: brings a backup back into an empty place."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.backup import restore
from mehrwert.base.errors import MehrwertError
from mehrwert.base.secrets_file import forget_made_here


class Command(BaseCommand):
    """Never overwrites anything."""

    help = "Spielt eine Sicherung in einen leeren Ordner (und eine leere Datenbank) zurück."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--into", type=Path, required=True, help="leerer Datenordner")
        parser.add_argument("--database-url", default="", help="leere PostgreSQL-Datenbank")

    def handle(self, *args: Any, **options: Any) -> None:
        into: Path = options["into"]
        forget_made_here(into)
        try:
            manifest = restore(options["file"], into, database_url=options["database_url"])
        except (MehrwertError, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(contents.rows for contents in manifest.databases.values())
        self.stdout.write(f"Wiederhergestellt: {rows} Zeilen, {len(manifest.parts)} Dateien.")
        self.stdout.write(f"Stand der Sicherung: {manifest.made_at}, Version {manifest.version}.")
        self.stdout.write(f"Weiter mit: MEHRWERT_DATA_DIR={into} mehrwert migrate_all")
