"""``mehrwert compress_static``: for services that may not write beside their code."""

from typing import Any

from django.core.management.base import BaseCommand

from mehrwert.base.static_files import compress_stale


class Command(BaseCommand):
    """Writes the compressed copies that are missing or old."""

    help = "Legt neben Stile und Skripte die gepackten Fassungen, wo sie fehlen oder älter sind."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{compress_stale()} Dateien gepackt.")
