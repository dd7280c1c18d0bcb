"""Writing: checked bodies → one call of the writer each; answers after the commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np

from mehrwert.base.clock import now_us
from mehrwert.observations import actions
from mehrwert.observations.choices import RowStatus
from mehrwert.observations.errors import BadReadingError, UnknownEntityError

from .bodies import DataArrayBody, Plan, Reading, reading_of
from .errors import (
    BadPathError,
    BadRequestError,
    BadValueError,
    NoPlaceError,
    OtherValueExistsError,
    RowRefusedError,
)
from .mapping import inverse
from .times import parse_instants

Context = actions.WriteContext
note_reads = actions.note_reads
Tx = Any
T = TypeVar("T")
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
# rows of a group from which on columns are quicker than rows
COLUMNS_FROM = 20
_USUAL = {"phenomenonTime", "result"}
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
_WORDS = {
    RowStatus.UNKNOWN_DATASTREAM: "unknown Datastream",
    RowStatus.UNKNOWN_FEATURE: "unknown FeatureOfInterest",
    RowStatus.NO_LOCATION: "the Thing has no Location",
    RowStatus.SERIES_FULL: "the Datastream is full",
    RowStatus.CONFLICT: "another result exists at this time",
}


class Recorded(NamedTuple):
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
    """Store one reading without parameters and the like (``Reading.extra``).

    Raises:
        BadPathError: The address names a series that does not exist.
        BadRequestError: It was refused.
        OtherValueExistsError: Strict mode.
        UnavailableError: Repeat later.
    """
    prepared = actions.prepare_reading(
        now_us() if reading.time_us is None else reading.time_us,
        reading.result,
        end_us=reading.end_us,
        result_time_us=reading.result_time_us,
        feature_id=reading.feature_id,
    )
    row_id, status = await actions.arecord_reading(context, series, prepared)
    if is_in_path and status is RowStatus.UNKNOWN_DATASTREAM:
        raise BadPathError(part=f"Datastreams({series})")
    return _recorded(row_id, status)


def _recorded(row_id: int | None, status: RowStatus) -> Recorded:
    if row_id is None:
        if status is RowStatus.CONFLICT:
            raise OtherValueExistsError
        if status is RowStatus.NO_LOCATION:
            raise NoPlaceError
        raise RowRefusedError(reason=_WORDS.get(status, status.value))
    return Recorded(row_id, status is RowStatus.DUPLICATE)


@dataclass(slots=True)
class Arrays:
    """Rows of ``CreateObservations``: usable ones as columns, answers to all in order."""

    answers: list[int | str]
    batches: list[actions.ReadingBatch]
    places: list[Sequence[int]]


def arrange(groups: list[DataArrayBody], may_write: Callable[[int], bool]) -> Arrays:
    """Return the rows ready to be stored."""
    arrays = Arrays([], [], [])
    ready: Sequence[actions.ReadingBatch | None]
    ready = _columns_of(groups) or [None] * len(groups)
    for group, columns in zip(groups, ready, strict=True):
        batch, where = _batch_of(group, columns, arrays.answers)
        if batch is not None and not may_write(group.datastream.id):
            for i in where:
                arrays.answers[i] = "error: unknown Datastream"
        elif batch is not None:
            arrays.batches.append(batch)
            arrays.places.append(where)
    return arrays


def _batch_of(
    group: DataArrayBody, batch: actions.ReadingBatch | None, answers: list[int | str]
) -> tuple[actions.ReadingBatch | None, Sequence[int]]:
    """Return the usable rows of a group and their places in ``answers``.

    Args:
        group: As sent.
        batch: Its rows as columns, if that was possible.
        answers: Grows by one for each row.
    """
    if batch is None:
        columns = _columns_of([group])
        batch = columns[0] if columns else None
    if batch is not None:
        first = len(answers)
        answers += [0] * len(group.rows)
        return batch, range(first, len(answers))
    good, where = _readings_of(group, answers)
    return (batch_of(group.datastream.id, good) if good else None), where


def _columns_of(groups: list[DataArrayBody]) -> list[actions.ReadingBatch] | None:
    """Return usual groups as columns, all their times read at once.

    Returns:
        None if one of them must be looked at row by row, or if there are few rows.
    """
    sizes = [len(group.rows) for group in groups]
    if sum(sizes) < COLUMNS_FROM or any(set(group.components) != _USUAL for group in groups):
        return None
    try:
        columns = [
            dict(zip(group.components, zip(*group.rows, strict=True), strict=True))
            for group in groups
        ]
    except ValueError:
        return None
    times = parse_instants([text for one in columns for text in one["phenomenonTime"]])
    if times is None:
        return None
    parts = np.split(times, np.cumsum(sizes)[:-1])
    return [
        actions.ReadingBatch(group.datastream.id, part, one["result"], feature_required=True)
        for group, part, one in zip(groups, parts, columns, strict=True)
    ]


async def record_arrays(context: Context, arrays: Arrays) -> list[int | str]:
    """Store the rows of ``CreateObservations``; return id or error per row, in order."""
    if arrays.batches:
        try:
            outcome = await actions.arecord_observations(context, arrays.batches)
        except BadReadingError as error:
            raise BadValueError(field=f"dataArray[{error.data['row']}]") from error
        _note(arrays, outcome)
    return arrays.answers


def record_arrays_in(tx: Tx, context: Context, arrays: Arrays) -> list[int | str]:
    """Do the same as part of a transaction."""
    if arrays.batches:
        try:
            outcome = actions.record_in(tx, context, arrays.batches)
        except BadReadingError as error:
            raise BadValueError(field=f"dataArray[{error.data['row']}]") from error
        _note(arrays, outcome)
    return arrays.answers


def _note(arrays: Arrays, outcome: actions.WriteOutcome) -> None:
    for rows, where in zip(outcome.rows, arrays.places, strict=True):
        if isinstance(where, range) and outcome.failed == 0 and None not in rows.ids:
            arrays.answers[where.start : where.stop] = rows.ids  # type: ignore[assignment]
            continue
        for i, row_id, status in zip(where, rows.ids, rows.statuses, strict=True):
            if row_id is None:
                arrays.answers[i] = f"error: {_WORDS.get(status, status.value)}"
            else:
                arrays.answers[i] = row_id


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


async def in_transaction(work: Callable[[Tx], T]) -> T:
    """Run changes as one transaction: all or nothing."""
    result: T = await actions.atransact(work)
    return result


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
    )
    batch = batch_of(links["Datastream"][0], [extended])
    rows = actions.record_in(tx, context, [batch]).rows[0]
    return _recorded(rows.ids[0], rows.statuses[0])


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
