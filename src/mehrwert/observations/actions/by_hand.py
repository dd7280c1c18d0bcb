"""Things and series that a person sets up on a page: everything that belongs together at once."""

from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.observations.queries.flags import APPROXIMATE
from mehrwert.observations.recording.types import WriteContext
from mehrwert.observations.stores.base import Transaction

from .metadata import (
    create_datastream,
    create_location,
    create_observed_property,
    create_sensor,
    create_thing,
    update_datastream,
    update_location,
    update_thing,
)
from .transaction import transact

UNKNOWN_SENSOR = "nicht angegeben"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is; without coordinates there is no place."""

    name: str
    lon: float | None
    lat: float | None
    is_approximate: bool

    @property
    def geometry(self) -> dict[str, Any] | None:
        """Return the point as GeoJSON."""
        if self.lon is None or self.lat is None:
            return None
        return {"type": "Point", "coordinates": [self.lon, self.lat]}


@dataclass(frozen=True, slots=True)
class SeriesByHand:
    """A series as somebody typed it: property and sensor by name, the rest as fields."""

    property_name: str
    sensor_name: str
    fields: dict[str, Any]


def set_up_thing(
    context: WriteContext, *, name: str, description: str, place: Place, series: SeriesByHand
) -> tuple[int, int]:
    """Create a thing with its place and first series; return the ids of thing and series."""

    def work(tx: Transaction) -> tuple[int, int]:
        locations = [_create_place(context, tx, place, name)] if place.geometry else []
        thing_id = create_thing(
            context, tx=tx, name=name, description=description, location_ids=locations
        )
        return thing_id, _create_series(context, tx, thing_id, series)

    return transact(work)


def set_up_series(context: WriteContext, thing_id: int, series: SeriesByHand) -> int:
    """Add a series to a thing; return its id.

    Raises:
        UnknownLinkError: No such thing in the tenant.
    """
    return transact(lambda tx: _create_series(context, tx, thing_id, series))


def change_series(context: WriteContext, datastream_id: int, series: SeriesByHand) -> None:
    """Change a series; a property or sensor of another name replaces the old one.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """

    def work(tx: Transaction) -> None:
        update_datastream(
            context,
            datastream_id,
            tx=tx,
            observed_property_id=_property_id(context, tx, series.property_name),
            sensor_id=_sensor_id(context, tx, series.sensor_name),
            **series.fields,
        )

    transact(work)


def change_thing(
    context: WriteContext,
    thing_id: int,
    *,
    name: str,
    description: str,
    place: Place,
    old: tuple[int | None, Place],
) -> None:
    """Change a thing. Other coordinates are another place; where it was stays known.

    Args:
        context: Who writes.
        thing_id: The thing.
        name: New name.
        description: New description.
        place: Where it is.
        old: Id of the place so far (None without) and its content.

    Raises:
        UnknownEntityError: No such thing in the tenant.
    """
    location_id, before = old

    def work(tx: Transaction) -> None:
        update_thing(context, thing_id, tx=tx, name=name, description=description)
        if place.geometry is None:
            if location_id is not None:
                update_thing(context, thing_id, tx=tx, location_ids=[])
        elif location_id is None or (place.lon, place.lat) != (before.lon, before.lat):
            new_id = _create_place(context, tx, place, name)
            update_thing(context, thing_id, tx=tx, location_ids=[new_id])
        elif place != before:
            properties = _place_properties(tx, location_id, is_approximate=place.is_approximate)
            update_location(
                context, location_id, tx=tx, name=place.name or name, properties=properties
            )

    transact(work)


def _create_place(context: WriteContext, tx: Transaction, place: Place, thing_name: str) -> int:
    properties = {APPROXIMATE: True} if place.is_approximate else None
    return create_location(
        context,
        tx=tx,
        name=place.name or thing_name,
        location=place.geometry,
        properties=properties,
    )


def _place_properties(
    tx: Transaction, location_id: int, *, is_approximate: bool
) -> dict[str, Any] | None:
    text = tx.select("SELECT properties FROM obs_location WHERE id=?", (location_id,))[0][0]
    known: dict[str, Any] = msgspec.json.decode(text) if text else {}
    known.pop(APPROXIMATE, None)
    if is_approximate:
        known[APPROXIMATE] = True
    return known or None


def _create_series(
    context: WriteContext, tx: Transaction, thing_id: int, series: SeriesByHand
) -> int:
    return create_datastream(
        context,
        tx=tx,
        thing_id=thing_id,
        observed_property_id=_property_id(context, tx, series.property_name),
        sensor_id=_sensor_id(context, tx, series.sensor_name),
        **series.fields,
    )


def _property_id(context: WriteContext, tx: Transaction, name: str) -> int:
    found = _id_by_name(tx, context.tenant_id, "obs_observed_property", name)
    return found or create_observed_property(context, tx=tx, name=name)


def _sensor_id(context: WriteContext, tx: Transaction, name: str) -> int:
    given = name or UNKNOWN_SENSOR
    found = _id_by_name(tx, context.tenant_id, "obs_sensor", given)
    return found or create_sensor(context, tx=tx, name=given)


def _id_by_name(tx: Transaction, tenant_id: int, table: str, name: str) -> int | None:
    rows = tx.select(
        f"SELECT id FROM {table} WHERE tenant_id=? AND name=? ORDER BY id LIMIT 1",
        (tenant_id, name),
    )
    return int(rows[0][0]) if rows else None
