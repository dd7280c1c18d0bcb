"""Health, readiness and metrics answer while the rest is in trouble."""

import pytest
from django.db import OperationalError

from mehrwert.base import health, metrics, queries
from mehrwert.base.health import health_door
from mehrwert.base.models import EventDelivery
from mehrwert.base.queries import Disk

from .asgi import ask

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def test_a_living_process_is_healthy():
    got = ask(health_door, "GET", "/-/gesund")
    assert (got.status, got.text) == (200, "ok\n")


def test_ready_means_both_databases_and_space(wiring):
    got = ask(health_door, "GET", "/-/bereit")
    assert got.status == 200
    assert {name: check["ok"] for name, check in got.json["pruefungen"].items()} == {
        "default": True,
        "observations": True,
        "platz": True,
    }


def test_a_database_that_is_away_is_named_and_nothing_of_it_told(wiring, monkeypatch):
    def away(alias):
        if alias == "observations":
            raise OperationalError("password=geheim host=db")

    monkeypatch.setattr(health, "_ping", away)
    got = ask(health_door, "GET", "/-/bereit")
    assert got.status == 503
    assert not got.json["pruefungen"]["observations"]["ok"]
    assert got.json["pruefungen"]["default"]["ok"]
    assert "geheim" not in got.text


def test_a_full_disk_is_not_ready(wiring, monkeypatch):
    monkeypatch.setattr(queries, "read_disk", lambda: Disk(10, 1000, is_low=True))
    got = ask(health_door, "GET", "/-/bereit")
    assert got.status == 503
    assert got.json["pruefungen"]["platz"] == {"ok": False, "frei_mb": 10}


def test_further_checks_come_from_the_wiring(wiring, monkeypatch):
    monkeypatch.setattr(wiring, "READINESS", {"probe": f"{__name__}.broken"}, raising=False)
    got = ask(health_door, "GET", "/-/bereit")
    assert got.status == 503
    assert got.json["pruefungen"]["probe"]["hinweis"] == "nicht erreichbar (RuntimeError)"


def broken() -> None:
    raise RuntimeError


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"x_forwarded_for": "192.0.2.7"}, 404),
    ],
)
def test_without_a_token_only_this_machine_reads_metrics(client, headers, status):
    assert ask(health_door, "GET", "/metrics", client=client, **headers).status == status


@pytest.mark.parametrize(
    ("given", "status"),
    [("Bearer s3cret", 200), ("Bearer falsch", 404), ("", 404), ("Bearer é", 404)],
)
def test_with_a_token_its_holder_reads_metrics(settings, monkeypatch, given, status):
    monkeypatch.setitem(vars(settings.MEHRWERT), "metrics_token", "s3cret")
    got = ask(health_door, "GET", "/metrics", client="192.0.2.7", authorization=given)
    assert got.status == status


def test_metrics_count_what_an_operator_wants_to_know():
    EventDelivery.objects.create(
        source="x", event_id=1, name="x", payload={}, listener="x", next_try_us=0, parked=True
    )
    metrics.Door("probe").count(200, 0.004)
    text = ask(health_door, "GET", "/metrics").text
    assert "mehrwert_events_parked 1.0" in text
    assert "mehrwert_jobs_open 0.0" in text
    assert 'mehrwert_requests_total{door="probe",status="2xx"} 1.0' in text
    assert "mehrwert_disk_free_bytes" in text
    assert "tenant" not in text


def test_other_paths_are_not_there():
    assert ask(health_door, "GET", "/-/sonst").status == 404
