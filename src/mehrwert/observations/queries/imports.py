"""Imports and what became of them."""

from dataclasses import dataclass

from mehrwert.observations.errors import UnknownEntityError

from .store import reader

_COLUMNS = (
    "id, label, source, actor_label, created_us, undone_us, n_created, n_corrected, n_duplicate"
)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import."""

    id: int
    label: str
    source: str
    actor_label: str
    created_us: int
    undone_us: int | None
    n_created: int
    n_corrected: int
    n_duplicate: int


def list_imports(tenant_id: int, limit: int = 50) -> list[ImportRow]:
    """Return the newest imports of a tenant."""
    with reader() as r:
        rows = r.select(
            f"SELECT {_COLUMNS} FROM obs_import_batch WHERE tenant_id=?"
            " ORDER BY created_us DESC, id DESC LIMIT ?",
            (tenant_id, limit),
        )
    return [ImportRow(*row) for row in rows]


def read_import(tenant_id: int, import_id: int) -> ImportRow:
    """Return one import.

    Raises:
        UnknownEntityError: No such import in the tenant.
    """
    with reader() as r:
        rows = r.select(
            f"SELECT {_COLUMNS} FROM obs_import_batch WHERE tenant_id=? AND id=?",
            (tenant_id, import_id),
        )
    if not rows:
        raise UnknownEntityError(kind="import", id=import_id)
    return ImportRow(*rows[0])
