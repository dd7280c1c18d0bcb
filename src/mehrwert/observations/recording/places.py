"""Where things are and were."""

from collections.abc import Sequence

from mehrwert.observations.stores.base import Transaction


def forget_place(tx: Transaction, datastream_ids: Sequence[int]) -> None:
    """Let the next reading of these series find its place anew."""
    ids = sorted(datastream_ids)
    if not ids:
        return
    tx.lock_states(ids)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        tx.execute(
            "UPDATE obs_datastream_state SET feature_id=NULL"
            f" WHERE datastream_id IN ({','.join('?' * len(part))})",
            part,
        )


def forget_places_at(tx: Transaction, tenant_id: int, location_id: int) -> None:
    """The content of a place changed: series of the things there need a new feature."""
    rows = tx.select(
        "SELECT d.id FROM obs_datastream d"
        " JOIN obs_thing_location tl ON tl.thing_id = d.thing_id"
        " WHERE tl.location_id=? AND d.tenant_id=?",
        (location_id, tenant_id),
    )
    forget_place(tx, [row[0] for row in rows])


def forget_places_of(tx: Transaction, thing_id: int) -> None:
    """A thing moved: its series need a new feature."""
    rows = tx.select("SELECT id FROM obs_datastream WHERE thing_id=?", (thing_id,))
    forget_place(tx, [row[0] for row in rows])


def put_thing_locations(
    tx: Transaction, tenant_id: int, thing_id: int, location_ids: Sequence[int]
) -> None:
    """Replace where a thing is now."""
    tx.execute("DELETE FROM obs_thing_location WHERE thing_id=?", (thing_id,))
    tx.insert_many(
        "obs_thing_location",
        ("tenant_id", "thing_id", "location_id"),
        [(tenant_id, thing_id, location_id) for location_id in dict.fromkeys(location_ids)],
    )
    forget_places_of(tx, thing_id)


def add_historical_location(
    tx: Transaction, tenant_id: int, thing_id: int, time_us: int, location_ids: Sequence[int]
) -> int:
    """Remember that a thing was at some places since a time."""
    row_id = tx.insert(
        "obs_historical_location", {"tenant_id": tenant_id, "thing_id": thing_id, "time": time_us}
    )
    tx.insert_many(
        "obs_historical_location_location",
        ("tenant_id", "historical_location_id", "location_id"),
        [(tenant_id, row_id, location_id) for location_id in dict.fromkeys(location_ids)],
    )
    return row_id


def is_newest(tx: Transaction, thing_id: int, time_us: int) -> bool:
    """Say whether no later place of the thing is known."""
    return not tx.select(
        "SELECT 1 FROM obs_historical_location WHERE thing_id=? AND time>? LIMIT 1",
        (thing_id, time_us),
    )
