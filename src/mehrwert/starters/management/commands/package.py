"""``mehrwert package``: check a starter package, write its checksums, begin a new one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http_errors import sentence_of
from mehrwert.starters import actions, queries
from mehrwert.starters.format.sealing import seal
from mehrwert.starters.format.signing import sign, write_key
from mehrwert.starters.scaffolding import begin_package

REPORTED = 1


class Command(BaseCommand):
    """Exit code 0: fine; 1: what is wrong stands on the screen."""

    help = "Prüft Einstiegspakete, schreibt ihre Prüfsummen und legt neue an. Ohne Netz."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="ein Paket prüfen")
        check.add_argument("file", type=Path, help="package.yml oder Ordner des Pakets")
        adding = verbs.add_parser("add", help="ein Paket in die Bibliothek aufnehmen")
        adding.add_argument("file", type=Path, help="ZIP des Pakets")
        sealing = verbs.add_parser("seal", help="Dateien und Prüfsummen in package.yml eintragen")
        sealing.add_argument("folder", type=Path, help="Ordner des Pakets")
        trial = verbs.add_parser("test", help="prüfen und mit den Beispieldaten ausprobieren")
        trial.add_argument("folder", type=Path, help="Ordner des Pakets")
        key = verbs.add_parser("key", help="einen Schlüssel zum Unterschreiben anlegen")
        key.add_argument("file", type=Path, help="Datei, in die der geheime Schlüssel kommt")
        signing = verbs.add_parser("sign", help="ein Paket unterschreiben")
        signing.add_argument("folder", type=Path, help="Ordner des Pakets")
        signing.add_argument("--key", type=Path, required=True, help="Datei des Schlüssels")
        new = verbs.add_parser("new", help="ein neues Paket beginnen")
        new.add_argument("slug", help="Name in Adressen, zum Beispiel hundekot-tueten")
        new.add_argument("--titel", default="", help="Name für Menschen")
        new.add_argument("--ort", type=Path, default=Path(), help="Ordner, in dem es entsteht")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._do(options)
        except MehrwertError as error:
            raise CommandError(sentence_of(error), returncode=REPORTED) from error

    def _do(self, options: dict[str, Any]) -> None:
        verb = options["verb"]
        if verb == "check":
            self._check(options["file"])
        elif verb == "add":
            self._add(options["file"])
        elif verb == "seal":
            self.stdout.write(f"Prüfsumme {seal(options['folder'])}")
        elif verb == "key":
            self._trust(write_key(options["file"]))
        elif verb == "sign":
            self._trust(sign(options["folder"], options["key"]))
        elif verb == "test":
            self._check(options["folder"])
            self._test(options["folder"])
        else:
            slug = options["slug"]
            title = options["titel"] or slug.replace("-", " ").capitalize()
            folder = begin_package(slug, title, options["ort"], from_us(now_us()).date())
            self.stdout.write(f"{folder} ist angelegt. Weiter: docs/develop/paket-schreiben.md")

    def _add(self, file: Path) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} ist nicht zu lesen.", returncode=REPORTED) from error
        package = actions.add_package(data, actor=SYSTEM)
        actions.list_in_catalogue()
        self.stdout.write(f"{package.title} {package.version} ist in der Bibliothek.")

    def _trust(self, public: str) -> None:
        self.stdout.write(f"Öffentlicher Schlüssel {public}")
        self.stdout.write(f"Wer ihm vertraut, setzt MEHRWERT_PACKAGE_KEYS=Name={public}")

    def _test(self, folder: Path) -> None:
        tried = queries.try_folder(folder)
        months = f"{tried.n_months} Monate der Kennzahl."
        self.stdout.write(f"{tried.n} Messwerte, {tried.n_alerts} Meldungen, {months}")
        if missing := queries.missing_in_trial(queries.load(folder), tried):
            raise CommandError(" ".join(missing), returncode=REPORTED)

    def _check(self, file: Path) -> None:
        folder = file if file.is_dir() else file.parent
        findings = queries.check_folder(folder)
        for finding in findings:
            self.stdout.write(finding.text())
        if findings:
            raise CommandError(f"{len(findings)} Mängel.", returncode=REPORTED)
        self.stdout.write("Das Paket ist in Ordnung.")
