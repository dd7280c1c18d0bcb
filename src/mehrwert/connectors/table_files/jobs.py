"""Doors for work in the background; each bears being called twice."""

from pathlib import Path
from typing import Any

from django_tasks import task

from mehrwert.base.actor import Actor
from mehrwert.connectors.table_files import actions


@task()
def check_table(tenant_id: int, import_id: int) -> None:
    """Check a large file."""
    actions.check(tenant_id, import_id)


@task()
def store_table(tenant_id: int, import_id: int) -> dict[str, int]:
    """Store a checked file."""
    return actions.store(tenant_id, import_id)


@task()
def undo_table(tenant_id: int, import_id: int, actor: list[Any]) -> int:
    """Take an import back."""
    return actions.undo(tenant_id, import_id, Actor(*actor))


@task()
def import_folder(tenant_id: int, folder: str, description: str, stations: str) -> dict[str, Any]:
    """Import a folder of the server's computer that a command handed over."""
    source = actions.FolderSource(
        Path(folder),
        actions.load_description(description),
        Path(stations) if stations else None,
    )
    return actions.run_folder_job(tenant_id, source)


@task()
def clear_old_files() -> int:
    """Forget files and drafts that nobody took up for a week."""
    return actions.clear_old_files()
