"""Reading: a parsed address and its options → the answer as JSON."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from mehrwert.observations.queries import (
    Inside,
    Limits,
    Select,
    SelectResult,
    Step,
    UnknownPathError,
    exists,
    has_restricted_at_hand,
    read_as_of,
    read_restricted,
    run_select,
    run_single,
)
from mehrwert.observations.queries.tree import Both, Compare, Expression, Path, Period

from . import aggregates
from .bodies import Plan
from .conformance import conformance
from .errors import BadOptionError, BadPathError
from .formats.data_array import data_arrays
from .formats.geojson import geojson_of
from .formats.tables import csv_of
from .grammar.words import distinct_paths
from .mapping import BY_KIND, SETS, TYPES, EntityType, self_link, show
from .options import Options, next_query
from .paths import Resource
from .reads import restricted_in
from .rendering import lean
from .texts import entities_json, entity_json

_OPEN = Limits()
# the rows of a page of 100 things with their 100 series each and one reading of those
BOUNDED_ROWS = 10_000
_WITH_PATHS = frozenset({"$filter", "$orderby", "$expand"})
JSON = b"application/json"
TEXT = b"text/plain; charset=utf-8"
_STREAMED = {
    "CSV": (b"text/csv; charset=utf-8", csv_of),
    "GeoJSON": (b"application/geo+json", geojson_of),
}


@dataclass(frozen=True, slots=True)
class Place:
    """From where one asks: the root of the addresses, the tenant, what is visible of it."""

    root: str
    tenant_id: int
    limits: Limits = _OPEN
    # read in this open transaction instead of in the store
    inside: Inside | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Body of a GET with its type."""

    body: bytes
    content_type: bytes = JSON
    chunks: Iterator[bytes] | None = None
    # restricted series whose values are in it
    restricted: frozenset[int] = frozenset()


def read_root(root: str, mqtt: dict[str, Any]) -> Answer:
    """Return the eight sets and what is met of the standard; ``mqtt`` are the endpoints there."""
    sets = [{"name": name, "url": f"{root}/{name}"} for name in SETS]
    settings = {"conformance": conformance(with_broker=bool(mqtt)), **mqtt}
    return _json({"value": sets, "serverSettings": settings})


def read_resource(place: Place, resource: Resource, options: Options, path: str) -> Answer:
    """Read an entity, a set, a property or references.

    Raises:
        NotFoundError: Something along the path does not exist in the tenant.
        InvalidInputError: Options that do not fit.
    """
    _check(resource, options)
    if options.as_of_us is not None:
        place = _then(place, resource, options, options.as_of_us)
    if options.apply or options.points:
        return _summed(place, resource, options)
    if options.format in _STREAMED:
        return _streamed(place, resource, options)
    result = run_select(select_of(place, resource, options), place.inside)
    return _shown(place, resource, options, (path, result))


async def read_quickly(
    place: Place, resource: Resource, options: Options, path: str
) -> Answer | None:
    """Read in an event loop what ``is_quick`` allows.

    Returns:
        None if this takes more than one statement or finds nothing: ``read_resource`` shall do it.
    """
    _check(resource, options)
    if not has_restricted_at_hand(place.tenant_id):
        await asyncio.to_thread(read_restricted, place.tenant_id)
    result = await run_single(select_of(place, resource, options))
    return None if result is None else _shown(place, resource, options, (path, result))


def _shown(
    place: Place, resource: Resource, options: Options, found: tuple[str, SelectResult]
) -> Answer:
    """Return what was found below a path as the standard writes it."""
    path, result = found
    restricted = restricted_in(place.tenant_id, result)
    if not result.is_set:
        return replace(_one(place, resource, options, result), restricted=restricted)
    shown: dict[str, Any] = {}
    if result.count is not None:
        shown["@iot.count"] = result.count
    if result.is_count_estimated:
        shown["@iot.countEstimated"] = True
    shown["value"] = _rows(place, resource, options, result)
    if result.next_key is not None:
        shown["@iot.nextLink"] = f"{place.root}/{path}?{next_query(options, result.next_key)}"
    return replace(_json(lean(shown, options.metadata)), restricted=restricted)


def _then(place: Place, resource: Resource, options: Options, at_us: int) -> Place:
    """Return the place as it was at a time: metadata only, readings have no such history.

    Raises:
        BadOptionError: Readings are asked for, or something that cannot be said of then.
    """
    reads = any(step.kind == "observation" for step in resource.steps)
    asked = "".join(text for name, text in options.given if name in _WITH_PATHS)
    if reads or "Observations" in asked or options.format:
        raise BadOptionError(option="$asof")
    return replace(place, inside=read_as_of(place.tenant_id, at_us))


