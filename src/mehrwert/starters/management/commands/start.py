"""``mehrwert start PACKAGE``: a package with everything it names, running, with one command."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.actor import SYSTEM
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.models import Tenant
from mehrwert.starters import actions, queries
from mehrwert.starters.wording import counts_text


class Command(BaseCommand):
    """Does what the button does; in an invented town it also loads the sample data."""

    help = (
        "Richtet ein Einstiegspaket ein und lässt es laufen. Ohne Kommune entsteht eine erfundene"
        " mit Beispieldaten. Braucht kein Netz."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("package", help="Name des Pakets, zum Beispiel durstige-baeume")
        parser.add_argument("--kommune", default="", help="Adresse der Kommune, etwa auental")
        parser.add_argument("--annehmen", action="store_true", help="die Lizenzen annehmen")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            package = queries.bundled_package(options["package"])
        except MehrwertError as error:
            names = ", ".join(one.slug for one in queries.bundled())
            raise CommandError(f"{sentence_of(error)} Es gibt: {names}") from error
        call_command("migrate_all", no_backup=True, verbosity=0)
        town = self._town(options["kommune"])
        licence = package.manifest["licence"]
        self.stdout.write(f"Lizenzen: Daten {licence['data']}, Texte {licence['texts']}")
        with tenant_scope(town.pk):
            try:
                row, n = actions.start_package(
                    package,
                    town,
                    licence_accepted=options["annehmen"] or town.is_demo,
                    actor=SYSTEM,
                )
            except MehrwertError as error:
                more = "" if options["annehmen"] else " Auf der Befehlszeile: --annehmen"
                raise CommandError(sentence_of(error) + more) from error
            counts = ", ".join(counts_text(queries.wanted_pieces(row)))
        self.stdout.write(f"{package.title} läuft in {town.name}: {counts}.")
        if n:
            self.stdout.write(f"{n} erfundene Messwerte sind geladen.")
        self.stdout.write(f"Ansehen: mehrwert serve, dann /{town.slug}/pakete/{package.slug}/")

    def _town(self, slug: str) -> Tenant:
        try:
            return actions.town_for_start(slug, actor=SYSTEM)
        except MehrwertError as error:
            raise CommandError(sentence_of(error)) from error
