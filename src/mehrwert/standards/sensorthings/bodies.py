"""Bodies of requests: JSON → checked plans, without touching the store."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from mehrwert.base.json_patch import is_same
from mehrwert.observations.actions import Extra
from mehrwert.observations.choices import QUALITY_WORDS

from .errors import (
    BadJsonError,
    BadRequestError,
    BadValueError,
    MissingValueError,
    UnknownPropertyError,
)
from .mapping import TYPES, EntityType, inverse
from .times import parse_instant, parse_time

MAX_ID = 2**53
MAX_ENTITIES = 2_000
_OBJECTS = {"properties": (dict, type(None)), "location": (dict,), "feature": (dict,)}
FLAGS = {word: int(flag) for flag, word in QUALITY_WORDS.items()} | {"unchecked": 0}
_OPTIONAL = frozenset({"properties", "resultTime", "resultQuality", "validTime", "parameters"})
_TEXTS = frozenset({"name", "description", "definition", "encodingType", "observationType"})


class Link(msgspec.Struct, forbid_unknown_fields=True):
    """A link to an existing entity."""

    id: int = msgspec.field(name="@iot.id")


class ObservationBody(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """The usual body of a reading; everything else takes the slow way."""

    result: Any
    phenomenon_time: str | None = None
    result_time: str | None = None
    datastream: Link | None = msgspec.field(name="Datastream", default=None)
    feature: Link | None = msgspec.field(name="FeatureOfInterest", default=None)


class DataArrayBody(msgspec.Struct):
    """One group of ``CreateObservations``."""

    datastream: Link = msgspec.field(name="Datastream")
    components: list[str]
    rows: list[list[Any]] = msgspec.field(name="dataArray")


class Reading(NamedTuple):
    """One reading to store; ``time_us`` None is now."""

    result: Any
    time_us: int | None = None
    end_us: int | None = None
    result_time_us: int | None = None
    feature_id: int | None = None
    extra: Extra | None = None
    quality: int = 0


@dataclass(slots=True)
class Plan:
    """One entity to create, with what it links to and what is created around it."""

    entity: EntityType
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)
    inline: dict[str, list["Plan"]] = field(default_factory=dict)
    reading: Reading | None = None
    # an inline entity that names an id is a link if that exists (clients send whole entities)
    given_id: int | None = None
    problem: BadRequestError | None = None


_observation_decoder = msgspec.json.Decoder(ObservationBody)
_arrays_decoder = msgspec.json.Decoder(list[DataArrayBody])


def decode(body: bytes) -> Any:
    """Return any JSON value.

    Raises:
        BadJsonError: It is none.
    """
    try:
        return msgspec.json.decode(body)
    except (ValueError, RecursionError) as error:
        raise BadJsonError from error


def quick_observation(body: bytes, series: int | None) -> tuple[int, Reading] | None:
    """Return series and reading of a usual body, None for one that needs the slow way.

    Args:
        body: As sent.
        series: Id from the address, if it names a series.
    """
    try:
        given = _observation_decoder.decode(body)
    except (ValueError, RecursionError):
        return None
    if given.datastream is not None and series is None:
        series = given.datastream.id
    if series is None or not 0 < series < MAX_ID:
        return None
    start, end = (
        (None, None) if given.phenomenon_time is None else parse_time(given.phenomenon_time)
    )
    result_time = None
    if given.result_time is not None:
        result_time = parse_instant(given.result_time, "resultTime")
    feature = None if given.feature is None else given.feature.id
    return series, Reading(given.result, start, end, result_time, feature)


def decode_arrays(body: bytes) -> list[DataArrayBody]:
    """Return the groups of ``CreateObservations``.

    Raises:
        BadJsonError, MissingValueError: Nothing may be stored.
    """
    try:
        groups = _arrays_decoder.decode(body)
    except (ValueError, RecursionError) as error:
        raise BadJsonError from error
    for group in groups:
        for name in ("phenomenonTime", "result"):
            if name not in group.components:
                raise MissingValueError(field=name)
        if len(set(group.components)) != len(group.components):
            raise BadValueError(field="components")
        for name in group.components:
            if name not in _COMPONENTS:
                raise UnknownPropertyError(field=name[:60])
    return groups


_COMPONENTS = frozenset(
    {
        *("phenomenonTime", "result", "resultTime", "FeatureOfInterest/id"),
        *("resultQuality", "validTime", "parameters"),
    }
)


def reading_of(given: dict[str, Any]) -> Reading:
    """Return a reading from its properties, checked.

    Raises:
        BadValueError, MissingValueError: As named.
    """
    if "result" not in given:
        raise MissingValueError(field="result")
    start: int | None = None
    end: int | None = None
    if given.get("phenomenonTime") is not None:
        start, end = parse_time(given["phenomenonTime"])
    result_time = None
    if given.get("resultTime") is not None:
        result_time = parse_instant(given["resultTime"], "resultTime")
    feature = given.get("FeatureOfInterest/id")
    if feature is not None:
        feature = _checked_id(feature, "FeatureOfInterest")
    flag, said = flag_of(given.get("resultQuality"))
    extra = _extra(given, said)
    return Reading(given["result"], start, end, result_time, feature, extra, flag)


def flag_of(quality: Any) -> tuple[int, Any]:
    """Return the flag that one of the fixed words means, and what else is said of the quality."""
    flag = FLAGS.get(quality) if isinstance(quality, str) else None
    return (0, quality) if flag is None else (flag, None)


def _extra(given: dict[str, Any], quality: Any) -> Extra | None:
    parameters = given.get("parameters")
    if parameters is not None and not isinstance(parameters, dict):
        raise BadValueError(field="parameters")
    start = end = None
    if given.get("validTime") is not None:
        start, end = parse_time(given["validTime"], "validTime")
    if parameters is None and quality is None and start is None:
        return None
    return Extra(parameters, start, end, quality)


def plan_entity(entity: EntityType, body: Any, *, linked: tuple[str, int] | None = None) -> Plan:
    """Check a body of a new entity, to any depth.

    Args:
        entity: What is to be created.
        body: The JSON value.
        linked: Relation and id that the address gives.

    Raises:
        BadRequestError: Nothing may be stored.
    """
    counter = [0]
    plan = _plan(entity, body, counter, linked[0] if linked else "")
    if linked is not None:
        plan.inline.pop(linked[0], None)
        plan.links[linked[0]] = [linked[1]]
    return plan


def _plan(entity: EntityType, body: Any, counter: list[int], given_by: str) -> Plan:
    if not isinstance(body, dict):
        raise BadJsonError
    counter[0] += 1
    if counter[0] > MAX_ENTITIES:
        raise BadValueError(field=entity.set_name)
    plan = Plan(entity)
    properties = _take(plan, body, counter, given_by)
    for name in entity.required:
        if name not in properties and name not in plan.links | plan.inline and name != given_by:
            raise MissingValueError(field=name)
    if entity.kind == "observation":
        plan.reading = reading_of(properties)
    else:
        plan.values = _values(entity, properties)
    return plan


def plan_change(entity: EntityType, body: Any, *, is_whole: bool = False) -> Plan:
    """Check a body of PATCH: any properties, links to existing entities only.

    Args:
        entity: What is to be changed.
        body: The JSON value.
        is_whole: PUT: mandatory properties must be there, optional ones are cleared.

    Raises:
        BadRequestError: Nothing may be stored.
    """
    if not isinstance(body, dict):
        raise BadJsonError
    plan = Plan(entity)
    properties = _take(plan, body, [0], "")
    if is_whole:
        for name in entity.required:
            if name not in entity.navs and name not in properties:
                raise MissingValueError(field=name)
        properties = dict.fromkeys(_OPTIONAL & entity.fields.keys()) | properties
    if entity.kind == "observation":
        plan.values = _reading_changes(properties)
    else:
        plan.values = _values(entity, properties)
    return plan


def changes_between(entity: EntityType, before: dict[str, Any], after: Any) -> dict[str, Any]:
    """Return what of an entity differs, as a body of PATCH.

    Raises:
        BadRequestError: No entity any more, something mandatory is gone, or what cannot change did.
    """
    if not isinstance(after, dict):
        raise BadJsonError
    body: dict[str, Any] = {}
    for name in before.keys() | after.keys():
        if name in before and name in after and is_same(before[name], after[name]):
            continue
        if name not in after and name not in _OPTIONAL:
            raise MissingValueError(field=name[:60])
        if name in entity.output_only or name == "@iot.id":
            raise BadValueError(field=name)
        body[name] = after.get(name)
    return body


def _reading_changes(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a stored reading that change."""
    reading = reading_of({"result": None, **given})
    extra = reading.extra or Extra()
    fields: dict[str, Any] = {}
    if "result" in given:
        fields["result"] = given["result"]
    if given.get("phenomenonTime") is not None:
        fields |= {"time_us": reading.time_us, "end_us": reading.end_us}
    if "resultTime" in given:
        fields["result_time_us"] = reading.result_time_us
    if "parameters" in given:
        fields["parameters"] = extra.parameters
    if "resultQuality" in given:
        fields["result_quality"] = extra.result_quality
        fields["quality"] = reading.quality
    if "validTime" in given:
        fields |= {"valid_start_us": extra.valid_start_us, "valid_end_us": extra.valid_end_us}
    return fields


