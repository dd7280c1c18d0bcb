"""The door: a raw ASGI application below ``/sta/``. Parses, calls one action or query, answers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import msgspec
from django.conf import settings

from mehrwert.base.asgi_types import Receive, Scope, Send, header
from mehrwert.base.errors import MehrwertError

from . import actions, queries
from .access import Visitor, visit
from .answers import Reply, reply_to_error, send_reply
from .bodies import decode, decode_arrays, plan_change, plan_entity, quick_observation
from .errors import BadJsonError, BadPathError, BadRequestError, MethodError, NotBuiltError
from .grammar.options import parse_options
from .mapping import BY_KIND, inverse, self_link
from .options import NO_OPTIONS
from .paths import Resource, parse_path

log = logging.getLogger(__name__)
_readers = ThreadPoolExecutor(4, "sensorthings-read")
CREATE_OBSERVATIONS = "CreateObservations"
# offered by the standard, part of the full door
LATER = frozenset({"$batch"})


@dataclass(slots=True)
class Asked:
    """One request on its way."""

    scope: Scope
    receive: Receive
    visitor: Visitor
    root: str
    path: str

    @property
    def place(self) -> queries.Place:
        """Return from where is asked."""
        return queries.Place(self.root, self.visitor.tenant_id, self.visitor.limits)


async def sensorthings_door(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below ``/sta/``."""
    try:
        slug, prefix, path = split(scope["path"])
        visitor = await visit(scope, slug)
        asked = Asked(scope, receive, visitor, root_of(scope, prefix), path)
        handler = _METHODS.get(scope["method"])
        if handler is None:
            raise MethodError(method=scope["method"][:20])
        reply = await handler(asked)
    except MehrwertError as error:
        reply = reply_to_error(scope, error)
    await send_reply(send, reply, with_body=scope["method"] != "HEAD")


def split(path: str) -> tuple[str, str, str]:
    """Return slug, prefix of the root and the resource path without its first slash.

    Raises:
        BadPathError: Not an address of this door.
    """
    parts = path.split("/", 4)
    if len(parts) > 2 and parts[2] == "v1.1":
        return "", "/sta/v1.1", path[len("/sta/v1.1") :].strip("/")
    if len(parts) > 3 and parts[3] == "v1.1":
        return parts[2], f"/sta/{parts[2]}/v1.1", parts[4].strip("/") if len(parts) > 4 else ""
    raise BadPathError(part=path[:60])


def root_of(scope: Scope, prefix: str) -> str:
    """Return the absolute root: the option ``public_url``, else as the request names us."""
    public = settings.MEHRWERT.public_url
    if public:
        return f"{public.rstrip('/')}{prefix}"
    host = header(scope, b"host")
    return f"{scope.get('scheme', 'http')}://{host}{prefix}"


async def _get(asked: Asked) -> Reply:
    if not asked.path:
        return await _shown(queries.read_root(asked.root))
    if asked.path == CREATE_OBSERVATIONS:
        raise MethodError(method="GET")
    resource = parse_path(asked.path)
    query = asked.scope.get("query_string", b"")
    options = parse_options(query, resource.entity.name) if query else NO_OPTIONS
    read = queries.read_resource
    if not settings.ONE_DATABASE and queries.is_quick(resource, options):
        return await _shown(read(asked.place, resource, options, asked.path))
    loop = asyncio.get_running_loop()
    return await _shown(
        await loop.run_in_executor(_readers, read, asked.place, resource, options, asked.path)
    )


async def _shown(answer: queries.Answer) -> Reply:
    reply = Reply(200, answer.body, [(b"content-type", answer.content_type)])
    if answer.chunks is not None:
        reply.body = await _next_chunk(answer.chunks)
        reply.chunks = _rest(answer.chunks)
    return reply


async def _next_chunk(chunks: Iterator[bytes]) -> bytes:
    chunk: bytes = await _in_reader(next, chunks, b"")
    return chunk


