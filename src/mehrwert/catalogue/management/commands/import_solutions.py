"""``mehrwert import_solutions``: the bundled collection, repeatable."""

from typing import Any

from django.core.management.base import BaseCommand

from mehrwert.catalogue.actions import import_bundled


class Command(BaseCommand):
    help = "Übernimmt die mitgelieferten Lösungen und Beziehungen; ein zweiter Lauf ändert nichts."

    def handle(self, *args: Any, **options: Any) -> None:
        report = import_bundled(is_forced=True)
        self.stdout.write(
            f"{report.added} neu, {report.changed} geändert, {report.unchanged} unverändert, "
            f"{report.claimed} von Kommunen übernommen, {report.gone} nicht mehr in der Sammlung"
        )
