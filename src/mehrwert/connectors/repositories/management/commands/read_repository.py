"""``mehrwert read_repository SLUG --clone FOLDER`` or ``--file FILE``: care of the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.connectors.repositories import actions, queries
from mehrwert.connectors.repositories.choices import Way
from mehrwert.connectors.repositories.cloned import read_clone

ACTOR = Actor("system", label="read_repository")


class Command(BaseCommand):
    """Reads the history of the repository of one solution; no network."""

    help = "Liest den Verlauf des Repositories einer Lösung: aus einer Kopie oder einer Datei."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("solution", help="Kurzname der Lösung")
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--clone", type=Path, help="Ordner mit einer Kopie (git clone)")
        way.add_argument("--file", type=Path, help="Datei mit dem Verlauf (JSON)")

    def handle(self, *args: Any, **options: Any) -> None:
        solution = queries.read_public(options["solution"])
        if solution is None:
            raise CommandError(f"Eine Lösung „{options['solution']}“ gibt es hier nicht.")
        try:
            if options["clone"]:
                history = read_clone(options["clone"], from_us(now_us()).date())
                actions.store_history(solution, history, Way.CLONE, actor=ACTOR)
            else:
                data = options["file"].read_bytes()
                actions.store_document(solution, data, Way.FILE, actor=ACTOR)
        except (MehrwertError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Gelesen.")
