"""The trash: what somebody deleted on a page is out of sight at once and comes back as it was.

A row in the trash belongs to the opposite of its tenant's number. Every statement of the room asks
for its tenant, so nothing finds such a row; putting away and taking back cost the same however many
readings there are. Keys of outside systems are kept aside, so that they can be used again.
"""

from dataclasses import replace
from typing import Any

import msgspec

from mehrwert.observations.errors import TrashKeyTakenError, TrashThingGoneError, UnknownTrashError
from mehrwert.observations.stores.base import Transaction

from .entities import read_columns, told
from .fields import KINDS, Kind
from .ledger import json_text, put_audit, put_change
from .removal import calculated_from, delete, places_told
from .types import WriteContext

DATASTREAM, THING = KINDS["datastream"], KINDS["thing"]


def put_away(tx: Transaction, context: WriteContext, kind: Kind, row_id: int, now_us: int) -> int:
    """Put a thing with its series, or one series, into the trash; return its number there.

    With a raw series goes what was calculated from it.

    Raises:
        UnknownEntityError: No such row in the tenant.
    """
    series = [row_id, *_calculated(tx, row_id, context.tenant_id)]
    if kind is THING:
        found = tx.select(
            "SELECT id FROM obs_datastream WHERE thing_id=? AND tenant_id=? ORDER BY id",
            (row_id, context.tenant_id),
        )
        series = [row[0] for row in found]
    states = tx.lock_states(series) if series else []
    keys: dict[str, str] = {}
    for datastream_id in reversed(series):
        _hide(tx, context, DATASTREAM, datastream_id, now_us, keys)
    if kind is THING:
        _hide(tx, context, THING, row_id, now_us, keys)
    return tx.insert(
        "obs_trash",
        {
            "tenant_id": context.tenant_id,
            "kind": kind.name,
            "row_id": row_id,
            "name": keys.pop("name"),
            "n": sum(row[3] for row in states),
            "n_series": len(series),
            "keys": json_text(keys),
            "deleted_us": now_us,
            "actor_label": context.actor.label[:200],
        },
    )


def _calculated(tx: Transaction, raw_id: int, tenant_id: int) -> list[int]:
    """Return the series calculated from a raw one that go and come with it."""
    apart = {
        row[0]
        for row in tx.select("SELECT row_id FROM obs_trash WHERE kind='datastream' AND n_series=1")
    }
    found = calculated_from(tx, raw_id)
    return [row for row, owner in found if owner == tenant_id and row not in apart]


def take_back(
    tx: Transaction, context: WriteContext, trash_id: int, now_us: int
) -> tuple[str, int]:
    """Bring something back as it was; return its kind and id.

    Raises:
        UnknownTrashError: It is not in the trash of the tenant any more.
        TrashThingGoneError: The thing of a series is not there.
        TrashKeyTakenError: Its key of an outside system is in use again.
    """
    kind, row_id, keys = _read(tx, context.tenant_id, trash_id)
    if kind is THING:
        apart = "SELECT row_id FROM obs_trash WHERE tenant_id=? AND kind='datastream'"
        found = tx.select(
            "SELECT id FROM obs_datastream WHERE thing_id=? AND tenant_id=?"
            f" AND id NOT IN ({apart}) ORDER BY id",
            (row_id, -context.tenant_id, context.tenant_id),
        )
        _show(tx, context, THING, row_id, now_us, keys)
        for (datastream_id,) in found:
            _show(tx, context, DATASTREAM, datastream_id, now_us, keys)
    else:
        _check_thing(tx, context.tenant_id, row_id)
        for datastream_id in (row_id, *_calculated(tx, row_id, -context.tenant_id)):
            _show(tx, context, DATASTREAM, datastream_id, now_us, keys)
    tx.execute("DELETE FROM obs_trash WHERE id=?", (trash_id,))
    return kind.name, row_id


def empty(tx: Transaction, context: WriteContext, trash_id: int, now_us: int) -> None:
    """Delete something in the trash for good.

    Raises:
        UnknownTrashError: It is not in the trash of the tenant any more.
    """
    kind, row_id, _ = _read(tx, context.tenant_id, trash_id)
    names = tx.select("SELECT name FROM obs_trash WHERE id=?", (trash_id,))
    delete(tx, replace(context, tenant_id=-context.tenant_id), kind, row_id, now_us)
    tx.execute("DELETE FROM obs_trash WHERE id=?", (trash_id,))
    told_of = str(names[0][0])
    what = (kind.name, row_id)
    put_audit(tx, context, now_us, verb="purge", what=what, change=(told_of, None, None))


def _read(tx: Transaction, tenant_id: int, trash_id: int) -> tuple[Kind, int, dict[str, str]]:
    rows = tx.select(
        "SELECT kind, row_id, keys FROM obs_trash WHERE id=? AND tenant_id=?",
        (trash_id, tenant_id),
    )
    if not rows:
        raise UnknownTrashError
    kind, row_id, keys = rows[0]
    return KINDS[kind], row_id, msgspec.json.decode(keys)


def _hide(
    tx: Transaction,
    context: WriteContext,
    kind: Kind,
    row_id: int,
    now_us: int,
    keys: dict[str, str],
) -> None:
    """Turn the tenant of one row round; keep its name and its key."""
    row = read_columns(tx, context.tenant_id, kind, row_id, ("created_us", *kind.fields))
    before: dict[str, Any] = told(row) | {"created_us": row["created_us"]}
    if kind is THING:
        before["historical_locations"] = places_told(tx, kind.name, row_id)
    keys["name"] = str(row["name"])
    if row["external_key"] is not None:
        keys[f"{kind.name} {row_id}"] = row["external_key"]
    _turn(tx, kind, row_id, -context.tenant_id, None)
    change = (keys["name"], before, None)
    put_audit(tx, context, now_us, verb="delete", what=(kind.name, row_id), change=change)


def _show(
    tx: Transaction,
    context: WriteContext,
    kind: Kind,
    row_id: int,
    now_us: int,
    keys: dict[str, str],
) -> None:
    key = keys.get(f"{kind.name} {row_id}")
    taken = key is not None and tx.select(
        f"SELECT 1 FROM {kind.table} WHERE tenant_id=? AND external_key=?",
        (context.tenant_id, key),
    )
    if taken:
        raise TrashKeyTakenError(key=key)
    names = tx.select(f"SELECT name FROM {kind.table} WHERE id=?", (row_id,))
    _turn(tx, kind, row_id, context.tenant_id, key)
    change: tuple[str, Any, Any] = (str(names[0][0]), {}, None)
    put_audit(tx, context, now_us, verb="restore", what=(kind.name, row_id), change=change)
    put_change(tx, context.tenant_id, (kind.name, row_id), now_us)


def _turn(tx: Transaction, kind: Kind, row_id: int, tenant_id: int, key: str | None) -> None:
    tx.execute(
        f"UPDATE {kind.table} SET tenant_id=?, external_key=? WHERE id=?", (tenant_id, key, row_id)
    )
    if kind is THING:
        table, column = "obs_historical_location", "thing_id"
    else:
        table, column = "obs_datastream_state", "datastream_id"
    tx.execute(f"UPDATE {table} SET tenant_id=? WHERE {column}=?", (tenant_id, row_id))


def _check_thing(tx: Transaction, tenant_id: int, datastream_id: int) -> None:
    there = tx.select(
        "SELECT 1 FROM obs_datastream d JOIN obs_thing t ON t.id = d.thing_id"
        " WHERE d.id=? AND t.tenant_id=?",
        (datastream_id, tenant_id),
    )
    if not there:
        raise TrashThingGoneError