def _rows(place: Place, resource: Resource, options: Options, result: SelectResult) -> Any:
    entity = resource.entity
    if resource.end == "$ref":
        return [{"@iot.selfLink": self_link(place.root, entity, row[0])} for row in result.rows]
    if options.format == "dataArray":
        return data_arrays(place.root, options, result)
    return msgspec.Raw(entities_json(place.root, entity, result.rows, options, result.levels))


def _summed(place: Place, resource: Resource, options: Options) -> Answer:
    """Answer ``$apply`` and ``$decimate``."""
    aggregates.check(options, is_series=is_in_series(resource) and resource.is_plain)
    series = find_id(place, resource.steps[:-1])
    if options.apply:
        answer = Answer(aggregates.aggregated(place.tenant_id, series, options, options.apply))
    else:
        answer = _json(aggregates.decimated(place.root, place.tenant_id, series, options))
    return replace(answer, restricted=frozenset({series}))


def _streamed(place: Place, resource: Resource, options: Options) -> Answer:
    """Answer all rows, or as many as ``$top`` says, piece by piece."""
    if not resource.is_plain:
        raise BadOptionError(option="$resultFormat")
    content_type, stream = _STREAMED[options.format]
    asked = dict(options.given).get("$top")
    most = None if asked is None else int(asked)
    select = select_of(place, resource, options)
    chunks = stream(place.root, resource.entity, options, select, most)
    restricted: frozenset[int] = frozenset()
    if resource.entity.kind == "observation":  # which of them comes is not known before
        restricted = frozenset(read_restricted(place.tenant_id))
        if is_in_series(resource):
            restricted &= {find_id(place, resource.steps[:-1])}
    return Answer(b"", content_type, chunks, restricted)


def _check(resource: Resource, options: Options) -> None:
    """Refuse options that would be ignored: the answer would lie."""
    if not resource.is_set:
        for name in ("$filter", "$skiptoken", "$apply", "$decimate", "$resultFormat"):
            if options.has(name):
                raise BadOptionError(option=name)
        if options.distinct:
            raise BadOptionError(option="$select=distinct:")
    if options.distinct and (options.expand or options.format):
        raise BadOptionError(option="$select=distinct:")
    if not resource.is_plain and options.has("$expand"):
        raise BadOptionError(option="$expand")
    if options.format == "dataArray" and resource.entity.kind != "observation":
        raise BadOptionError(option="$resultFormat=dataArray")


def is_in_series(resource: Resource) -> bool:
    """Say whether the readings asked for are those of one series."""
    steps = resource.steps
    return len(steps) > 1 and steps[-2].kind == "datastream" and steps[-1].kind == "observation"


def is_quick(resource: Resource, options: Options) -> bool:
    """Say whether the answer takes index seeks only: read at once instead of in a thread."""
    if options.expand or options.apply or options.points or options.format:
        return False
    if options.as_of_us is not None or options.distinct:
        return False
    if not resource.is_set:
        return True
    if options.top > 100 or options.skip > 100:
        return False
    if options.count and (options.filter is not None or not is_in_series(resource)):
        return False  # only the number of readings of a series is kept
    if resource.entity.kind != "observation":
        return options.filter is None and not options.order
    by_time = all(order.key == Path("time") for order in options.order)
    return is_in_series(resource) and by_time and _is_time_range(options.filter)


def is_bounded(resource: Resource, options: Options) -> bool:
    """Say whether seeks of known number answer: a page, with what hangs on it.

    Such reads run one after the other in one thread. Most of their work is done in Python, so that
    several at a time would only take the interpreter away from each other.
    """
    if options.apply or options.points or options.format in _STREAMED:
        return False
    if options.count and (options.filter is not None or not is_in_series(resource)):
        return False
    if options.as_of_us is not None or options.distinct or options.skip > BOUNDED_ROWS:
        return False
    of_readings = resource.entity.kind == "observation"
    if of_readings and resource.is_set and not is_in_series(resource):
        return False
    rows = options.top if resource.is_set else 1
    return _is_plain(options, of_readings=of_readings) and _rows_below(options, rows)


