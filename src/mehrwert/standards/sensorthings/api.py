"""The door: a raw ASGI application below ``/sta/``. Parses, calls one action or query, answers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from django.conf import settings

from mehrwert.base.asgi_types import Receive, Scope, Send, header
from mehrwert.base.errors import MehrwertError
from mehrwert.base.options import in_force

from . import actions, description, queries
from .access import Visitor, visit
from .answers import Reply, language_of, reply_to_done, reply_to_error, reply_to_options, send_reply
from .asked import Asked, read_body
from .batch.running import run_batch
from .bodies import decode_arrays, quick_observation
from .changing import BATCH, CREATE_OBSERVATIONS, Done, parse_change, perform
from .errors import BadPathError, MethodError
from .grammar.options import parse_options
from .mqtt import settings as mqtt
from .options import NO_OPTIONS, Options
from .paths import Resource, parse_path

# bytes of readings from which on they are looked at in a thread: others shall not wait
LONG_BODY = 100_000
_readers = ThreadPoolExecutor(4, "sensorthings-read")
# with SQLite: pages whose work is known to be small, see ``queries.is_bounded``
_pages = ThreadPoolExecutor(1, "sensorthings-page")


async def sensorthings_door(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below ``/sta/``."""
    try:
        slug, prefix, path = split(scope["path"])
        if scope["method"] == "OPTIONS":
            await send_reply(send, reply_to_options())
            return
        visitor = await visit(scope, slug)
        reply = await answer(Asked(scope, receive, visitor, root_of(scope, prefix), path))
    except MehrwertError as error:
        reply = reply_to_error(scope, error)
    await send_reply(send, reply, with_body=scope["method"] != "HEAD")


async def answer(asked: Asked) -> Reply:
    """Answer one request, also one of a batch.

    Raises:
        MehrwertError: It was refused.
    """
    handler = _METHODS.get(asked.scope["method"])
    if handler is None:
        raise MethodError(method=asked.scope["method"][:20])
    return await handler(asked)


@lru_cache(maxsize=4096)
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
    public = in_force().public_url
    if public:
        return f"{public.rstrip('/')}{prefix}"
    host = header(scope, b"host")
    return f"{scope.get('scheme', 'http')}://{host}{prefix}"


async def _get(asked: Asked) -> Reply:
    if not asked.path:
        return await _shown(queries.read_root(asked.root, mqtt.endpoints(asked.visitor.tenant_id)))
    if asked.path == description.PATH:
        body = description.describe(asked.root, language_of(asked.scope))
        return await _shown(queries.Answer(body))
    if asked.path in {CREATE_OBSERVATIONS, BATCH}:
        raise MethodError(method="GET")
    resource = parse_path(asked.path)
    query = asked.scope.get("query_string", b"")
    options = parse_options(query, resource.entity.name) if query else NO_OPTIONS
    got = await _read(asked, resource, options)
    if got.restricted:
        await _in_reader(actions.note_reads, asked.visitor.context, got.restricted)
    return await _shown(got)


async def _read(asked: Asked, resource: Resource, options: Options) -> queries.Answer:
    """Read where it disturbs others least: here, in the one thread for pages, or in another."""
    arguments = (asked.place, resource, options, asked.path)
    pool, is_quick = _readers, queries.is_quick(resource, options)
    if is_quick and (quick := await queries.read_quickly(*arguments)) is not None:
        return quick
    if not settings.ONE_DATABASE:
        if is_quick:
            return queries.read_resource(*arguments)
        if queries.is_bounded(resource, options):
            pool = _pages
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(pool, queries.read_resource, *arguments)


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
    if asked.path == CREATE_OBSERVATIONS:
        return await _create_observations(asked)
    if asked.path == BATCH:
        return await run_batch(asked, answer, await read_body(asked.receive))
    resource = parse_path(asked.path) if asked.path else None
    if resource is None or not _is_short(resource):
        return await _change(asked)
    asked.visitor.check_write(whole_tenant=False)
    body = await read_body(asked.receive)
    series = _series_of(resource)
    quick = quick_observation(body, series)
    if quick is None:
        return await _change(asked, body)
    if not asked.visitor.may_record(quick[0]):
        raise BadPathError(part=f"Datastreams({quick[0]})")
    made = await actions.record_one(asked.visitor.context, *quick, is_in_path=series is not None)
    return await _created(asked, Done(201, resource.entity, made.id, made.is_duplicate))


def _is_short(resource: Resource) -> bool:
    """Say whether the path is ``Observations`` or ``Datastreams(id)/Observations``."""
    if resource.entity.kind != "observation" or not resource.is_set or not resource.is_plain:
        return False
    return len(resource.steps) == 1 or _series_of(resource) is not None


def _series_of(resource: Resource) -> int | None:
    steps = resource.steps
    return steps[0].id if len(steps) == 2 and steps[0].kind == "datastream" else None


async def _change(asked: Asked, body: bytes | None = None) -> Reply:
    """Change something in a transaction of its own."""
    visitor = asked.visitor
    method = asked.scope["method"]
    if body is None:
        body = await read_body(asked.receive)
    given = {name: header(asked.scope, name.encode()) for name in ("content-type", "if-match")}
    change = parse_change(method, asked.path, given, body, visitor)
    done = await actions.in_transaction(lambda tx: perform(tx, asked.place, visitor, change))
    return await _created(asked, done) if done.status == 201 else Reply(done.status)


async def _created(asked: Asked, done: Done) -> Reply:
    reply = reply_to_done(asked.root, done)
    if done.entity is not None and "return=representation" in header(asked.scope, b"prefer"):
        shown = parse_path(f"{done.entity.set_name}({done.id})")
        got = await _in_reader(queries.read_resource, asked.place, shown, NO_OPTIONS, "")
        reply.body = got.body
        reply.headers.append((b"content-type", b"application/json"))
    return reply


async def _create_observations(asked: Asked) -> Reply:
    asked.visitor.check_write(whole_tenant=False)
    body = await read_body(asked.receive)
    if len(body) > LONG_BODY:
        arrays = await _in_reader(_arranged, body, asked.visitor)
    else:
        arrays = _arranged(body, asked.visitor)
    rows = await actions.record_arrays(asked.visitor.context, arrays)
    return reply_to_done(asked.root, Done(201, rows=rows))


def _arranged(body: bytes, visitor: Visitor) -> actions.Arrays:
    return actions.arrange(decode_arrays(body), visitor.may_record)


async def _in_reader(function: Callable[..., Any], *args: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_readers, function, *args)


_METHODS: dict[str, Callable[[Asked], Awaitable[Reply]]] = {
    "GET": _get,
    "HEAD": _get,
    "POST": _post,
    "DELETE": _change,
    "PATCH": _change,
    "PUT": _change,
}
