"""``mehrwert codec``: run a standard codec file in the sandbox, or try a codec's examples."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http_errors import sentence_of
from mehrwert.intake.choices import TROUBLE_SENTENCES
from mehrwert.intake.codecs import Outcome, Sandbox, check_examples
from mehrwert.intake.codecs.library import examples_from
from mehrwert.intake.rules.codec_input import parse_input

LARGEST_FILE = 1_000_000
REPORTED, USAGE, FAILED = 1, 2, 3


class Command(BaseCommand):
    """Prints JSON. Exit code: 0 result, 1 the codec reports errors, 2 input, 3 codec failed."""

    help = (
        "Führt einen LoRaWAN-Codec (JavaScript) abgeschottet aus: 100 ms und 16 MB je Aufruf."
        " Rückgabewert 0: Ergebnis; 1: der Codec meldet selbst Fehler; 2: falsche Eingabe;"
        " 3: der Codec ist abgebrochen oder wurde angehalten."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        run = verbs.add_parser("run", help="eine Nachricht dekodieren und JSON ausgeben")
        run.add_argument("file", type=Path, help="Codec-Datei (.js)")
        run.add_argument(
            "--input",
            required=True,
            help='JSON wie {"bytes": "0c16", "fPort": 1}; „-“ liest von der Standardeingabe',
        )
        check = verbs.add_parser("check", help="die Beispiele eines Codec-Ordners ausführen")
        check.add_argument("folder", type=Path, help="Ordner mit codec.js und examples.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        sandbox = Sandbox()
        try:
            if options["verb"] == "run":
                self._run(sandbox, options["file"], options["input"])
            else:
                self._check(sandbox, options["folder"])
        finally:
            sandbox.stop()

    def _run(self, sandbox: Sandbox, path: Path, given: str) -> None:
        script = _read(path)
        try:
            call = parse_input(sys.stdin.read() if given == "-" else given, int(time.time() * 1000))
        except MehrwertError as error:
            raise CommandError(sentence_of(error), returncode=USAGE) from error
        outcome = sandbox.decode("command", script, [call])[0]
        self.stdout.write(json.dumps(_shown(outcome), ensure_ascii=False, indent=2))
        if outcome.trouble is not None:
            raise CommandError(_sentence(outcome), returncode=FAILED)
        if outcome.errors:
            raise CommandError("; ".join(outcome.errors), returncode=REPORTED)

    def _check(self, sandbox: Sandbox, folder: Path) -> None:
        script = _read(folder / "codec.js")
        try:
            examples = examples_from(yaml.safe_load(_read(folder / "examples.yaml")))
        except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise CommandError(
                f"Die Beispiele in {folder} sind nicht lesbar: {error}", returncode=USAGE
            ) from error
        verdicts = check_examples(sandbox, "command", script, examples)
        for verdict in verdicts:
            word = "bestanden" if verdict.passed else f"nicht bestanden ({verdict.reason})"
            self.stdout.write(f"{verdict.name}: {word} {verdict.detail}".rstrip())
        if not verdicts:
            raise CommandError("Es gibt kein Beispiel.", returncode=USAGE)
        if not all(verdict.passed for verdict in verdicts):
            raise CommandError("Der Codec besteht seine Beispiele nicht.", returncode=REPORTED)


def _shown(outcome: Outcome) -> dict[str, Any]:
    errors = list(outcome.errors)
    if outcome.trouble is not None:
        errors.append(_sentence(outcome))
    shown = {"data": outcome.data, "warnings": list(outcome.warnings), "errors": errors}
    if outcome.normalized is not None:
        shown["normalized"] = outcome.normalized
    return shown


def _sentence(outcome: Outcome) -> str:
    if outcome.trouble is None:
        return ""
    return TROUBLE_SENTENCES[outcome.trouble] % {"text": outcome.text}


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{path} ist größer als 1 MB.", returncode=USAGE)
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} lässt sich nicht lesen.", returncode=USAGE) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} ist kein Text in UTF-8.", returncode=USAGE) from error
