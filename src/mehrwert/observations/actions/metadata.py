"""Things, places, sensors, properties, series, features: create, change, delete.

Fields are those of ``recording/fields.py`` (the columns of the models). With ``tx`` a change joins
the transaction of ``transact``; without it runs as one of its own. Access is checked by the caller
(a key, a role); tenant and links are checked here.
"""

from collections.abc import Sequence
from typing import Any

from mehrwert.base.clock import now_us
from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.recording import entities, places, removal
from mehrwert.observations.recording.fields import (
    DATASTREAM,
    FEATURE,
    LOCATION,
    OBSERVED_PROPERTY,
    SENSOR,
    THING,
    Kind,
)
from mehrwert.observations.recording.ledger import put_audit, put_change
from mehrwert.observations.recording.types import WriteContext
from mehrwert.observations.stores.base import Transaction

from .transaction import run


def create_thing(
    context: WriteContext,
    *,
    tx: Transaction | None = None,
    location_ids: Sequence[int] = (),
    **fields: Any,
) -> int:
    """Create a thing, at these places since now; return its id."""

    def work(tx: Transaction, now: int) -> int:
        thing_id = entities.create(tx, context, THING, fields, now)
        if location_ids:
            _move(tx, context, thing_id, location_ids, now)
        return thing_id

    return int(run(tx, work))


def create_location(
    context: WriteContext,
    *,
    tx: Transaction | None = None,
    thing_ids: Sequence[int] = (),
    **fields: Any,
) -> int:
    """Create a place; these things are there since now."""

    def work(tx: Transaction, now: int) -> int:
        location_id = entities.create(tx, context, LOCATION, fields, now)
        entities.check_exists(tx, context.tenant_id, "thing", thing_ids)
        for thing_id in thing_ids:
            _move(tx, context, thing_id, [location_id], now)
        return location_id

    return int(run(tx, work))


def create_sensor(context: WriteContext, *, tx: Transaction | None = None, **fields: Any) -> int:
    """Create a sensor; return its id."""
    return _create(context, tx, SENSOR, fields)


def create_observed_property(
    context: WriteContext, *, tx: Transaction | None = None, **fields: Any
) -> int:
    """Create an observed property; return its id."""
    return _create(context, tx, OBSERVED_PROPERTY, fields)


def create_datastream(
    context: WriteContext, *, tx: Transaction | None = None, **fields: Any
) -> int:
    """Create a series of a thing, a sensor and an observed property; return its id."""
    return _create(context, tx, DATASTREAM, fields)


def create_feature(context: WriteContext, *, tx: Transaction | None = None, **fields: Any) -> int:
    """Create a feature of interest; return its id."""
    return _create(context, tx, FEATURE, fields)


def update_thing(
    context: WriteContext,
    thing_id: int,
    *,
    tx: Transaction | None = None,
    location_ids: Sequence[int] | None = None,
    **fields: Any,
) -> None:
    """Change fields of a thing; ``location_ids`` replaces where it is."""

    def work(tx: Transaction, now: int) -> None:
        entities.update(tx, context, THING, thing_id, fields, now)
        if location_ids is not None:
            _move(tx, context, thing_id, location_ids, now)

    run(tx, work)


def update_location(
    context: WriteContext, location_id: int, *, tx: Transaction | None = None, **fields: Any
) -> None:
    """Change fields of a place."""
    _update(context, tx, LOCATION, location_id, fields)


def update_sensor(
    context: WriteContext, sensor_id: int, *, tx: Transaction | None = None, **fields: Any
) -> None:
    """Change fields of a sensor."""
    _update(context, tx, SENSOR, sensor_id, fields)


def update_observed_property(
    context: WriteContext, property_id: int, *, tx: Transaction | None = None, **fields: Any
) -> None:
    """Change fields of an observed property."""
    _update(context, tx, OBSERVED_PROPERTY, property_id, fields)


