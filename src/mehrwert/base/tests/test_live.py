"""Live updates: resuming loses nothing, slow pages are cut off, a stopping process lets go."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import asynccontextmanager

import pytest
from django.db import connection, connections, transaction

from mehrwert.base import live
from mehrwert.base.actions import publish_live
from mehrwert.base.models import LiveEvent

from .asgi import scope_of
from .ports import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wiring")]
ANNA = {"cookie": "sessionid=anna"}
DOOR = "/live/auental?topics=job,observations"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(live, "POLL_S", 0.02)
    monkeypatch.setattr(live, "poller", live.Poller())


class Page:
    """An open page: what it has received so far."""

    def __init__(self):
        self.status, self.text, self.gone = 0, "", asyncio.Event()
        self.ended = False

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.text += message.get("body", b"").decode()
            self.ended = not message.get("more_body", False)

    def events(self, topic="job"):
        frames = [dict(x.split(": ", 1) for x in f.split("\n") if ": " in x) for f in self.frames()]
        return [(int(f["id"]), f["data"]) for f in frames if f.get("event") == topic]

    def frames(self):
        return [f for f in self.text.split("\n\n") if f]

    async def until(self, reached, seconds=10):
        deadline = time.monotonic() + seconds
        while not reached():
            assert time.monotonic() < deadline, f"waited in vain; got {self.text!r}"
            await asyncio.sleep(0.01)


@asynccontextmanager
async def opened(path=DOOR, **headers):
    page = Page()
    scope = scope_of("GET", path, headers or ANNA)
    task = asyncio.create_task(live.live_door(scope, page.receive, page.send))
    await page.until(lambda: page.frames() or task.done())
    yield page
    page.gone.set()
    await asyncio.wait_for(task, 10)


async def tell(tenant_id, topic, **payload):
    def publish():
        try:
            publish_live(tenant_id, topic, payload)
        finally:
            connections.close_all()

    await asyncio.to_thread(publish)


def test_an_open_page_gets_its_towns_messages_of_its_topics():
    async def scene():
        async with opened() as page:
            await tell(2, "job", n=1)
            await tell(1, "other", n=2)
            await tell(1, "job", n=3)
            await page.until(page.events)
            assert [data for _, data in page.events()] == ['{"n": 3}']

    asyncio.run(scene())


@pytest.mark.parametrize("headers", [{}, {"cookie": "sessionid=bert"}, {"cookie": "sessionid="}])
def test_without_a_session_of_this_town_there_is_nothing(headers):
    async def scene():
        page = Page()
        await live.live_door(scope_of("GET", DOOR, headers), page.receive, page.send)
        assert page.status == 404

    asyncio.run(scene())


def test_a_page_that_was_away_gets_what_it_missed_once_and_in_order():
    async def scene():
        async with opened() as page:
            await tell(1, "job", n=1)
            await page.until(page.events)
            last = page.events()[-1][0]
        for n in range(2, 8):
            await tell(1, "job", n=n)
        async with opened(**ANNA, **{"last-event-id": str(last)}) as page:
            await tell(1, "job", n=8)
            await page.until(lambda: len(page.events()) >= 7)
            assert [data for _, data in page.events()] == [f'{{"n": {n}}}' for n in range(2, 9)]

    asyncio.run(scene())


def test_a_new_page_starts_where_it_was_drawn():
    async def scene():
        await tell(1, "job", n=1)
        drawn_at = await asyncio.to_thread(newest)
        await tell(1, "job", n=2)
        async with opened(f"{DOOR}&nach={drawn_at}") as page:
            await page.until(page.events)
            assert [data for _, data in page.events()] == ['{"n": 2}']

    asyncio.run(scene())


def newest() -> int:
    try:
        return LiveEvent.objects.order_by("-id").first().id
    finally:
        connections.close_all()


@pytest.mark.parametrize("given", ["abc", "-1", "9" * 40, "²"])
def test_a_nonsense_number_means_from_now_on(given):
    async def scene():
        await tell(1, "job", n=1)
        async with opened(**ANNA, **{"last-event-id": given}) as page:
            await tell(1, "job", n=2)
            await page.until(page.events)
            assert [data for _, data in page.events()] == ['{"n": 2}']

    asyncio.run(scene())


def test_who_was_away_too_long_is_told_to_load_anew(monkeypatch):
    monkeypatch.setattr(live, "MOST_REPLAYED", 3)

    async def scene():
        for n in range(5):
            await tell(1, "job", n=n)
        async with opened(**ANNA, **{"last-event-id": "0"}) as page:
            assert page.events("missed")
            assert page.events() == []

    asyncio.run(scene())


def test_a_page_that_reads_too_slowly_is_cut_off_and_others_are_not(monkeypatch):
    monkeypatch.setattr(live, "MOST_WAITING", 3)

    async def scene():
        slow = live.Client(1, frozenset({"job"}))
        await live.poller.join(slow)
        async with opened() as page:
            for n in range(6):
                await tell(1, "job", n=n)
                # the open page has the same small queue: it must have read one before the next
                await page.until(lambda n=n: len(page.events()) == n + 1)
            assert slow.queue.qsize() <= 3
            assert None in list(slow.queue._queue)
            live.poller.leave(slow)

    asyncio.run(scene())


def test_many_pages_that_open_at_once_share_one_poller_and_get_each_message_once():
    async def scene():
        clients = [live.Client(1, frozenset({"job"})) for _ in range(20)]
        await asyncio.gather(*(live.poller.join(c) for c in clients))
        await tell(1, "job", n=1)
        await asyncio.sleep(0.3)
        assert [c.queue.qsize() for c in clients] == [1] * 20
        for client in clients:
            live.poller.leave(client)
        assert live.poller._task is None

    asyncio.run(scene())


def test_closing_ends_every_stream_at_once():
    async def scene():
        async with opened() as page, opened() as other:
            live.poller.close()
            await page.until(lambda: page.ended and other.ended, seconds=2)

    asyncio.run(scene())


def test_a_message_of_a_transaction_that_failed_is_never_told():
    with transaction.atomic():
        publish_live(1, "job", {"n": 1})
        transaction.set_rollback(True)
    assert LiveEvent.objects.count() == 0


def test_numbers_become_visible_in_their_order_however_long_a_transaction_lasts():
    """A number seen late would be skipped for ever by everybody who resumes."""

    async def scene():
        def slow():
            try:
                with transaction.atomic():
                    publish_live(1, "job", {"who": "slow"})
                    time.sleep(0.3)
            finally:
                connections.close_all()

        async def quick():
            await asyncio.sleep(0.1)
            await tell(1, "job", who="quick")

        await asyncio.gather(asyncio.to_thread(slow), quick())

    if connection.vendor == "postgresql":
        asyncio.run(scene())
        assert [e.payload["who"] for e in LiveEvent.objects.order_by("id")] == ["quick", "slow"]


SERVER = """
import asyncio, sys, uvicorn
from mehrwert.base import live
class Row:
    tenant_id, topic, pk, payload = 1, "job", 1, {}
