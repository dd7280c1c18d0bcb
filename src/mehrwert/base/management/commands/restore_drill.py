"""``mehrwert restore_drill``: proves that a backup can be restored, without touching anything."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.backup import make_backup, run_drill
from mehrwert.base.errors import MehrwertError


class Command(BaseCommand):
    """Ends with 1 when the backup is not reliable."""

    help = "Stellt eine Sicherung an einem Wegwerf-Ort wieder her, prüft sie und sagt das Ergebnis."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", help="ohne Angabe wird eine neue Sicherung gemacht"
        )
        parser.add_argument("--database-url", default="", help="leere PostgreSQL-Datenbank")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path | None = options["file"]
        fresh = None
        try:
            file = file or (fresh := make_backup(reason="probe"))
            verdict = run_drill(file, database_url=options["database_url"])
        except (MehrwertError, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            if fresh:
                fresh.unlink(missing_ok=True)
        for finding in verdict.findings:
            self.stdout.write(f"{'gut ' if finding.ok else 'FEHLT'}  {finding.text}")
        self.stdout.write(verdict.sentence)
        if not verdict.ok:
            raise CommandError("Die Probe ist nicht bestanden.", returncode=1)