def update_datastream(
    context: WriteContext, datastream_id: int, *, tx: Transaction | None = None, **fields: Any
) -> None:
    """Change fields or links of a series."""
    _update(context, tx, DATASTREAM, datastream_id, fields)


def update_feature(
    context: WriteContext, feature_id: int, *, tx: Transaction | None = None, **fields: Any
) -> None:
    """Change fields of a feature of interest."""
    _update(context, tx, FEATURE, feature_id, fields)


def delete_thing(context: WriteContext, thing_id: int, *, tx: Transaction | None = None) -> None:
    """Delete a thing with its series, their readings and its historical locations."""
    _delete(context, tx, THING, thing_id)


def delete_location(
    context: WriteContext, location_id: int, *, tx: Transaction | None = None
) -> None:
    """Delete a place with its historical locations."""
    _delete(context, tx, LOCATION, location_id)


def delete_sensor(context: WriteContext, sensor_id: int, *, tx: Transaction | None = None) -> None:
    """Delete a sensor with its series and their readings."""
    _delete(context, tx, SENSOR, sensor_id)


def delete_observed_property(
    context: WriteContext, property_id: int, *, tx: Transaction | None = None
) -> None:
    """Delete an observed property with its series and their readings."""
    _delete(context, tx, OBSERVED_PROPERTY, property_id)


def delete_datastream(
    context: WriteContext, datastream_id: int, *, tx: Transaction | None = None
) -> None:
    """Delete a series with its readings."""
    _delete(context, tx, DATASTREAM, datastream_id)


def delete_feature(
    context: WriteContext, feature_id: int, *, tx: Transaction | None = None
) -> None:
    """Delete a feature of interest with the readings about it."""
    _delete(context, tx, FEATURE, feature_id)


def find_or_create_thing(
    context: WriteContext,
    *,
    external_key: str,
    tx: Transaction | None = None,
    location_ids: Sequence[int] = (),
    **fields: Any,
) -> int:
    """Return the thing with this key, made if needed (an import calls this again and again)."""

    def work(tx: Transaction, now: int) -> int:
        values = {**fields, "external_key": external_key}
        thing_id = entities.find_or_create(tx, context, THING, values, now)
        placed = tx.select("SELECT 1 FROM obs_thing_location WHERE thing_id=?", (thing_id,))
        if location_ids and not placed:
            _move(tx, context, thing_id, location_ids, now)
        return thing_id

    return int(run(tx, work))


def find_or_create_location(
    context: WriteContext, *, external_key: str, tx: Transaction | None = None, **fields: Any
) -> int:
    """Return the place with this key, made if needed."""
    return _find_or_create(context, tx, LOCATION, {**fields, "external_key": external_key})


def find_or_create_sensor(
    context: WriteContext, *, external_key: str, tx: Transaction | None = None, **fields: Any
) -> int:
    """Return the sensor with this key, made if needed."""
    return _find_or_create(context, tx, SENSOR, {**fields, "external_key": external_key})


def find_or_create_observed_property(
    context: WriteContext, *, external_key: str, tx: Transaction | None = None, **fields: Any
) -> int:
    """Return the observed property with this key, made if needed."""
    return _find_or_create(context, tx, OBSERVED_PROPERTY, {**fields, "external_key": external_key})


def find_or_create_datastream(
    context: WriteContext, *, external_key: str, tx: Transaction | None = None, **fields: Any
) -> int:
    """Return the series with this key, made if needed."""
    return _find_or_create(context, tx, DATASTREAM, {**fields, "external_key": external_key})


def find_or_create_feature(
    context: WriteContext, *, external_key: str, tx: Transaction | None = None, **fields: Any
) -> int:
    """Return the feature with this key, made if needed."""
    return _find_or_create(context, tx, FEATURE, {**fields, "external_key": external_key})


