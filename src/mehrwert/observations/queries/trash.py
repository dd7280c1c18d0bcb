"""What lies in the trash."""

from dataclasses import dataclass

from .store import reader

MOST = 500


@dataclass(frozen=True, slots=True)
class Trashed:
    """A thing with ``n_series`` series, or one series, with its ``n`` readings."""

    id: int
    kind: str
    name: str
    n: int
    n_series: int
    deleted_us: int
    actor_label: str


def list_trash(tenant_id: int) -> list[Trashed]:
    """Return what a municipality has deleted, newest first."""
    with reader() as r:
        rows = r.select(
            "SELECT id, kind, name, n, n_series, deleted_us, actor_label FROM obs_trash"
            " WHERE tenant_id=? ORDER BY deleted_us DESC, id DESC LIMIT ?",
            (tenant_id, MOST),
        )
    return [Trashed(*row) for row in rows]


def list_all_expired(before_us: int) -> list[tuple[int, int]]:
    """Return tenant and number of what was deleted before a time, series before things."""
    with reader() as r:
        rows = r.select(
            "SELECT tenant_id, id FROM obs_trash WHERE deleted_us<? ORDER BY kind, id LIMIT ?",
            (before_us, MOST),
        )
    return [(row[0], row[1]) for row in rows]
