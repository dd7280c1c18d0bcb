"""Writing: checked bodies → one call of the writer each; answers after the commit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mehrwert.base.clock import now_us
from mehrwert.observations import actions
from mehrwert.observations.choices import RowStatus
from mehrwert.observations.errors import BadReadingError

from .bodies import DataArrayBody, Plan, Reading, reading_of
from .errors import (
    BadPathError,
    BadRequestError,
    BadValueError,
    NoPlaceError,
    NotBuiltError,
    OtherValueExistsError,
    RowRefusedError,
)
from .mapping import inverse

Context = actions.WriteContext
Tx = Any
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
_WORDS = {
    RowStatus.UNKNOWN_DATASTREAM: "unknown Datastream",
    RowStatus.UNKNOWN_FEATURE: "unknown FeatureOfInterest",
    RowStatus.NO_LOCATION: "the Thing has no Location",
    RowStatus.SERIES_FULL: "the Datastream is full",
    RowStatus.CONFLICT: "another result exists at this time",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """Id of a reading and whether it was there before."""

    id: int
    is_duplicate: bool


def batch_of(series: int, readings: list[Reading]) -> actions.ReadingBatch:
    """Return readings of one series as columns."""
    now = 0
    times = []
    for reading in readings:
        if reading.time_us is None:
            now = now or now_us()
            times.append(now)
        else:
            times.append(reading.time_us)
    batch = actions.ReadingBatch(series, times, [r.result for r in readings])
    batch.feature_required = True
    for r in readings:
        if r.end_us is not None:
            batch.ends_us = [x.end_us for x in readings]
        if r.result_time_us is not None:
            batch.result_times_us = [x.result_time_us for x in readings]
        if r.feature_id is not None:
            batch.feature_ids = [x.feature_id for x in readings]
        if r.extra is not None:
            batch.extras = [x.extra for x in readings]
    return batch


async def record_one(
    context: Context, series: int, reading: Reading, *, is_in_path: bool = False
) -> Recorded:
    """Store one reading.

    Raises:
        BadPathError: The address names a series that does not exist.
        BadRequestError: It was refused.
        OtherValueExistsError: Strict mode.
        UnavailableError: Repeat later.
    """
    outcome = await actions.arecord_observations(context, [batch_of(series, [reading])])
    if is_in_path and outcome.rows[0].statuses[0] is RowStatus.UNKNOWN_DATASTREAM:
        raise BadPathError(part=f"Datastreams({series})")
    return _recorded(outcome)


def _recorded(outcome: actions.WriteOutcome) -> Recorded:
    rows = outcome.rows[0]
    row_id, status = rows.ids[0], rows.statuses[0]
    if row_id is None:
        if status is RowStatus.CONFLICT:
            raise OtherValueExistsError
        if status is RowStatus.NO_LOCATION:
            raise NoPlaceError
        raise RowRefusedError(reason=_WORDS.get(status, status.value))
    return Recorded(row_id, status is RowStatus.DUPLICATE)


async def record_arrays(
    context: Context, groups: list[DataArrayBody], may_write: Callable[[int], bool]
) -> list[int | str]:
    """Store the rows of ``CreateObservations``; return id or error per row, in order."""
    answers: list[int | str] = []
    batches: list[actions.ReadingBatch] = []
    places: list[list[int]] = []
    for group in groups:
        good, where = _readings_of(group, answers)
        if good and not may_write(group.datastream.id):
            for i in where:
                answers[i] = "error: unknown Datastream"
        elif good:
            batches.append(batch_of(group.datastream.id, good))
            places.append(where)
    if batches:
        try:
            outcome = await actions.arecord_observations(context, batches)
        except BadReadingError as error:
            raise BadValueError(field=f"dataArray[{error.data['row']}]") from error
        for rows, where in zip(outcome.rows, places, strict=True):
            for i, row_id, status in zip(where, rows.ids, rows.statuses, strict=True):
                answers[i] = (
                    f"error: {_WORDS.get(status, status.value)}" if row_id is None else row_id
                )
    return answers


def _readings_of(group: DataArrayBody, answers: list[int | str]) -> tuple[list[Reading], list[int]]:
    """Return usable readings and their places in ``answers``; others get their error there."""
    names = group.components
    width = len(names)
    good: list[Reading] = []
    where: list[int] = []
    for row in group.rows:
        answers.append(0)
        try:
            if len(row) != width:
                raise BadValueError(field="dataArray")
            good.append(reading_of(dict(zip(names, row, strict=True))))
        except BadRequestError as error:
            answers[-1] = f"error: {error.data.get('field', error.code)}"
        else:
            where.append(len(answers) - 1)
    return good, where


async def create_entity(context: Context, plan: Plan) -> Recorded:
    """Create an entity and all that is given with it, all or nothing."""
    made: Recorded = await actions.atransact(lambda tx: _create(context, tx, plan))
    return made


def _create(context: Context, tx: Tx, plan: Plan) -> Recorded:
    kind = plan.entity.kind
    links = {name: list(ids) for name, ids in plan.links.items()}
    after: dict[str, list[Plan]] = {}
    for name, plans in plan.inline.items():
        if not plan.entity.navs[name].many or name in ("Locations", "Things"):
            made = [_create(context, tx, inner).id for inner in plans]
            links.setdefault(name, []).extend(made)
        else:
            after[name] = plans
    if kind == "observation":
        return _create_reading(context, tx, plan, links)
    if kind == "historical_location":
        row_id = actions.add_historical_location(
            context,
            links["Thing"][0],
            plan.values["time_us"],
            links.get("Locations", []),
            tx=tx,
        )
    else:
        row_id = _CREATE[kind](context, tx=tx, **plan.values, **_arguments(kind, links))
    for name, plans in after.items():
        for inner in plans:
            inner.links[inverse(plan.entity, name)] = [row_id]
            _create(context, tx, inner)
    return Recorded(row_id, False)


def _arguments(kind: str, links: dict[str, list[int]]) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    for name, ids in links.items():
        if name in _OWN:
            if len(ids) != 1:
                raise BadValueError(field=name)
            arguments[_OWN[name]] = ids[0]
        elif (kind, name) in _MANY:
            arguments[_MANY[(kind, name)]] = ids
        else:
            raise NotBuiltError(part=f"{name}@iot.id")
    return arguments


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
    )
    batch = batch_of(links["Datastream"][0], [extended])
    return _recorded(actions.record_in(tx, context, [batch]))


async def delete_entity(context: Context, kind: str, row_id: int) -> None:
    """Delete an entity with all that hangs on it.

    Raises:
        UnknownEntityError: No such entity in the tenant.
    """
    await actions.atransact(lambda tx: _DELETE[kind](context, row_id, tx=tx))


async def change_entity(context: Context, row_id: int, plan: Plan) -> None:
    """Change given properties and links to one of an entity; all or nothing.

    Raises:
        BadValueError: It holds new entities.
        NotBuiltError: Historical locations, and links to many other than ``Thing.Locations``.
    """
    kind = plan.entity.kind
    if kind not in _UPDATE:
        raise NotBuiltError(part=f"PATCH {plan.entity.set_name}")
    if plan.inline:
        raise BadValueError(field=next(iter(plan.inline)))
    links = dict(plan.links)
    places = links.pop("Locations", None) if kind == "thing" else None
    arguments = _arguments(kind, links)
    if "thing_ids" in arguments:
        raise NotBuiltError(part="PATCH Things")

    def work(tx: Tx) -> None:
        _UPDATE[kind](context, row_id, tx=tx, **plan.values, **arguments)
        if places is not None:
            actions.set_thing_locations(context, row_id, places, tx=tx)

    await actions.atransact(work)


async def place_thing(context: Context, thing_id: int, location_ids: list[int]) -> None:
    """Say where a thing is from now on."""
    await actions.atransact(
        lambda tx: actions.set_thing_locations(context, thing_id, location_ids, tx=tx)
    )
