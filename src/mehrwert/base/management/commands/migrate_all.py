"""``mehrwert migrate_all``: both databases, in the right order, after a backup."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from mehrwert.base.wiring import resolve, table


class Command(BaseCommand):
    """Brings the databases up to date."""

    help = (
        "Bringt beide Datenbanken auf den Stand des Programms; sichert vorher, wenn etwas da ist."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-backup", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        aliases = ["default"] if settings.ONE_DATABASE else ["default", "observations"]
        plans = {alias: _plan(alias) for alias in aliases}
        if any(has_data and plan for has_data, plan in plans.values()) and not options["no_backup"]:
            call_command("backup", verbosity=options["verbosity"])
        for alias, (_, plan) in plans.items():
            if plan:
                call_command(
                    "migrate", database=alias, verbosity=0, interactive=False, skip_checks=True
                )
        for name in table("AFTER_MIGRATE", []):
            resolve(name)()


def _plan(alias: str) -> tuple[bool, bool]:
    """Return (is something there already, is something to do)."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(executor.loader.applied_migrations), bool(plan)
