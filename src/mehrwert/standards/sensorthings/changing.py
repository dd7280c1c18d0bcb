"""One request that changes something: checked first, then done inside a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from mehrwert.base.errors import BadPatchError
from mehrwert.base.json_patch import apply_patch
from mehrwert.observations.queries import Inside

from . import actions, queries
from .access import Visitor
from .bodies import (
    DataArrayBody,
    Plan,
    changes_between,
    decode,
    decode_arrays,
    plan_change,
    plan_entity,
)
from .errors import BadPathError, BadValueError, ConditionError, MethodError
from .mapping import BY_KIND, TYPES, EntityType, inverse
from .paths import MAX_ID, Resource, parse_path

CREATE_OBSERVATIONS = "CreateObservations"
BATCH = "$batch"
METHODS = frozenset({"POST", "PATCH", "PUT", "DELETE"})


@dataclass(frozen=True, slots=True)
class Change:
    """A request that changes something, taken apart.

    Args:
        method: POST, PATCH, PUT or DELETE.
        resource: What the address names; None is ``CreateObservations``.
        plan: The checked body; of PATCH with operations and of a link there is none.
        operations: JSON Patch.
        link: Id of an existing entity that is to be linked.
    """

    method: str
    resource: Resource | None
    plan: Plan | None = None
    operations: Any = None
    link: int = 0
    arrays: list[DataArrayBody] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a change: the entity it made or changed."""

    status: int
    entity: EntityType | None = None
    id: int = 0
    is_duplicate: bool = False
    rows: list[int | str] | None = None


def parse_change(
    method: str, path: str, headers: Mapping[str, str], body: bytes, visitor: Visitor
) -> Change:
    """Check everything that can be checked without the store.

    Raises:
        BadRequestError, NotFoundError, ForbiddenError, MethodError: Nothing may be stored.
        ConditionError: ``If-Match`` names a version.
    """
    if method not in METHODS:
        raise MethodError(method=method[:20])
    if path == CREATE_OBSERVATIONS and method == "POST":
        visitor.check_write(whole_tenant=False)
        return Change(method, None, arrays=decode_arrays(body))
    if not path or path in {BATCH, CREATE_OBSERVATIONS}:
        raise MethodError(method=method)
    resource = parse_path(path)
    is_reading = method == "POST" and resource.entity.kind == "observation"
    if resource.is_set is not (method == "POST") or not resource.is_plain:
        raise MethodError(method=method)
    visitor.check_write(whole_tenant=not is_reading)
    if method != "POST" and headers.get("if-match", "").strip() not in {"", "*"}:
        raise ConditionError  # nothing here has a tag that could match
    if method == "DELETE":
        return Change(method, resource)
    if method == "POST":
        return _parse_post(resource, decode(body))
    if method == "PATCH" and "json-patch" in headers.get("content-type", "").lower():
        return Change(method, resource, operations=decode(body))
    return Change(
        method, resource, plan_change(resource.entity, decode(body), is_whole=method == "PUT")
    )


def _parse_post(resource: Resource, body: Any) -> Change:
    if len(resource.steps) == 1:
        return Change("POST", resource, plan_entity(resource.entity, body))
    if isinstance(body, dict) and set(body) == {"@iot.id"}:
        link = body["@iot.id"]
        if type(link) is not int or not 0 < link < MAX_ID:
            raise BadValueError(field="@iot.id")
        return Change("POST", resource, link=link)
    _, nav = _owner_of(resource)
    # the id of the owner is found inside the transaction
    return Change("POST", resource, plan_entity(resource.entity, body, linked=(nav, 0)))


def _owner_of(resource: Resource) -> tuple[EntityType, str]:
    """Return the type before the last step, and the relation that leads back to it."""
    owner = BY_KIND[resource.steps[-2].kind]
    return owner, inverse(owner, _relation_of(owner, resource))


def _relation_of(owner: EntityType, resource: Resource) -> str:
    relation = resource.steps[-1].relation
    return next(name for name, nav in owner.navs.items() if nav.relation == relation)


def perform(tx: actions.Tx, place: queries.Place, visitor: Visitor, change: Change) -> Done:
    """Do it, reading what the transaction has written so far.

    Raises:
        MehrwertError: The transaction must be undone.
    """
    place = replace(place, inside=Inside(tx))
    if change.resource is None:
        arrays = actions.arrange(change.arrays, visitor.may_record)
        return Done(201, rows=actions.record_arrays_in(tx, visitor.context, arrays))
    if change.method == "POST":
        return _create(tx, place, visitor, change)
    entity = change.resource.entity
    row_id = queries.find_id(place, change.resource.steps)
    if change.method == "DELETE":
        actions.delete_entity(tx, visitor.context, entity.kind, row_id)
        return Done(200)
    plan = change.plan or _patched(place, entity, row_id, change.operations)
    queries.link_known(place, plan)
    actions.change_entity(tx, visitor.context, row_id, plan)
    return Done(200, entity, row_id)


def _patched(place: queries.Place, entity: EntityType, row_id: int, operations: Any) -> Plan:
    try:
        before = queries.read_document(place, entity, row_id)
        body = changes_between(entity, before, apply_patch(before, operations))
        msgspec.json.decode(msgspec.json.encode(body))
    except (RecursionError, ValueError) as error:  # deeper than anybody could read it back
        raise BadPatchError(operation="[]") from error
    return plan_change(entity, body)


def _create(tx: actions.Tx, place: queries.Place, visitor: Visitor, change: Change) -> Done:
    resource = change.resource
    assert resource is not None
    entity = resource.entity
    if len(resource.steps) > 1:
        parent = queries.find_id(place, resource.steps[:-1])
        owner, nav = _owner_of(resource)
        if change.plan is None:
            return _link(tx, visitor, (owner, parent), change)
        change.plan.links[nav] = [parent]
    plan = change.plan
    assert plan is not None
    queries.link_known(place, plan)
    _check_limits(visitor, plan)
    made = actions.create_entity(tx, visitor.context, plan)
    return Done(201, entity, made.id, made.is_duplicate)


def _check_limits(visitor: Visitor, plan: Plan) -> None:
    """Let a key limited to things or series write readings of these only."""
    if visitor.limits.is_open:
        return
    series = plan.links.get("Datastream", [0])[0]
    if not visitor.may_record(series):
        raise BadPathError(part=f"Datastreams({series})")
    if any(plan.inline.values()):
        visitor.check_write(whole_tenant=True)


def _link(tx: actions.Tx, visitor: Visitor, owner: tuple[EntityType, int], change: Change) -> Done:
    """Link an existing entity through a relation to many."""
    visitor.check_write(whole_tenant=True)
    resource = change.resource
    assert resource is not None
    entity, row_id = owner
    name = _relation_of(entity, resource)
    actions.attach(tx, visitor.context, (entity.kind, row_id), name, [change.link])
    return Done(201, TYPES[resource.entity.name], change.link)
