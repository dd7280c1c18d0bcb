"""Creating, changing and deleting metadata inside the writer's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mehrwert.observations.errors import UnknownEntityError, UnknownLinkError
from mehrwert.observations.geometry import content_hash, geometry_of
from mehrwert.observations.stores.base import STATE_COLUMNS, Transaction

from .fields import DEFAULTS, KINDS, Kind
from .ledger import put_audit, put_change
from .places import forget_place, forget_places_at
from .state import new_state_row
from .types import WriteContext

JSON_FIELDS = frozenset({"properties", "location", "feature", "metadata"})
GEOMETRY = {"location": "location", "feature": "feature"}


def create(
    tx: Transaction, context: WriteContext, kind: Kind, values: Mapping[str, Any], now_us: int
) -> int:
    """Insert one row and return its id."""
    kind.check_complete(values)
    columns = DEFAULTS[kind.name] | kind.columns(values)
    check_links(tx, context.tenant_id, kind, columns)
    columns |= {"tenant_id": context.tenant_id, "created_us": now_us}
    geometry = _place_columns(kind, columns)
    row_id = tx.insert(kind.table, columns)
    if kind.name in GEOMETRY and geometry is not None:
        tx.set_geometry(kind.table, row_id, geometry)
    if kind.name == "datastream":
        tx.insert_many(
            "obs_datastream_state", STATE_COLUMNS, [new_state_row(row_id, context.tenant_id)]
        )
    change = (str(columns["name"]), None, told(columns))
    put_audit(tx, context, now_us, verb="create", what=(kind.name, row_id), change=change)
    put_change(tx, context.tenant_id, (kind.name, row_id), now_us)
    return row_id


def update(
    tx: Transaction,
    context: WriteContext,
    kind: Kind,
    row_id: int,
    values: Mapping[str, Any],
    now_us: int,
) -> None:
    """Change the given fields of one row.

    Raises:
        UnknownEntityError: No such row in the tenant.
    """
    columns = kind.columns(values)
    before = read_columns(tx, context.tenant_id, kind, row_id, ("name", *columns))
    check_links(tx, context.tenant_id, kind, columns)
    changed = {
        name: value for name, value in columns.items() if not _is_same(name, before[name], value)
    }
    if not changed:
        return
    if kind.name in GEOMETRY and GEOMETRY[kind.name] in changed:
        geometry = _place_columns(kind, changed)
        tx.set_geometry(kind.table, row_id, geometry)
    _set(tx, kind, row_id, changed)
    if kind.name == "location":
        forget_places_at(tx, context.tenant_id, row_id)
    elif kind.name == "datastream" and "thing_id" in changed:
        forget_place(tx, [row_id])
    previous = told({name: before[name] for name in columns if name in changed})
    change = (str(columns.get("name", before["name"])), previous, told(changed))
    put_audit(tx, context, now_us, verb="update", what=(kind.name, row_id), change=change)
    put_change(tx, context.tenant_id, (kind.name, row_id), now_us)


def find_or_create(
    tx: Transaction, context: WriteContext, kind: Kind, values: Mapping[str, Any], now_us: int
) -> int:
    """Return the row with this ``external_key``, made if needed."""
    found = tx.select(
        f"SELECT id FROM {kind.table} WHERE tenant_id=? AND external_key=?",
        (context.tenant_id, values["external_key"]),
    )
    return int(found[0][0]) if found else create(tx, context, kind, values, now_us)


def check_exists(tx: Transaction, tenant_id: int, kind: str, ids: Sequence[int]) -> None:
    """Refuse links that lead nowhere.

    Raises:
        UnknownLinkError: Names the first one.
    """
    for row_id in ids:
        table = KINDS[kind].table
        if not tx.select(f"SELECT 1 FROM {table} WHERE id=? AND tenant_id=?", (row_id, tenant_id)):
            raise UnknownLinkError(kind=kind, id=row_id)


def check_links(tx: Transaction, tenant_id: int, kind: Kind, columns: Mapping[str, Any]) -> None:
    """Refuse a row whose links lead nowhere or to another tenant."""
    for name, target in kind.links.items():
        if name in columns:
            check_exists(tx, tenant_id, target, [columns[name]])


def read_columns(
    tx: Transaction, tenant_id: int, kind: Kind, row_id: int, names: Sequence[str]
) -> dict[str, Any]:
    """Return some columns of one row.

    Raises:
        UnknownEntityError: No such row in the tenant.
    """
    rows = tx.select(
        f"SELECT {','.join(names)} FROM {kind.table} WHERE id=? AND tenant_id=?",
        (row_id, tenant_id),
    )
    if not rows:
        raise UnknownEntityError(kind=kind.name, id=row_id)
    return dict(zip(names, rows[0], strict=True))


def _place_columns(kind: Kind, columns: dict[str, Any]) -> Any:
    """Fill what follows from the geometry; return the geometry."""
    if kind.name not in GEOMETRY:
        return None
    value = columns[GEOMETRY[kind.name]]
    geometry = geometry_of(value)
    columns["lon"], columns["lat"] = (
        (None, None) if geometry is None else (geometry.centroid.x, geometry.centroid.y)
    )
    if kind.name == "location":
        columns["content_hash"] = content_hash(msgspec.json.decode(value))
    return geometry


def _set(tx: Transaction, kind: Kind, row_id: int, columns: Mapping[str, Any]) -> None:
    names = ",".join(f"{name}=?" for name in columns)
    tx.execute(f"UPDATE {kind.table} SET {names} WHERE id=?", (*columns.values(), row_id))


def _is_same(name: str, before: Any, value: Any) -> bool:
    """Compare a column; JSON by content, for PostgreSQL writes it in a manner of its own."""
    if name in JSON_FIELDS and before is not None and value is not None:
        return bool(msgspec.json.decode(before) == msgspec.json.decode(value))
    return bool(before == value)


def told(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return values for the audit: JSON as JSON, without what is derived."""
    hidden = {"tenant_id", "created_us", "content_hash", "lon", "lat"}
    return {
        name: msgspec.json.decode(value) if name in JSON_FIELDS and value is not None else value
        for name, value in columns.items()
        if name not in hidden
    }