def _rows_below(options: Options, rows: int) -> bool:
    """Say whether at most so many rows come, with all that is expanded."""
    if rows > BOUNDED_ROWS:
        return False
    for expansion in options.expand:
        inner = expansion.options
        if inner.count or not _is_plain(inner, of_readings=expansion.nav == "Observations"):
            return False
        if not _rows_below(inner, rows * max(1, inner.top)):
            return False
    return True


def _is_plain(options: Options, *, of_readings: bool) -> bool:
    """Say whether condition and order are met by seeking."""
    if options.filter is not None and not (of_readings and _is_time_range(options.filter)):
        return False
    if not of_readings:
        return True
    return all(order.key == Path("time") for order in options.order)


def _is_time_range(condition: Expression | None) -> bool:
    if isinstance(condition, Both):
        return all(_is_time_range(part) for part in condition.parts)
    if isinstance(condition, Compare):
        return condition.left == Path("time") and isinstance(condition.right, Period)
    return condition is None


def find_id(place: Place, steps: tuple[Step, ...]) -> int:
    """Return the id of the entity at the end of a path.

    Raises:
        UnknownPathError: It does not exist in the tenant.
    """
    result = run_select(Select(place.tenant_id, steps, place.limits), place.inside)
    if result.is_set:
        raise UnknownPathError
    return int(result.rows[0][0])


def is_there(place: Place, step: Step) -> bool:
    """Say whether an entity exists in the tenant and may be seen."""
    return exists(place.tenant_id, place.limits, (step,), place.inside)


def read_document(place: Place, entity: EntityType, row_id: int) -> dict[str, Any]:
    """Return an entity as JSON Patch sees it: id, properties, links to one as ``{"@iot.id"}``.

    Raises:
        UnknownPathError: It does not exist in the tenant.
    """
    step = Step(entity.kind, None, row_id)
    result = run_select(Select(place.tenant_id, (step,), place.limits), place.inside)
    shown = msgspec.json.decode(msgspec.json.encode(show(place.root, entity, result.rows[0])))
    document = {k: v for k, v in shown.items() if k == "@iot.id" or "@iot." not in k}
    for name, nav in entity.navs.items():
        if not nav.many:
            linked = Step(TYPES[nav.entity].kind, nav.relation, None)
            document[name] = {"@iot.id": find_id(place, (step, linked))}
    return document


def link_known(place: Place, plan: Plan) -> None:
    """Turn inline entities whose id exists into links; others are created.

    Raises:
        BadRequestError: One that does not exist is not complete enough to be created.
    """
    for name, plans in list(plan.inline.items()):
        fresh = []
        for inner in plans:
            step = Step(inner.entity.kind, None, inner.given_id)
            if inner.given_id and is_there(place, step):
                plan.links.setdefault(name, []).append(inner.given_id)
            elif inner.problem is not None:
                raise inner.problem
            else:
                link_known(place, inner)
                fresh.append(inner)
        plan.inline[name] = fresh
    plan.inline = {name: plans for name, plans in plan.inline.items() if plans}


def select_of(place: Place, resource: Resource, options: Options) -> Select:
    """Return what is asked as the house says it."""
    return Select(
        place.tenant_id,
        resource.steps,
        place.limits,
        options.top,
        options.skip,
        options.count,
        options.filter,
        options.order,
        tuple(expansion.tree() for expansion in options.expand),
        options.after,
        distinct_paths(resource.entity, options.chosen or ()) if options.distinct else (),
    )


def _one(place: Place, resource: Resource, options: Options, result: SelectResult) -> Answer:
    entity, row = BY_KIND[result.kind], result.rows[0]
    if resource.end == "$ref":
        return _json({"@iot.selfLink": self_link(place.root, entity, row[0])})
    if resource.property_path:
        return _property(place, resource, entity, row)
    return Answer(entity_json(place.root, entity, row, options, result.levels))


def _property(place: Place, resource: Resource, entity: EntityType, row: tuple[Any, ...]) -> Answer:
    """Return one property as an object with exactly that key, or its bare value."""
    shown = msgspec.json.decode(msgspec.json.encode(show(place.root, entity, row)))
    first, *rest = resource.property_path
    value = shown.get({"id": "@iot.id", "selfLink": "@iot.selfLink"}.get(first, first))
    for part in rest:
        if not isinstance(value, dict) or part not in value:
            raise BadPathError(part="/".join(resource.property_path)[:60])
        value = value[part]
    if resource.end == "$value":
        text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
        return Answer(text.encode(), TEXT)
    return _json({resource.property_path[-1]: value})


def _json(value: Any) -> Answer:
    return Answer(msgspec.json.encode(value))
