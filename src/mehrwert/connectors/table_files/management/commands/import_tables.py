"""``mehrwert import_tables FOLDER --tenant SLUG``: a whole folder by its description."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.actor import Actor
from mehrwert.base.errors import MehrwertError
from mehrwert.connectors.table_files import actions, jobs, queries
from mehrwert.municipalities.access import read_tenant
from mehrwert.observations.actions import WriteContext
from mehrwert.observations.errors import StoreLockedError

ACTOR = Actor("system", label="import_tables")
BAR = 30
POLL_S = 0.5


class Command(BaseCommand):
    """Imports tables; hands the work to the running server where only that may write."""

    help = (
        "Liest die Tabellen eines Ordners ein. Läuft mit SQLite schon ein Dienst, übernimmt er die"
        " Arbeit als Auftrag."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Ordner mit den Tabellen")
        parser.add_argument("--tenant", required=True, help="Kurzname der Kommune")
        parser.add_argument("--description", type=Path, help="Importbeschreibung (TOML)")
        parser.add_argument("--stations", type=Path, help="andere Liste der Stationen (JSON)")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = read_tenant(options["tenant"])
        if tenant is None:
            raise CommandError(f"Eine Kommune „{options['tenant']}“ gibt es hier nicht.")
        folder: Path = options["folder"].resolve()
        stations: Path | None = options["stations"]
        try:
            text = queries.read_description(folder, options["description"])
            description = actions.load_description(text)
            source = actions.FolderSource(
                folder, description, stations.resolve() if stations else None
            )
            self._import(tenant.pk, source, text)
        except MehrwertError as error:
            raise CommandError(str(error)) from error

    def _import(self, tenant_id: int, source: actions.FolderSource, text: str) -> None:
        context = WriteContext(tenant_id, "table", ACTOR)
        try:
            result = actions.import_described(context, source, self._show)
        except StoreLockedError:
            self._hand_over(tenant_id, source, text)
            return
        self._tell(result)

    def _hand_over(self, tenant_id: int, source: actions.FolderSource, text: str) -> None:
        """Let the running server do it and follow its progress; leaving does not stop it."""
        self.stdout.write("Der laufende Dienst übernimmt die Arbeit als Auftrag.")
        job_id = actions.start_folder_job(tenant_id, source, text, ACTOR, jobs.import_folder)
        while (job := queries.read_folder_job(job_id, tenant_id)).is_open:
            if job.total:
                self._show(actions.Progress(job.step, job.done, job.total))
            time.sleep(POLL_S)
        if job.error:
            self.stdout.write("")
            raise CommandError(job.error)
        self._tell(actions.ImportResult(**dict(job.result or {})))

    def _show(self, progress: actions.Progress) -> None:
        share = progress.done / progress.total if progress.total else 1.0
        bar = "█" * int(BAR * share)
        line = f"{bar:·<{BAR}} {share:6.1%}  {progress.step[:40]:<40}"
        self.stdout.write(f"\r{line}", ending="")
        self.stdout.flush()

    def _tell(self, result: actions.ImportResult) -> None:
        self.stdout.write("")
        self.stdout.write(
            f"{_n(result.rows)} Zeilen gelesen, {_n(result.values)} Werte:"
            f" {_n(result.created)} neu, {_n(result.duplicate)} schon da."
        )
        for code, n in sorted(result.codes.items()):
            self.stdout.write(f"  {queries.code_label(code)}: {_n(n)}")


def _n(number: int) -> str:
    return f"{number:,}".replace(",", ".")
