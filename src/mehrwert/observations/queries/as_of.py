"""Metadata as they were at a time: today's rows with every later change taken back.

The audit is the log of changes: only rows are added, each with what was before. Names, units,
sensors and links are those of that time as they were known then; places are those where a thing
was then, as its historical locations say today. Readings are not part of it.
"""

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import Any

import msgspec

from mehrwert.observations.recording.entities import JSON_FIELDS
from mehrwert.observations.recording.fields import KINDS, Kind
from mehrwert.observations.selects import Inside
from mehrwert.observations.selects.copy import copy_of
from mehrwert.observations.stores.base import STATE_COLUMNS, Reader

from .store import reader

KEPT = 8
_COLUMNS = {k.table: ("id", "tenant_id", "created_us", *k.fields) for k in KINDS.values()}
Rows = dict[int, dict[str, Any]]
_kept: OrderedDict[tuple[int, int, int], Inside] = OrderedDict()
_turn = Lock()


def read_as_of(tenant_id: int, at_us: int) -> Inside:
    """Return something for ``run_select`` to read from: the metadata of a tenant at a time.

    The last ones asked for are kept until something changes in the tenant.
    """
    with reader() as r:
        newest = r.select(
            "SELECT id FROM obs_audit WHERE tenant_id=? ORDER BY at_us DESC, id DESC LIMIT 1",
            (tenant_id,),
        )
        key = (tenant_id, at_us, newest[0][0] if newest else 0)
        with _turn:
            found = _kept.get(key)
            if found is not None:
                _kept.move_to_end(key)
                return found
        made = copy_of(_COLUMNS, dict(_tables(r, tenant_id, at_us)))
    with _turn:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _tables(r: Reader, tenant_id: int, at_us: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield table and rows of that time."""
    entities = {kind.name: _rows_now(r, tenant_id, kind) for kind in KINDS.values()}
    places = _places_now(r, tenant_id)
    for verb, name, object_id, before in r.select(
        "SELECT verb, kind, object_id, before FROM obs_audit WHERE tenant_id=? AND at_us>?"
        " AND verb IN ('update','delete','restore') AND before IS NOT NULL"
        " ORDER BY at_us DESC, id DESC",
        (tenant_id, at_us),
    ):
        if name in KINDS:
            told = msgspec.json.decode(before)
            _take_back(entities[name], (verb, int(object_id)), told)
            places.update({row["id"]: row for row in told.get("historical_locations", ())})
    for kind in KINDS.values():
        there = [row for row in entities[kind.name].values() if row["created_us"] <= at_us]
        yield kind.table, [{**row, "tenant_id": tenant_id} for row in there]
        if kind.name == "datastream":
            yield "obs_datastream_state", [_empty_state(tenant_id, row["id"]) for row in there]
    known = {
        name: {i for i, row in rows.items() if row["created_us"] <= at_us}
        for name, rows in entities.items()
    }
    yield from _place_tables(tenant_id, places, known, at_us)


def _rows_now(r: Reader, tenant_id: int, kind: Kind) -> Rows:
    columns = ("id", "created_us", *kind.fields)
    rows = r.select(f"SELECT {','.join(columns)} FROM {kind.table} WHERE tenant_id=?", (tenant_id,))
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}


def _places_now(r: Reader, tenant_id: int) -> Rows:
    """Return since when things were where: id → thing, time and places."""
    places: Rows = {}
    for row_id, thing_id, time, location_id in r.select(
        "SELECT h.id, h.thing_id, h.time, l.location_id FROM obs_historical_location h"
        " LEFT JOIN obs_historical_location_location l ON l.historical_location_id=h.id"
        " WHERE h.tenant_id=?",
        (tenant_id,),
    ):
        new = {"id": row_id, "thing_id": thing_id, "time": time, "location_ids": []}
        row = places.setdefault(row_id, new)
        if location_id is not None:
            row["location_ids"].append(location_id)
    return places


def _take_back(rows: Rows, change: tuple[str, int], told: dict[str, Any]) -> None:
    """Undo one change of one entity."""
    verb, row_id = change
    before = {
        name: msgspec.json.encode(value).decode()
        if name in JSON_FIELDS and value is not None
        else value
        for name, value in told.items()
        if name != "historical_locations"
    }
    if verb == "restore":
        rows.pop(row_id, None)
    elif verb == "update" and row_id in rows:
        rows[row_id].update(before)
    elif verb == "delete" and "created_us" in before:
        rows[row_id] = {"id": row_id, **before}


def _empty_state(tenant_id: int, datastream_id: int) -> dict[str, Any]:
    state: dict[str, Any] = dict.fromkeys(STATE_COLUMNS)
    return state | {"datastream_id": datastream_id, "tenant_id": tenant_id, "next_seq": 0, "n": 0}


def _place_tables(
    tenant_id: int, places: Rows, known: dict[str, set[int]], at_us: int
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield where things were; the newest place of each is where it was then."""
    then = [p for p in places.values() if p["time"] <= at_us and p["thing_id"] in known["thing"]]
    then.sort(key=lambda place: (place["time"], place["id"]))
    own = {"tenant_id": tenant_id}
    yield (
        "obs_historical_location",
        [own | {name: place[name] for name in ("id", "thing_id", "time")} for place in then],
    )
    yield (
        "obs_historical_location_location",
        [
            own | {"historical_location_id": place["id"], "location_id": location_id}
            for place in then
            for location_id in place["location_ids"]
            if location_id in known["location"]
        ],
    )
    newest = {place["thing_id"]: place["location_ids"] for place in then}
    yield (
        "obs_thing_location",
        [
            own | {"thing_id": thing_id, "location_id": location_id}
            for thing_id, location_ids in newest.items()
            for location_id in location_ids
            if location_id in known["location"]
        ],
    )