async def _rest(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while chunk := await _next_chunk(chunks):
        yield chunk


async def _post(asked: Asked) -> Reply:
    if asked.path in LATER:
        raise NotBuiltError(part=asked.path)
    if asked.path == CREATE_OBSERVATIONS:
        return await _create_observations(asked)
    if not asked.path:
        raise MethodError(method="POST")
    resource = parse_path(asked.path)
    if not resource.is_set or not resource.is_plain:
        raise MethodError(method="POST")
    asked.visitor.check_write(whole_tenant=resource.entity.kind != "observation")
    body = await read_body(asked.receive)
    if resource.entity.kind == "observation":
        series = _series_of(resource)
        quick = quick_observation(body, series) if _is_short(resource) else None
        if quick is not None:
            if not asked.visitor.may_record(quick[0]):
                raise BadPathError(part=f"Datastreams({quick[0]})")
            made = await actions.record_one(
                asked.visitor.context, *quick, is_in_path=series is not None
            )
            return await _created(asked, resource, made)
    return await _create(asked, resource, decode(body))


def _is_short(resource: Resource) -> bool:
    """Say whether the path is ``Observations`` or ``Datastreams(id)/Observations``."""
    return len(resource.steps) == 1 or _series_of(resource) is not None


def _series_of(resource: Resource) -> int | None:
    steps = resource.steps
    return steps[0].id if len(steps) == 2 and steps[0].kind == "datastream" else None


async def _create(asked: Asked, resource: Resource, body: Any) -> Reply:
    linked = None
    if len(resource.steps) > 1:
        steps = resource.steps[:-1]
        parent = await _in_reader(queries.find_id, asked.place, steps)
        owner = BY_KIND[steps[-1].kind]
        relation = resource.steps[-1].relation
        nav = next(n for n, nav in owner.navs.items() if nav.relation == relation)
        if isinstance(body, dict) and set(body) == {"@iot.id"}:
            return await _link(asked, owner.name, nav, parent, body["@iot.id"])
        linked = (inverse(owner, nav), parent)
    plan = plan_entity(resource.entity, body, linked=linked)
    if plan.inline:
        await _in_reader(queries.link_known, asked.place, plan)
    if not asked.visitor.limits.is_open:
        series = plan.links.get("Datastream", [0])[0]
        if not asked.visitor.may_record(series):
            raise BadPathError(part=f"Datastreams({series})")
        if any(plan.inline.values()):
            asked.visitor.check_write(whole_tenant=True)
    return await _created(asked, resource, await actions.create_entity(asked.visitor.context, plan))


async def _link(asked: Asked, owner: str, nav: str, parent: int, target: Any) -> Reply:
    """Link existing entities: where a thing is; the rest comes with the full door."""
    if (owner, nav) != ("Thing", "Locations") or type(target) is not int:
        raise NotBuiltError(part=f"{owner}/{nav}@iot.id")
    await actions.place_thing(asked.visitor.context, parent, [target])
    location = self_link(asked.root, BY_KIND["location"], target)
    return Reply(201, b"", [(b"location", location.encode("latin-1", "replace"))])


async def _created(asked: Asked, resource: Resource, made: actions.Recorded) -> Reply:
    link = self_link(asked.root, resource.entity, made.id).encode("latin-1", "replace")
    headers = [(b"location", link)]
    if made.is_duplicate:
        headers.append((b"mehrwert-duplicate", b"true"))
    body = b""
    if "return=representation" in header(asked.scope, b"prefer"):
        shown = parse_path(f"{resource.entity.set_name}({made.id})")
        answer = await _in_reader(queries.read_resource, asked.place, shown, NO_OPTIONS, "")
        body = answer.body
        headers.append((b"content-type", b"application/json"))
    return Reply(201, body, headers)


async def _create_observations(asked: Asked) -> Reply:
    asked.visitor.check_write(whole_tenant=False)
    groups = decode_arrays(await read_body(asked.receive))
    made = await actions.record_arrays(asked.visitor.context, groups, asked.visitor.may_record)
    start = f"{asked.root}/Observations("
    links = [row if type(row) is str else f"{start}{row})" for row in made]
    return Reply(201, msgspec.json.encode(links), [(b"content-type", b"application/json")])


async def _delete(asked: Asked) -> Reply:
    kind, row_id, _ = await _one(asked)
    await actions.delete_entity(asked.visitor.context, kind, row_id)
    return Reply(200)


async def _patch(asked: Asked) -> Reply:
    if "json-patch" in header(asked.scope, b"content-type"):
        raise NotBuiltError(part="application/json-patch+json")
    return await _change(asked, is_whole=False)


async def _put(asked: Asked) -> Reply:
    return await _change(asked, is_whole=True)


async def _change(asked: Asked, *, is_whole: bool) -> Reply:
    _, row_id, resource = await _one(asked)
    body = decode(await read_body(asked.receive))
    plan = plan_change(resource.entity, body, is_whole=is_whole)
    if plan.inline:
        await _in_reader(queries.link_known, asked.place, plan)
    await actions.change_entity(asked.visitor.context, row_id, plan)
    return Reply(200)


async def _one(asked: Asked) -> tuple[str, int, Resource]:
    """Return the entity that is to be changed."""
    asked.visitor.check_write(whole_tenant=True)
    if not asked.path or asked.path in LATER or asked.path == CREATE_OBSERVATIONS:
        raise MethodError(method=asked.scope["method"])
    resource = parse_path(asked.path)
    if resource.is_set or not resource.is_plain:
        raise MethodError(method=asked.scope["method"])
    row_id = await _in_reader(queries.find_id, asked.place, resource.steps)
    return resource.entity.kind, row_id, resource


async def _in_reader(function: Callable[..., Any], *args: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_readers, function, *args)


async def read_body(receive: Receive) -> bytes:
    """Return the whole body; its size was limited before.

    Raises:
        BadRequestError: The client left, or names characters that no text may hold.
    """
    message = await receive()
    body: bytes = message.get("body", b"")
    if message.get("more_body"):
        parts = [body]
        while message.get("more_body"):
            message = await receive()
            if message["type"] == "http.disconnect":
                raise BadRequestError
            parts.append(message.get("body", b""))
        body = b"".join(parts)
    if b"\\u0000" in body:
        raise BadJsonError
    return body


_METHODS: dict[str, Callable[[Asked], Awaitable[Reply]]] = {
    "GET": _get,
    "HEAD": _get,
    "POST": _post,
    "DELETE": _delete,
    "PATCH": _patch,
    "PUT": _put,
}