def _take(plan: Plan, body: dict[str, Any], counter: list[int], given_by: str) -> dict[str, Any]:
    """Put links and inline entities into the plan; return the properties."""
    entity = plan.entity
    properties: dict[str, Any] = {}
    for name, value in body.items():
        if name == given_by:
            continue
        if name in entity.navs:
            _plan_nav(plan, name, value, counter)
        elif name in entity.fields:
            properties[name] = value
        elif not _is_ignored(name, entity):
            raise UnknownPropertyError(field=name[:60])
    return properties


def _is_ignored(name: str, entity: EntityType) -> bool:
    """Say whether a name comes from reading the entity back: so that GET → PUT works."""
    return name.startswith("@iot.") or "@iot." in name or name in entity.output_only | {"id"}


def _plan_nav(plan: Plan, name: str, value: Any, counter: list[int]) -> None:
    nav = plan.entity.navs[name]
    target = TYPES[nav.entity]
    items = value if isinstance(value, list) else [value]
    if isinstance(value, list) and not nav.many:
        raise BadValueError(field=name)
    for item in items:
        if isinstance(item, dict) and set(item) == {"@iot.id"}:
            plan.links.setdefault(name, []).append(_checked_id(item["@iot.id"], name))
        else:
            back = inverse(plan.entity, name)
            plan.inline.setdefault(name, []).append(_plan_inline(target, item, counter, back))


