"""``mehrwert package``: check a starter package, write its checksums, begin a new one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http_errors import sentence_of
from mehrwert.starters import queries
from mehrwert.starters.format.sealing import seal

REPORTED = 1


class Command(BaseCommand):
    """Exit code 0: fine; 1: what is wrong stands on the screen."""

    help = "Prüft Einstiegspakete, schreibt ihre Prüfsummen und legt neue an. Ohne Netz."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="ein Paket prüfen")
        check.add_argument("file", type=Path, help="package.yml oder Ordner des Pakets")
        sealing = verbs.add_parser("seal", help="Dateien und Prüfsummen in package.yml eintragen")
        sealing.add_argument("folder", type=Path, help="Ordner des Pakets")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verb"] == "check":
                self._check(options["file"])
            else:
                self.stdout.write(f"Prüfsumme {seal(options['folder'])}")
        except MehrwertError as error:
            raise CommandError(sentence_of(error), returncode=REPORTED) from error

    def _check(self, file: Path) -> None:
        folder = file if file.is_dir() else file.parent
        findings = queries.check_folder(folder)
        for finding in findings:
            self.stdout.write(finding.text())
        if findings:
            raise CommandError(f"{len(findings)} Mängel.", returncode=REPORTED)
        self.stdout.write("Das Paket ist in Ordnung.")