async def position(): return 0
async def after(n): return []
live.read_position, live.read_after = position, after
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive(); live.close_on_signal(); await send({"type": "lifespan.startup.complete"})
        await receive(); await send({"type": "lifespan.shutdown.complete"}); return
    client = live.Client(1, frozenset({"job"}))
    start = await live.poller.join(client)
    try: await live._stream(client, start, start, receive, send)
    finally: live.poller.leave(client)
uvicorn.run(app, port=int(sys.argv[1]), loop="uvloop", http="httptools", ws="none",
            log_level="warning", timeout_graceful_shutdown=4)
"""


def test_a_server_with_open_pages_ends_within_5_seconds():
    port = free_port()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "mehrwert.site.settings_test"}
    code = "import django; django.setup()\n" + SERVER
    process = subprocess.Popen([sys.executable, "-c", code, str(port)], env=env)
    try:
        streams = [open_stream(port) for _ in range(5)]
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)
        assert time.monotonic() - began < 5
        assert all(b"event: hello" in stream.read() for stream in streams)
    finally:
        process.kill()


def open_stream(port: int):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            stream = urllib.request.urlopen(f"http://127.0.0.1:{port}/live/auental", timeout=10)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            assert stream.readline().startswith(b"retry")
            return stream
    raise AssertionError("the server did not start")
