"""The outermost ASGI application: limits, host check, request id, log, metrics before all else."""

import asyncio
import gc
import logging
import random
import time
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connections
from django.http.request import validate_host

from mehrwert.base.asgi_types import App, Message, Receive, Scope, Send, answer, answer_json, header
from mehrwert.base.errors import MehrwertError
from mehrwert.base.metrics import Door
from mehrwert.base.options import in_force
from mehrwert.base.services import Service
from mehrwert.base.versions import refuse_other_version
from mehrwert.base.wiring import resolve, table

log = logging.getLogger("mehrwert.access")
errors = logging.getLogger("mehrwert.errors")
SLOW_S = 1.0
# new objects before a collection of the young; young before the middle; middle before the old
COLLECT_AT = (10_000, 20, 10)
STARTUP_ERRORS = (OSError, RuntimeError, ValueError, CommandError, DatabaseError, MehrwertError)
CODES = {400: "unknown_host", 413: "too_large"}
TOO_LARGE = (
    "Die Daten sind zu groß. Erlaubt sind höchstens %s MB. Bitte teilen Sie die Datei auf. "
    "Es wurde nichts gespeichert."
)
UNKNOWN_HOST = (
    "Diese Installation kennt den Namen in der Adresse nicht. Wer sie betreibt, trägt ihn in der "
    "Option MEHRWERT_ALLOWED_HOSTS oder MEHRWERT_PUBLIC_URL ein."
)
BARE_PAGE = (
    '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Fehler {status}</title>'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<link rel="stylesheet" href="/static/base/mw.css"></head><body><main class="mw-wrap narrow">'
    '<h1>Fehler {status}</h1><div class="mw-card mw-pad"><p>{sentence}</p>'
    '<p class="small muted">Wenn Sie nachfragen, nennen Sie bitte diese Nummer: '
    '<span class="mono">{number}</span></p></div></main></body></html>'
)


class BodyTooLargeError(Exception):
    """The body of a request grew over its limit."""


class Dispatcher:
    """Routes by path prefix to raw doors, everything else to Django; owns the services."""

    def __init__(self, django: App, raw_doors: dict[str, str]) -> None:
        self._django = django
        self._raw = [
            (prefix, name, Door(prefix.strip("/") or "root")) for prefix, name in raw_doors.items()
        ]
        self._pages = Door("pages")
        self._services: list[Service] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the life of the process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        app, door, is_raw = self._route(scope["path"])
        started = time.perf_counter()
        state = {"status": 0}
        limit_mb = in_force().body_limit_mb if is_raw else body_limit_mb(scope["path"])
        request_id = new_request_id()
        mark = (b"x-request-id", request_id.encode())
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"x-request-id"]
        scope["headers"].append(mark)
        sender = _sender(send, state, mark)
        limit, length = limit_mb * 1_048_576, announced_length(scope)
        try:
            if not host_is_allowed(scope):
                await refuse(scope, sender, 400, UNKNOWN_HOST, request_id)
            elif length is not None and length > limit:
                await refuse(scope, sender, 413, TOO_LARGE % limit_mb, request_id)
            else:
                # a server of HTTP reads no further than was announced
                await app(scope, _limited(receive, limit) if length is None else receive, sender)
        except BodyTooLargeError:
            if not state["status"]:
                await refuse(scope, sender, 413, TOO_LARGE % limit_mb, request_id)
        finally:
            seconds = time.perf_counter() - started
            door.count(state["status"] or 500, seconds)
            if not is_raw or state["status"] >= 500:
                _log(scope, state["status"], seconds, request_id)

    def _route(self, path: str) -> tuple[App, Door, bool]:
        for prefix, name, door in self._raw:
            if path.startswith(prefix):
                return resolve(name), door, True
        return self._django, self._pages, False

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await asyncio.to_thread(self._start)
                except STARTUP_ERRORS as error:
                    errors.exception("startup_failed")
                    await asyncio.to_thread(self._stop)
                    await send({"type": "lifespan.startup.failed", "message": str(error)})
                    return
                resolve("mehrwert.base.live.close_on_signal")()
                spare_collector()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                resolve("mehrwert.base.live.poller").close()
                await asyncio.to_thread(self._stop)
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _start(self) -> None:
        try:
            refuse_other_version()
        finally:
            connections.close_all()
        for name in table("SERVICES", []):
            service: Service = resolve(name)()
            service.start()
            self._services.append(service)

    def _stop(self) -> None:
        while self._services:
            self._services.pop().stop()


async def refuse(scope: Scope, send: Send, status: int, sentence: str, number: str) -> None:
    """Refuse before Django has seen the request: a page for people, JSON for programs."""
    if "text/html" in header(scope, b"accept"):
        page = BARE_PAGE.format(status=status, sentence=sentence, number=number)
        await answer(send, status, page.encode(), b"text/html; charset=utf-8")
    else:
        body = {"code": CODES[status], "message": sentence, "reference": number}
        await answer_json(send, status, body)


def spare_collector() -> None:
    """Take what was loaded at start out of the garbage collector: it stays for ever.

    Otherwise every full collection walks through all of it, tens of milliseconds each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AT)


def new_request_id() -> str:
    """Return twelve hexadecimal digits: a name, not a secret.

    Drawn without a system call: ``os.urandom`` gives up the interpreter's lock, and with a writer
    at work getting it back takes longer than the rest of a small request.
    """
    return f"{_numbers(48):012x}"


_numbers = random.Random().getrandbits  # noqa: S311 - nobody must be unable to guess it


def host_is_allowed(scope: Scope) -> bool:
    """Compare the Host header with the option ``allowed_hosts``."""
    return _is_allowed(header(scope, b"host"), tuple(settings.ALLOWED_HOSTS))


@lru_cache(maxsize=256)
def _is_allowed(host: str, allowed: tuple[str, ...]) -> bool:
    host = host.lower()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return validate_host(name, allowed)


def body_limit_mb(path: str) -> int:
    """Return the limit of a request body: uploads may be larger than other requests."""
    for part, option in table("BODY_LIMITS", ()):
        if part in path:
            return int(getattr(in_force(), option))
    return int(in_force().body_limit_mb)


def announced_length(scope: Scope) -> int | None:
    """Return how many bytes the body will have; None when the request does not say it."""
    length = header(scope, b"content-length")
    return int(length) if length.isdigit() else None


def _limited(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                raise BodyTooLargeError
        return message

    return limited


def _sender(send: Send, state: dict[str, int], mark: tuple[bytes, bytes]) -> Send:
    def sender(message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            state["status"] = message["status"]
            message["headers"] = [*message.get("headers", ()), mark]
        return send(message)

    return sender


def _log(scope: Scope, status: int, seconds: float, request_id: str) -> None:
    write: Callable[..., Any] = log.warning if status >= 500 or seconds > SLOW_S else log.info
    write(
        "request",
        extra={
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round(seconds * 1000, 1),
            "request_id": request_id,
        },
    )