def set_thing_locations(
    context: WriteContext,
    thing_id: int,
    location_ids: Sequence[int],
    *,
    tx: Transaction | None = None,
) -> None:
    """Say where a thing is from now on; the change becomes a historical location."""

    def work(tx: Transaction, now: int) -> None:
        entities.check_exists(tx, context.tenant_id, "thing", [thing_id])
        _move(tx, context, thing_id, location_ids, now)

    run(tx, work)


def add_historical_location(
    context: WriteContext,
    thing_id: int,
    time_us: int,
    location_ids: Sequence[int],
    *,
    tx: Transaction | None = None,
) -> int:
    """Say where a thing was since a time; if that is the newest, it is there now."""

    def work(tx: Transaction, now: int) -> int:
        tenant_id = context.tenant_id
        entities.check_exists(tx, tenant_id, "thing", [thing_id])
        entities.check_exists(tx, tenant_id, "location", location_ids)
        newest = places.is_newest(tx, thing_id, time_us)
        row_id = places.add_historical_location(tx, tenant_id, thing_id, time_us, location_ids)
        if newest and location_ids:
            places.put_thing_locations(tx, tenant_id, thing_id, location_ids)
        told = {"thing_id": thing_id, "time": time_us, "location_ids": list(location_ids)}
        _audit(tx, context, "create", row_id, (None, told))
        return row_id

    return int(run(tx, work))


def delete_historical_location(
    context: WriteContext, historical_id: int, *, tx: Transaction | None = None
) -> None:
    """Forget where a thing was since a time.

    Raises:
        UnknownEntityError: No such row in the tenant.
    """

    def work(tx: Transaction, now: int) -> None:
        found = tx.select(
            "SELECT thing_id, time FROM obs_historical_location WHERE id=? AND tenant_id=?",
            (historical_id, context.tenant_id),
        )
        if not found:
            raise UnknownEntityError(kind="historical_location", id=historical_id)
        for table, column in (
            ("obs_historical_location_location", "historical_location_id"),
            ("obs_historical_location", "id"),
        ):
            tx.execute(f"DELETE FROM {table} WHERE {column}=?", (historical_id,))
        told = {"thing_id": found[0][0], "time": found[0][1]}
        _audit(tx, context, "delete", historical_id, (told, None))

    run(tx, work)


def _move(
    tx: Transaction, context: WriteContext, thing_id: int, location_ids: Sequence[int], now: int
) -> None:
    tenant_id = context.tenant_id
    entities.check_exists(tx, tenant_id, "location", location_ids)
    places.put_thing_locations(tx, tenant_id, thing_id, location_ids)
    row_id = places.add_historical_location(tx, tenant_id, thing_id, now, location_ids)
    told = {"thing_id": thing_id, "time": now, "location_ids": list(location_ids)}
    _audit(tx, context, "create", row_id, (None, told))


def _audit(
    tx: Transaction, context: WriteContext, verb: str, row_id: int, change: tuple[Any, Any]
) -> None:
    put_audit(
        tx,
        context,
        now_us(),
        verb=verb,
        what=("historical_location", row_id),
        change=("", *change),
    )
    if verb != "delete":
        put_change(tx, context.tenant_id, ("historical_location", row_id), now_us())


def _create(
    context: WriteContext, tx: Transaction | None, kind: Kind, fields: dict[str, Any]
) -> int:
    return int(run(tx, lambda tx, now: entities.create(tx, context, kind, fields, now)))


def _find_or_create(
    context: WriteContext, tx: Transaction | None, kind: Kind, fields: dict[str, Any]
) -> int:
    return int(run(tx, lambda tx, now: entities.find_or_create(tx, context, kind, fields, now)))


def _update(
    context: WriteContext,
    tx: Transaction | None,
    kind: Kind,
    row_id: int,
    fields: dict[str, Any],
) -> None:
    run(tx, lambda tx, now: entities.update(tx, context, kind, row_id, fields, now))


def _delete(context: WriteContext, tx: Transaction | None, kind: Kind, row_id: int) -> None:
    run(tx, lambda tx, now: removal.delete(tx, context, kind, row_id, now))
