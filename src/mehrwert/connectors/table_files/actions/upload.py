"""A file handed in on a page: kept, recognised, described, discarded. Nothing is stored yet."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings

from mehrwert.base.clock import now_us
from mehrwert.base.tables.errors import TableError
from mehrwert.base.tables.reading import TableFormat
from mehrwert.base.tables.sniffing import look_again, sniff
from mehrwert.base.tables.workbooks import is_workbook
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.table_files.access import file_of
from mehrwert.connectors.table_files.choices import ImportKind, ImportState
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.connectors.table_files.rules.plan import ReadingPlan, first_plan, plan_to_json
from mehrwert.connectors.table_files.rules.targets import Targets, targets_to_json
from mehrwert.observations.actions import WriteContext

from . import records
from .workbooks import book_beside, open_workbook

FOLDER = "imports"
OPEN = (ImportState.DRAFT, ImportState.CHECKED)
DAY_US = 86_400_000_000
KEEP_DAYS = 7


class HandedIn(Protocol):
    """What a page receives: Django's uploaded file."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterator[bytes]:
        """Yield the content."""
        ...


def receive_upload(context: WriteContext, file: HandedIn) -> TableImport:
    """Keep a file and recognise its format.

    Raises:
        TableError: It is no table; nothing is kept.
    """
    name = f"{FOLDER}/{context.tenant_id}/{uuid.uuid4().hex}"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("wb") as target:
            for part in file.chunks():
                target.write(part)
        sheets: list[str] = []
        sheet = ""
        if is_workbook(path):
            sniffed, sheets, sheet = open_workbook(path)
        else:
            sniffed = sniff(path)
        plan = first_plan(sniffed)
    except (OSError, TableError):
        path.unlink(missing_ok=True)
        raise
    return records.open_import(
        context,
        ImportKind.UPLOAD,
        Path(file.name or "tabelle.csv").name,
        path=name,
        size_bytes=file.size or 0,
        plan=plan_to_json(plan),
        sheets=sheets,
        sheet=sheet,
    )


def set_format(row: TableImport, how: TableFormat) -> None:
    """Read the file in another way; columns must be described anew.

    Raises:
        TableError: The file cannot be read that way.
        WrongStateError: The import is under way already.
    """
    plan = first_plan(look_again(file_of(row), how))
    records.step(row, OPEN, ImportState.DRAFT, plan=plan_to_json(plan), series={}, tally={})
    records.forget_problems(row)


def set_columns(row: TableImport, plan: ReadingPlan, targets: Targets) -> None:
    """Say what the columns mean and where they go.

    Raises:
        WrongStateError: The import is under way already.
    """
    values = {"plan": plan_to_json(plan), "series": targets_to_json(targets), "tally": {}}
    records.step(row, OPEN, ImportState.DRAFT, **values)
    records.forget_problems(row)


def discard(row: TableImport) -> None:
    """Forget an import that has stored nothing, with its file.

    Raises:
        WrongStateError: It has stored something.
    """
    states = (*OPEN, ImportState.FAILED, ImportState.UNDONE)
    records.step(row, states, ImportState.UNDONE, finished_us=now_us())
    remove_file(row)
    row.delete()


def remove_file(row: TableImport) -> None:
    """Delete the file of an import; its row stays."""
    if row.path:
        path = Path(settings.MEDIA_ROOT) / row.path
        path.unlink(missing_ok=True)
        book_beside(path).unlink(missing_ok=True)
        TableImport.objects.filter(pk=row.pk).update(path="")
        row.path = ""


def clear_old_files() -> int:
    """Forget drafts and files that nobody took up for a week; return how many.

    Runs for all municipalities: a file lies in the folder of the installation.
    """
    old = TableImport._base_manager.filter(
        state__in=[state.value for state in (*OPEN, ImportState.FAILED)],
        created_us__lt=now_us() - KEEP_DAYS * DAY_US,
    ).exclude(path="")
    rows = list(old[:500])
    for row in rows:
        with tenant_scope(row.tenant_id):
            remove_file(row)
            if row.batch_id is None and row.state != ImportState.FAILED.value:
                row.delete()
    return len(rows)
