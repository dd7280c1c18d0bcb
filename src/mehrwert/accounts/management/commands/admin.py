"""``mehrwert admin link|reset``: a one-time link for who runs the installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.accounts.first_start import LOCAL, link_text
from mehrwert.accounts.queries import has_operator, read_base_url


class Command(BaseCommand):
    """Prints the link; nothing is sent anywhere."""

    help = "Druckt einen Einmal-Link (24 Stunden) für die Person, die die Installation betreibt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "was",
            choices=("link", "reset"),
            help="link: für die erste Administration; reset: auch wenn es schon eine gibt",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["was"] == "link" and has_operator():
            raise CommandError(
                "Es gibt schon jemanden, der die Installation betreibt. Passwort verloren? "
                "Dann: mehrwert admin reset"
            )
        known = read_base_url()
        self.stdout.write(link_text(known or LOCAL))
        if not known:
            self.stdout.write(
                f"Hört der Server anderswo, ersetzen Sie {LOCAL}; besser ist die Option public_url."
            )