def _plan_inline(target: EntityType, item: Any, counter: list[int], back: str) -> Plan:
    given_id = item.get("@iot.id") if isinstance(item, dict) else None
    if type(given_id) is not int or not 0 < given_id < MAX_ID:
        return _plan(target, item, counter, back)
    try:
        plan = _plan(target, item, counter, back)
    except BadRequestError as error:
        plan = Plan(target, problem=error)
    plan.given_id = given_id
    return plan


def _checked_id(value: Any, name: str) -> int:
    if type(value) is not int or not 0 < value < MAX_ID:
        raise BadValueError(field=name)
    return value


def _values(entity: EntityType, properties: dict[str, Any]) -> dict[str, Any]:
    """Return fields of the house with checked values."""
    values: dict[str, Any] = {}
    for name, value in properties.items():
        if name in _TEXTS and not (isinstance(value, str) and "\x00" not in value):
            raise BadValueError(field=name)
        if name == "unitOfMeasurement":
            values |= _unit(value)
        elif name == "time":
            values["time_us"] = parse_instant(value, "time")
        elif name in _OBJECTS and not isinstance(value, _OBJECTS[name]):
            raise BadValueError(field=name)
        else:
            values[entity.fields[name]] = value
    return values


def _unit(value: Any) -> dict[str, str | None]:
    if not isinstance(value, dict):
        raise BadValueError(field="unitOfMeasurement")
    unit: dict[str, str | None] = {}
    for name in ("name", "symbol", "definition"):
        part = value.get(name)
        if part is not None and (not isinstance(part, str) or "\x00" in part):
            raise BadValueError(field=f"unitOfMeasurement/{name}")
        unit[f"unit_{name}"] = part
    if set(value) - {"name", "symbol", "definition"}:
        raise UnknownPropertyError(field="unitOfMeasurement")
    return unit


__all__ = ["Plan", "Reading", "decode", "plan_change", "plan_entity"]
