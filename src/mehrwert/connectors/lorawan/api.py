"""The door ``/eingang/lorawan/<secret>``: one address for both systems, 200 after the commit."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

from django.db import close_old_connections

from mehrwert.base.asgi_types import Receive, Scope, Send, answer_json, header
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http_errors import sentence_of, status_of
from mehrwert.connectors.lorawan.actions import akeep_webhook
from mehrwert.connectors.lorawan.errors import OnlyPostError
from mehrwert.intake.errors import SourceKeyError
from mehrwert.intake.queries import SourceGrant, cached_source, read_source_by_key

PREFIX = "/eingang/lorawan/"
KIND = "lorawan"
_readers = ThreadPoolExecutor(2, "lorawan-door")


async def lorawan_door(scope: Scope, receive: Receive, send: Send) -> None:
    """Keep one message of a network server."""
    given = scope["path"].removeprefix(PREFIX).strip("/")
    scope["path"] = PREFIX  # the secret must not get into any log
    try:
        if scope["method"] != "POST":
            raise OnlyPostError
        source = await _source(given or header(scope, b"authorization").removeprefix("Bearer "))
        body = await _read(receive)
        event = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("event", [""])[0]
        kept = await akeep_webhook(source, body, event)
    except MehrwertError as error:
        await _refuse(send, error)
        return
    await answer_json(send, 200, {"kept": kept.new, "duplicate": kept.duplicate})


async def _source(secret: str) -> SourceGrant:
    known, grant = cached_source(secret)
    if not known:
        loop = asyncio.get_running_loop()
        grant = await loop.run_in_executor(_readers, _look_up, secret)
    if grant is None or grant.kind != KIND:
        raise SourceKeyError
    return grant


def _look_up(secret: str) -> SourceGrant | None:
    try:
        return read_source_by_key(secret)
    finally:
        close_old_connections()


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


async def _refuse(send: Send, error: MehrwertError) -> None:
    told = {"code": error.code, "message": sentence_of(error)}
    await answer_json(send, status_of(error), told)
