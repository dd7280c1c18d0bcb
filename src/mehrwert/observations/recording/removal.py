"""Deleting metadata with what hangs on it, as 18-088 asks: nothing else goes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mehrwert.observations.rules import HOUR_US
from mehrwert.observations.stores.base import Row, Transaction

from .changes import COLUMNS, forget_ranges, whole
from .entities import read_columns, told
from .fields import KINDS, Kind
from .ledger import put_audit
from .places import forget_places_at
from .session import Session
from .types import WriteContext

OF_DATASTREAM = (
    "obs_observation",
    "obs_observation_extra",
    "obs_moved_observation",
    "obs_series_feature",
    "obs_hour_bucket",
    "obs_dirty_hours",
    "obs_observation_history",
    "obs_import_range",
    "obs_sequence_mark",
    "obs_thinned",
    "obs_datastream_state",
)
SERIES_OF = {
    "thing": "thing_id",
    "sensor": "sensor_id",
    "observed_property": "observed_property_id",
}


def delete(tx: Transaction, context: WriteContext, kind: Kind, row_id: int, now_us: int) -> None:
    """Delete one row with everything that cannot be without it.

    Raises:
        UnknownEntityError: No such row in the tenant.
    """
    columns = ("created_us", *kind.fields)
    row = read_columns(tx, context.tenant_id, kind, row_id, columns)
    before = told(row) | {"created_us": row["created_us"]}
    if kind.name in ("thing", "location"):
        before["historical_locations"] = places_told(tx, kind.name, row_id)
    if kind.name in SERIES_OF:
        found = tx.select(
            f"SELECT id, tenant_id FROM obs_datastream WHERE {SERIES_OF[kind.name]}=?", (row_id,)
        )
        tx.lock_states(sorted(row[0] for row in found)) if found else None
        _delete_each(tx, context, found, now_us)
    elif kind.name == "datastream":
        _delete_each(tx, context, calculated_from(tx, row_id), now_us)
        _delete_series(tx, [row_id])
    if kind.name == "thing":
        _delete_history(tx, "thing_id=?", row_id)
        tx.execute("DELETE FROM obs_thing_location WHERE thing_id=?", (row_id,))
    elif kind.name == "location":
        _delete_location(tx, context, row_id)
    elif kind.name == "feature":
        _delete_readings_of(tx, context, row_id, now_us)
    if kind.name in ("location", "feature"):
        tx.set_geometry(kind.table, row_id, None)
    if kind.name != "datastream":
        tx.execute(f"DELETE FROM {kind.table} WHERE id=?", (row_id,))
    change = (str(before["name"]), before, None)
    put_audit(tx, context, now_us, verb="delete", what=(kind.name, row_id), change=change)


def calculated_from(tx: Transaction, raw_id: int) -> list[Row]:
    """Return id and tenant of the series with true values that follow from a raw one."""
    return tx.select(
        "SELECT id, tenant_id FROM obs_datastream WHERE id IN"
        " (SELECT derived_id FROM obs_calibration WHERE raw_id=?) ORDER BY id",
        (raw_id,),
    )


def _delete_each(
    tx: Transaction, context: WriteContext, series: Sequence[Row], now_us: int
) -> None:
    """Delete series by id and tenant, as far as they did not go with the one before."""
    for datastream_id, owner in series:
        if tx.select("SELECT 1 FROM obs_datastream WHERE id=?", (datastream_id,)):
            # a series in the trash has the opposite tenant; it goes too
            whose = replace(context, tenant_id=owner)
            delete(tx, whose, KINDS["datastream"], datastream_id, now_us)


def places_told(tx: Transaction, kind: str, row_id: int) -> list[dict[str, Any]]:
    """Return what is known of where a thing was, or of what was at a place."""
    where = "h.thing_id=?"
    if kind == "location":
        where = (
            "h.id IN (SELECT historical_location_id FROM obs_historical_location_location"
            " WHERE location_id=?)"
        )
    places: dict[int, dict[str, Any]] = {}
    for historical_id, thing_id, time, location_id in tx.select(
        "SELECT h.id, h.thing_id, h.time, l.location_id FROM obs_historical_location h"
        " JOIN obs_historical_location_location l ON l.historical_location_id=h.id"
        f" WHERE {where} ORDER BY h.id, l.location_id",
        (row_id,),
    ):
        new = {"id": historical_id, "thing_id": thing_id, "time": time, "location_ids": []}
        places.setdefault(historical_id, new)["location_ids"].append(location_id)
    return list(places.values())


def _delete_series(tx: Transaction, datastream_ids: Sequence[int]) -> None:
    tx.lock_states(sorted(datastream_ids)) if datastream_ids else None
    for datastream_id in datastream_ids:
        for table in OF_DATASTREAM:
            tx.execute(f"DELETE FROM {table} WHERE datastream_id=?", (datastream_id,))
        for column in ("raw_id", "derived_id"):
            tx.execute(f"DELETE FROM obs_calibration WHERE {column}=?", (datastream_id,))
        tx.execute("DELETE FROM obs_trash WHERE kind='datastream' AND row_id=?", (datastream_id,))
        tx.execute("DELETE FROM obs_datastream WHERE id=?", (datastream_id,))


def _delete_history(tx: Transaction, where: str, value: int) -> None:
    ids = [
        row[0]
        for row in tx.select(f"SELECT id FROM obs_historical_location WHERE {where}", (value,))
    ]
    for row_id in ids:
        tx.execute(
            "DELETE FROM obs_historical_location_location WHERE historical_location_id=?", (row_id,)
        )
        tx.execute("DELETE FROM obs_historical_location WHERE id=?", (row_id,))


def _delete_location(tx: Transaction, context: WriteContext, row_id: int) -> None:
    forget_places_at(tx, context.tenant_id, row_id)
    found = tx.select(
        "SELECT historical_location_id FROM obs_historical_location_location WHERE location_id=?",
        (row_id,),
    )
    for (historical_id,) in found:
        _delete_history(tx, "id=?", historical_id)
    tx.execute("DELETE FROM obs_thing_location WHERE location_id=?", (row_id,))
    tx.execute(
        "UPDATE obs_feature SET origin_location_id=NULL, origin_hash=NULL"
        " WHERE origin_location_id=?",
        (row_id,),
    )


def _delete_readings_of(
    tx: Transaction, context: WriteContext, feature_id: int, now_us: int
) -> None:
    """Delete the readings about a feature; the series they were in shrink."""
    series = tx.select(
        "SELECT k.datastream_id FROM obs_series_feature k JOIN obs_datastream_state s"
        " ON s.datastream_id=k.datastream_id WHERE k.feature_id=? AND s.tenant_id=?",
        (feature_id, context.tenant_id),
    )
    session = Session(tx, now_us)
    for (datastream_id,) in sorted(series):
        rows = tx.select(
            f"SELECT {COLUMNS} FROM obs_observation WHERE datastream_id=? AND feature_id=?",
            (datastream_id, feature_id),
        )
        if rows:
            delete_rows(session, context, datastream_id, rows)
    session.finish()
    tx.execute("DELETE FROM obs_series_feature WHERE feature_id=?", (feature_id,))
    tx.execute(
        "UPDATE obs_datastream_state SET feature_id=NULL WHERE tenant_id=? AND feature_id=?",
        (context.tenant_id, feature_id),
    )


def delete_rows(
    session: Session, context: WriteContext, datastream_id: int, rows: Sequence[Row]
) -> None:
    """Delete many rows of one series with one look at its new ends."""
    session.load([datastream_id])
    state = session.states[datastream_id]
    tx = session.tx
    for row in rows:
        session.journal.changed(context, state.tenant_id, "delete", whole(session, row))
        tx.execute(
            "DELETE FROM obs_observation WHERE datastream_id=? AND time=? AND seq=?", row[:3]
        )
        for table in ("obs_observation_extra", "obs_moved_observation"):
            tx.execute(
                f"DELETE FROM {table} WHERE datastream_id=? AND seq=?", (datastream_id, row[2])
            )
    session.stale_hours.setdefault(datastream_id, set()).update(row[1] // HOUR_US for row in rows)
    forget_ranges(session, state, n=-len(rows))


__all__ = ["KINDS", "calculated_from", "delete", "delete_rows"]
