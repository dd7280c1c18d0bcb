"""Live updates: a raw ASGI door that streams the live table as server-sent events.

The session is checked once; no database connection is held while waiting; one poller per process
reads the table for all clients; a client that reads too slowly is cut off and resumes by
``Last-Event-ID``. The first connection may name the position its page was drawn at: ``?nach=17``.
"""

import asyncio
import json
import signal
import threading
from collections.abc import AsyncIterator
from types import FrameType
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connections

from mehrwert.base import metrics, queries
from mehrwert.base.asgi_types import Receive, Scope, Send, answer, cookie, header
from mehrwert.base.models import LiveEvent
from mehrwert.base.wiring import resolve, table

POLL_S = 0.5
HEARTBEAT_S = 15.0
MOST_WAITING = 200
MOST_REPLAYED = 5000


class Client:
    """One open page: what it wants and what waits for it."""

    def __init__(self, tenant_id: int, topics: frozenset[str]) -> None:
        self.tenant_id = tenant_id
        self.topics = topics
        self.queue: asyncio.Queue[LiveEvent | None] = asyncio.Queue(MOST_WAITING)

    def wants(self, event: LiveEvent) -> bool:
        """Say whether a message is for this page."""
        return event.tenant_id == self.tenant_id and event.topic in self.topics


class Poller:
    """Reads new rows of the live table once for all clients of the process."""

    def __init__(self) -> None:
        self._clients: set[Client] = set()
        self._task: asyncio.Task[None] | None = None
        self._ready: asyncio.Future[None] | None = None
        self._position = 0

    async def join(self, client: Client) -> int:
        """Add a client and return the position from which it is served."""
        if self._ready is None or self._task is None or self._task.done():
            self._ready = asyncio.get_running_loop().create_future()
            self._task = asyncio.create_task(self._run(self._ready))
        self._clients.add(client)
        metrics.LIVE_CLIENTS.set(len(self._clients))
        await self._ready
        return self._position

    def leave(self, client: Client) -> None:
        """Forget a client; without clients nothing is polled."""
        self._clients.discard(client)
        metrics.LIVE_CLIENTS.set(len(self._clients))
        if not self._clients and self._task is not None:
            self._task.cancel()
            self._task = None

    def close(self) -> None:
        """Let every client go: the process ends. Runs on the event loop."""
        for client in list(self._clients):
            _hand_over(client, None)

    async def _run(self, ready: "asyncio.Future[None]") -> None:
        try:
            self._position = await read_position()
        except DatabaseError as error:
            ready.set_exception(error)
            return
        ready.set_result(None)
        while True:
            try:
                rows = await read_after(self._position)
            except DatabaseError:
                rows = []
            for row in rows:
                self._position = row.pk
                for client in list(self._clients):
                    if client.wants(row):
                        _hand_over(client, row)
            await asyncio.sleep(POLL_S)


def _hand_over(client: Client, row: LiveEvent | None) -> None:
    try:
        client.queue.put_nowait(row)
    except asyncio.QueueFull:
        while not client.queue.empty():
            client.queue.get_nowait()
        client.queue.put_nowait(None)


def _read(after: int | None) -> list[LiveEvent] | int:
    try:
        return queries.last_live_id() if after is None else queries.read_live(after)
    finally:
        connections.close_all()


async def read_position() -> int:
    """Return the newest position."""
    found = await sync_to_async(_read, thread_sensitive=False)(None)
    return found if isinstance(found, int) else 0


async def read_after(position: int) -> list[LiveEvent]:
    """Return rows behind a position."""
    found = await sync_to_async(_read, thread_sensitive=False)(position)
    return found if isinstance(found, list) else []


poller = Poller()


def close_on_signal() -> None:
    """Let live clients go as soon as the process is asked to end, not when the server gives up.

    The server waits for open answers before it tells the application that it ends; an event stream
    would keep it waiting. Runs on the event loop after the server has set its own handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def handle(number: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(poller.close)
            if callable(before):
                before(number, frame)

        if callable(before):
            signal.signal(number, handle)


def _allowed_tenant(session_key: str, slug: str) -> int | None:
    try:
        found: int | None = resolve(table("LIVE_ACCESS"))(session_key, slug)
        return found
    finally:
        connections.close_all()


async def live_door(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer ``/live/<mandant>?topics=a,b``."""
    slug = scope["path"].removeprefix("/live/").strip("/")
    session_key = cookie(scope, settings.SESSION_COOKIE_NAME)
    tenant_id = await sync_to_async(_allowed_tenant, thread_sensitive=False)(session_key, slug)
    if tenant_id is None:
        await answer(send, 404, b"404\n")
        return
    wanted = parse_qs(scope["query_string"].decode("latin-1"))
    topics = frozenset(",".join(wanted.get("topics", ["observations"])).split(","))
    client = Client(tenant_id, topics)
    try:
        position = await poller.join(client)
        await _stream(client, _resume_at(scope, position), position, receive, send)
    finally:
        poller.leave(client)


def _resume_at(scope: Scope, position: int) -> int:
    """Return where to go on: the browser's last number, else the one the page was drawn at."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("nach", [""])[0]
    given = header(scope, b"last-event-id") or asked
    if not given.isdecimal() or len(given) > 18:
        return position
    return min(int(given), position)


async def _stream(client: Client, start: int, position: int, receive: Receive, send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-cache"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    gone = asyncio.create_task(_until_gone(receive))
    try:
        async for text in _messages(client, start, position, gone):
            await send({"type": "http.response.body", "body": text, "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _messages(
    client: Client, start: int, position: int, gone: "asyncio.Task[None]"
) -> AsyncIterator[bytes]:
    if position - start > MOST_REPLAYED:
        start = position
        yield f"id: {start}\nevent: missed\ndata: {{}}\n\n".encode()
    yield f"retry: 3000\nid: {start}\nevent: hello\ndata: {{}}\n\n".encode()
    async for row in _replay(client, start, position):
        yield _frame(row)
    while not gone.done():
        waiting = asyncio.create_task(client.queue.get())
        done, _ = await asyncio.wait(
            {waiting, gone}, timeout=HEARTBEAT_S, return_when=asyncio.FIRST_COMPLETED
        )
        if waiting in done:
            news = waiting.result()
            if news is None:
                return
            if news.pk > position:
                yield _frame(news)
        else:
            waiting.cancel()
            if not done:
                yield b": still here\n\n"


async def _replay(client: Client, start: int, position: int) -> AsyncIterator[LiveEvent]:
    """Yield what the client missed, up to the position from which its queue goes on."""
    while start < position:
        rows = await read_after(start)
        if not rows:
            return
        start = rows[-1].pk
        for row in rows:
            if client.wants(row) and row.pk <= position:
                yield row


def _frame(row: LiveEvent) -> bytes:
    data = json.dumps(row.payload, ensure_ascii=False)
    return f"id: {row.pk}\nevent: {row.topic}\ndata: {data}\n\n".encode()
