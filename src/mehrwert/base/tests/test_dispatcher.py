"""Before everything else: limits, host check, request id, log and metrics."""

import asyncio
import logging

import pytest
from django.utils.module_loading import import_string

from mehrwert.base import dispatcher as module
from mehrwert.base.asgi_types import answer
from mehrwert.base.dispatcher import Dispatcher

from .asgi import ask

MB = 1_048_576


def application():
    """The whole site as the server sees it."""
    return import_string("mehrwert.site.asgi.application")


class Door:
    """An application that reads its body and notes what it saw."""

    def __init__(self, status=200):
        self.status, self.read, self.numbers = status, 0, []

    async def __call__(self, scope, receive, send):
        self.numbers += [v for k, v in scope["headers"] if k == b"x-request-id"]
        more = True
        while more:
            message = await receive()
            self.read += len(message["body"])
            more = message["more_body"]
        await answer(send, self.status, b"gut")


@pytest.fixture
def small(settings, monkeypatch, wiring):
    monkeypatch.setitem(vars(settings.MEHRWERT), "body_limit_mb", 1)
    monkeypatch.setitem(vars(settings.MEHRWERT), "upload_limit_mb", 2)
    wiring.BODY_LIMITS = (("/einlesen/", "upload_limit_mb"),)
    yield
    del wiring.BODY_LIMITS


def test_a_body_within_the_limit_passes(small):
    door = Door()
    assert ask(Dispatcher(door, {}), "POST", "/x", [b"a" * MB]).status == 200
    assert door.read == MB


def test_an_announced_body_over_the_limit_is_refused_before_a_byte_is_read(small):
    door = Door()
    got = ask(Dispatcher(door, {}), "POST", "/x", [b"a"], content_length=str(MB + 1))
    assert got.status == 413
    assert door.read == 0
    assert "höchstens 1 MB" in got.json["message"]
    assert got.json["reference"] == got.headers["x-request-id"]


def test_a_body_that_grows_over_the_limit_is_cut_off(small):
    door = Door()
    got = ask(Dispatcher(door, {}), "POST", "/x", [b"a" * (MB // 2)] * 5)
    assert got.status == 413
    assert door.read == MB


def test_uploads_have_a_limit_of_their_own(small):
    body = [b"a" * MB, b"a" * (MB // 2)]
    assert ask(Dispatcher(Door(), {}), "POST", "/auental/daten/einlesen/", body).status == 200
    assert ask(Dispatcher(Door(), {}), "POST", "/auental/daten/", body).status == 413


def test_people_get_a_page_with_cause_next_step_and_number(small):
    got = ask(Dispatcher(Door(), {}), "POST", "/x", content_length="9999999", accept="text/html")
    assert got.headers["content-type"].startswith("text/html")
    for part in ("höchstens 1 MB", "teilen Sie die Datei auf", got.headers["x-request-id"]):
        assert part in got.text


@pytest.mark.parametrize(
    ("host", "status"),
    [("testserver", 200), ("testserver:8000", 200), ("boese.example", 400), ("", 400)],
)
def test_only_known_hosts_are_answered(settings, host, status):
    settings.ALLOWED_HOSTS = ["testserver", "[::1]"]
    assert ask(Dispatcher(Door(), {}), "GET", "/x", host=host).status == status


def test_an_address_in_brackets_is_a_host_too(settings):
    settings.ALLOWED_HOSTS = ["[::1]"]
    assert ask(Dispatcher(Door(), {}), "GET", "/x", host="[::1]:8000").status == 200


def test_every_request_has_a_number_of_its_own_that_nobody_can_choose():
    door = Door()
    app = Dispatcher(door, {})
    one = ask(app, "GET", "/x", x_request_id="vom-gast")
    two = ask(app, "GET", "/x")
    assert one.headers["x-request-id"] != two.headers["x-request-id"]
    assert door.numbers == [
        one.headers["x-request-id"].encode(),
        two.headers["x-request-id"].encode(),
    ]


def test_requests_are_logged_with_their_number_and_without_the_query(caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("mehrwert"), "propagate", True)
    caplog.set_level(logging.INFO, "mehrwert.access")
    got = ask(Dispatcher(Door(), {}), "GET", "/seite/?token=geheim")
    record = caplog.records[-1]
    assert (record.path, record.status) == ("/seite/", 200)
    assert record.request_id == got.headers["x-request-id"]
    assert "geheim" not in str(record.__dict__)


def test_a_door_that_breaks_counts_as_500(monkeypatch):
    counted = []
    monkeypatch.setattr(module.Door, "count", lambda self, status, s: counted.append(status))

    async def broken(scope, receive, send):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ask(Dispatcher(broken, {}), "GET", "/x")
    assert counted == [500]


@pytest.mark.django_db(transaction=True)
def test_the_real_site_says_404_with_number_and_next_step():
    got = ask(application(), "GET", "/gibt-es/wirklich/nicht/", accept="text/html")
    assert got.status == 404
    for part in ("Das gibt es hier nicht", "prüfen Sie die Adresse", got.headers["x-request-id"]):
        assert part in got.text


@pytest.mark.django_db(transaction=True)
def test_the_real_site_cuts_off_a_body_without_announced_length(settings, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "body_limit_mb", 1)
    got = ask(application(), "POST", "/darstellung/", [b"a" * MB] * 3)
    assert got.status == 413


class Life:
    """Drives the lifespan of an application."""

    def __init__(self, app):
        self.app, self.sent = app, []

    def run(self):
        async def live():
            waiting = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

            async def receive():
                return waiting.pop(0)

            async def send(message):
                self.sent.append(message["type"])

            await self.app({"type": "lifespan"}, receive, send)

        asyncio.run(live())
        return self.sent


class Service:
    log: list[str] = []

    def start(self):
        Service.log.append("start")

    def stop(self):
        Service.log.append("stop")


class BrokenService(Service):
    def start(self):
        raise OSError("kein Platz")


@pytest.mark.django_db(transaction=True, databases=["default", "observations"])
def test_services_live_with_the_process(wiring, monkeypatch):
    Service.log = []
    monkeypatch.setattr(wiring, "SERVICES", [f"{__name__}.Service"] * 2, raising=False)
    sent = Life(Dispatcher(Door(), {})).run()
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert Service.log == ["start", "start", "stop", "stop"]


@pytest.mark.django_db(transaction=True, databases=["default", "observations"])
def test_a_service_that_cannot_start_stops_the_others_and_the_process(wiring, monkeypatch):
    Service.log = []
    names = [f"{__name__}.Service", f"{__name__}.BrokenService"]
    monkeypatch.setattr(wiring, "SERVICES", names, raising=False)
    assert Life(Dispatcher(Door(), {})).run() == ["lifespan.startup.failed"]
    assert Service.log == ["start", "stop"]
