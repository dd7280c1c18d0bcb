"""``mehrwert publiccode check FILE [--json]``: is this publiccode.yml valid, and what is wrong?

``mehrwert publiccode import FILE --solution SLUG`` takes a file in: lenient, each repair reported.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from mehrwert.base.actor import Actor
from mehrwert.base.errors import MehrwertError
from mehrwert.standards.publiccode import actions, queries, wording
from mehrwert.standards.publiccode.choices import Severity
from mehrwert.standards.publiccode.rules import Finding

ACTOR = Actor("system", label="publiccode import")
INVALID = 1
UNREADABLE = 2
HEADINGS = {Severity.ERROR: "Fehler", Severity.WARNING: "Warnung", Severity.NOTE: "Hinweis"}


class Command(BaseCommand):
    """Checks files; exit status 0 valid, 1 invalid, 2 unreadable."""

    help = (
        "Prüft eine publiccode.yml nach dem Standard 0.7, ohne Netz. Rückgabe: 0 gültig,"
        " 1 ungültig, 2 nicht lesbar."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and type

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="eine Datei prüfen")
        check.add_argument("file", help="Datei, oder - für die Standardeingabe")
        check.add_argument("--json", action="store_true", help="Ergebnis als JSON ausgeben")
        check.add_argument("--alone", action="store_true", help="genannte Bilder nicht ansehen")
        check.add_argument("--ipa-codes", type=Path, help="Liste italienischer Behördenschlüssel")
        take = verbs.add_parser("import", help="die Datei einer Lösung übernehmen")
        take.add_argument("file", help="Datei, oder - für die Standardeingabe")
        take.add_argument("--solution", required=True, help="Kurzname der Lösung")
        take.add_argument("--url", default="", help="Adresse der Datei")
        take.add_argument("--repository", default="", help="Repository, in dem sie liegt")
        take.add_argument("--commit", default="", help="Stand der Datei")
        take.add_argument("--date", type=date.fromisoformat, help="Datum des Standes")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "import":
            self._import(**options)
        else:
            self._check(**options)

    def _import(self, **options: Any) -> None:
        """Take a file in and say what was repaired, parked and is missing."""
        data, _ = self._read(options["file"])
        solution = queries.read_solution(options["solution"])
        if solution is None:
            raise CommandError(f"Eine Lösung „{options['solution']}“ gibt es hier nicht.")
        origin = actions.Origin(
            options["url"], options["commit"], options["date"], options["repository"]
        )
        try:
            done = actions.import_file(solution, data, origin, actor=ACTOR)
        except MehrwertError as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        for repair in done.reading.repairs:
            self.stdout.write(
                f"Berichtigt, Zeile {repair.line} {repair.key}: {repair.before} → {repair.after}"
            )
        for parked in done.reading.parked:
            meant = f" Gemeint ist vermutlich „{parked.meant}“." if parked.meant else ""
            self.stdout.write(f"Nicht übernommen, Zeile {parked.line}: {parked.key}.{meant}")
        if done.reading.missing:
            self.stdout.write("Es fehlen Pflichtangaben: " + ", ".join(done.reading.missing))
        shown = "wird gezeigt" if done.is_public else "wird nicht gezeigt, bis sie gültig ist"
        self.stdout.write(f"Übernommen. Die Kopie ohne Personen {shown}.")

    def _check(self, **options: Any) -> None:
        data, folder = self._read(options["file"])
        codes_file = options["ipa_codes"]
        try:
            codes = queries.read_italian_codes(codes_file) if codes_file else None
        except OSError as error:
            raise CommandError(
                f"„{codes_file}“ ist nicht lesbar.", returncode=UNREADABLE
            ) from error
        verdict = queries.check_bytes(
            data, folder=None if options["alone"] else folder, italian_codes=codes
        )
        if options["json"]:
            self.stdout.write(json.dumps(as_json(verdict), ensure_ascii=False, indent=2))
        else:
            self._tell(verdict)
        if not verdict.is_valid:
            sys.exit(INVALID if verdict.is_readable else UNREADABLE)

    def _read(self, name: str) -> tuple[bytes, Path | None]:
        """Return the bytes and the folder of a file."""
        if name == "-":
            return sys.stdin.buffer.read(), None
        path = Path(name)
        try:
            return path.read_bytes(), path.resolve().parent
        except OSError as error:
            raise CommandError(f"„{name}“ ist nicht lesbar.", returncode=UNREADABLE) from error

    def _tell(self, verdict: queries.Verdict) -> None:
        for severity in Severity:
            for finding in verdict.outcome.of(severity):
                told = wording.tell(finding)
                place = f"Zeile {finding.line}" if finding.line else "Datei"
                name = f" {finding.key}" if finding.key else ""
                self.stdout.write(f"{HEADINGS[severity]}, {place}{name}: {told.sentence}")
                self.stdout.write(f"    {told.advice}")
        n = len(verdict.outcome.of(Severity.ERROR))
        self.stdout.write("Gültig." if verdict.is_valid else f"Ungültig: {n} Fehler.")


def as_json(verdict: queries.Verdict) -> dict[str, Any]:
    """Return the verdict as plain data; messages in English, beside them in German."""
    by_severity = {
        f"{severity}s": [finding_as_json(f) for f in verdict.outcome.of(severity)]
        for severity in Severity
    }
    return {"valid": verdict.is_valid, "readable": verdict.is_readable, **by_severity}


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return one finding; ``line`` and ``column`` are 0 where the key has no place."""
    with translation.override("en"):
        english = wording.tell(finding)
    with translation.override("de"):
        german = wording.tell(finding)
    return {
        "key": finding.key,
        "line": finding.line,
        "column": finding.column,
        "code": finding.code,
        "message": english.sentence,
        "hint": english.advice,
        "message_de": german.sentence,
        "hint_de": german.advice,
    }
