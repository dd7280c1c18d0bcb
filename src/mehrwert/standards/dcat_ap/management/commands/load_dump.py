"""``mehrwert load_dump FOLDER``: takes in the entries of an open dump, without any network."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.actor import Actor
from mehrwert.base.errors import MehrwertError
from mehrwert.standards.dcat_ap import actions

ACTOR = Actor("system", label="load_dump")


class Command(BaseCommand):
    """Says how many entries are new, replaced, and which were left out and why."""

    help = "Übernimmt die Lösungen aus offenen Daten (Ordner open-data), nach ihren Prüfsummen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Ordner mit profiles.zip und SHA256SUMS")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = actions.load_dump(options["folder"], actor=ACTOR)
        except MehrwertError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Neu: {done.new}. Ersetzt: {done.replaced}.")
        for slug, reason in (done.left or {}).items():
            self.stdout.write(f"Nicht übernommen: {slug}. {reason}")
