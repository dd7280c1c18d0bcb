"""Writing entities and their links, as part of a transaction."""

from collections.abc import Callable, Sequence
from typing import Any

from mehrwert.observations import actions
from mehrwert.observations.errors import UnknownEntityError

from ..bodies import Plan, Reading
from ..errors import BadRequestError, BadValueError
from ..mapping import inverse
from .common import Tx
from .readings import Context, Recorded, batch_of, recorded

_CREATE: dict[str, Callable[..., int]] = {
    "thing": actions.create_thing,
    "location": actions.create_location,
    "datastream": actions.create_datastream,
    "sensor": actions.create_sensor,
    "observed_property": actions.create_observed_property,
    "feature": actions.create_feature,
}
_DELETE: dict[str, Callable[..., None]] = {
    "thing": actions.delete_thing,
    "location": actions.delete_location,
    "historical_location": actions.delete_historical_location,
    "datastream": actions.delete_datastream,
    "sensor": actions.delete_sensor,
    "observed_property": actions.delete_observed_property,
    "observation": actions.delete_observation,
    "feature": actions.delete_feature,
}
_UPDATE: dict[str, Callable[..., None]] = {
    "thing": actions.update_thing,
    "location": actions.update_location,
    "datastream": actions.update_datastream,
    "sensor": actions.update_sensor,
    "observed_property": actions.update_observed_property,
    "feature": actions.update_feature,
    "observation": actions.update_observation,
    "historical_location": actions.update_historical_location,
}
# relations to one → argument of create
_OWN = {
    "Thing": "thing_id",
    "Sensor": "sensor_id",
    "ObservedProperty": "observed_property_id",
    "Datastream": "datastream_id",
    "FeatureOfInterest": "feature_id",
}
_MANY = {("thing", "Locations"): "location_ids", ("location", "Things"): "thing_ids"}
# relations to many: how one of the others is told that it belongs here
_ATTACH: dict[tuple[str, str], tuple[Callable[..., None], str]] = {
    ("thing", "Datastreams"): (actions.update_datastream, "thing_id"),
    ("thing", "HistoricalLocations"): (actions.update_historical_location, "thing_id"),
    ("sensor", "Datastreams"): (actions.update_datastream, "sensor_id"),
    ("observed_property", "Datastreams"): (actions.update_datastream, "observed_property_id"),
    ("datastream", "Observations"): (actions.update_observation, "datastream_id"),
    ("feature", "Observations"): (actions.update_observation, "feature_id"),
}


def create_entity(tx: Tx, context: Context, plan: Plan) -> Recorded:
    """Create an entity and all that is given with it.

    Raises:
        BadValueError: A link leads nowhere, or more than one where only one may be.
    """
    kind = plan.entity.kind
    links = {name: list(ids) for name, ids in plan.links.items()}
    after: dict[str, list[Plan]] = {}
    for name, plans in plan.inline.items():
        if not plan.entity.navs[name].many or name in ("Locations", "Things"):
            made = [create_entity(tx, context, inner).id for inner in plans]
            links.setdefault(name, []).extend(made)
        else:
            after[name] = plans
    if kind == "observation":
        return _create_reading(context, tx, plan, links)
    row_id, others = _create_row(tx, context, plan, links)
    for name, plans in after.items():
        for inner in plans:
            inner.links[inverse(plan.entity, name)] = [row_id]
            create_entity(tx, context, inner)
    for name, ids in others.items():
        attach(tx, context, (kind, row_id), name, ids)
    return Recorded(row_id, False)


def _create_row(
    tx: Tx, context: Context, plan: Plan, links: dict[str, list[int]]
) -> tuple[int, dict[str, list[int]]]:
    """Create the entity itself; return its id and the links that are still to be made."""
    kind = plan.entity.kind
    if kind == "historical_location":
        places = links.get("Locations", [])
        thing, time = links["Thing"][0], plan.values["time_us"]
        return actions.add_historical_location(context, thing, time, places, tx=tx), {}
    arguments, others = _arguments(kind, links)
    return _CREATE[kind](context, tx=tx, **plan.values, **arguments), others


def _arguments(
    kind: str, links: dict[str, list[int]]
) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Return links as arguments of an action, and those that need a change of the others."""
    arguments: dict[str, Any] = {}
    others: dict[str, list[int]] = {}
    for name, ids in links.items():
        if name in _OWN:
            if len(ids) != 1:
                raise BadValueError(field=name)
            arguments[_OWN[name]] = ids[0]
        elif (kind, name) in _MANY:
            arguments[_MANY[(kind, name)]] = ids
        else:
            others[name] = ids
    return arguments, others


def attach(tx: Tx, context: Context, owner: tuple[str, int], name: str, ids: Sequence[int]) -> None:
    """Link existing entities through a relation to many; a thing's places are replaced.

    Raises:
        BadValueError: One of them does not exist.
    """
    kind, row_id = owner
    try:
        if (kind, name) == ("thing", "Locations"):
            actions.set_thing_locations(context, row_id, ids, tx=tx)
            return
        for other in ids:
            _attach_one(tx, context, owner, name, other)
    except UnknownEntityError as error:
        raise BadValueError(field=name) from error


def _attach_one(tx: Tx, context: Context, owner: tuple[str, int], name: str, other: int) -> None:
    kind, row_id = owner
    if (kind, name) == ("location", "Things"):
        actions.set_thing_locations(context, other, [row_id], tx=tx)
    elif (kind, name) == ("location", "HistoricalLocations"):
        actions.update_historical_location(context, other, location_ids=[row_id], tx=tx)
    elif (kind, name) == ("historical_location", "Locations"):
        actions.update_historical_location(context, row_id, location_ids=[other], tx=tx)
    else:
        update, argument = _ATTACH[(kind, name)]
        update(context, other, tx=tx, **{argument: row_id})


def _create_reading(context: Context, tx: Tx, plan: Plan, links: dict[str, list[int]]) -> Recorded:
    reading = plan.reading
    if reading is None:
        raise BadRequestError
    feature = links.get("FeatureOfInterest", [None])[0]
    extended = Reading(
        reading.result,
        reading.time_us,
        reading.end_us,
        reading.result_time_us,
        feature or reading.feature_id,
        reading.extra,
        reading.quality,
    )
    batch = batch_of(links["Datastream"][0], [extended])
    rows = actions.record_in(tx, context, [batch]).rows[0]
    return recorded(rows.ids[0], rows.statuses[0])


def delete_entity(tx: Tx, context: Context, kind: str, row_id: int) -> None:
    """Delete an entity with all that hangs on it.

    Raises:
        UnknownEntityError: No such entity in the tenant.
    """
    _DELETE[kind](context, row_id, tx=tx)


def change_entity(tx: Tx, context: Context, row_id: int, plan: Plan) -> None:
    """Change given properties and links of an entity.

    Raises:
        BadValueError: It holds new entities, or a link leads nowhere.
        UnknownEntityError: No such entity in the tenant.
    """
    if plan.inline:
        raise BadValueError(field=next(iter(plan.inline)))
    kind = plan.entity.kind
    own = {name: ids for name, ids in plan.links.items() if not plan.entity.navs[name].many}
    arguments, _ = _arguments(kind, own)
    _UPDATE[kind](context, row_id, tx=tx, **plan.values, **arguments)
    for name, ids in plan.links.items():
        if name not in own:
            attach(tx, context, (kind, row_id), name, ids)
