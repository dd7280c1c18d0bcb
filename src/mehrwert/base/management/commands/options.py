"""``mehrwert options``: prints every option as the page ``docs/operate/options.md``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from mehrwert.base.options import options_page


class Command(BaseCommand):
    """Prints Markdown."""

    help = "Gibt alle Optionen als Tabelle aus (docs/operate/options.md)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(options_page(import_string("mehrwert.site.options.OPTIONS")), ending="")
