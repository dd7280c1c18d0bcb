"""With a real broker that is killed and restarted (OBS-06, §4.4)."""

import asyncio
import json
import subprocess
import time

import pytest
from django.conf import settings

from mehrwert.base.actor import SYSTEM
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.mqtt import Broker, MqttLink, TopicRefusedError
from mehrwert.base.tenant import tenant_scope
from mehrwert.base.tests.mosquitto import Client, Mosquitto, until
from mehrwert.base.tests.ports import free_port
from mehrwert.connectors.mqtt import actions, service
from mehrwert.connectors.mqtt.queries import Wanted
from mehrwert.intake.actions import decode_waiting, pause_source
from mehrwert.intake.models import Source
from mehrwert.observations.errors import QueueFullError
from mehrwert.observations.queries import list_messages, read_bodies

from .factories import TEMPERATURE, definition

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
VALUE = {**TEMPERATURE, "at": "/v"}


@pytest.fixture
def rig(observation_store, tmp_path, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    made = Rig(tmp_path)
    with tenant_scope(1):
        yield made
    made.end()


class Rig:
    """A broker with one user and persistence, and our service."""

    def __init__(self, folder):
        self.port = free_port()
        self.store = folder / "store"
        (folder / "conf.d").mkdir()
        passwords = folder / "passwords"
        for user in ("stadt", "geraet"):
            create = [] if passwords.exists() else ["-c"]
            command = ["mosquitto_passwd", "-b", *create, str(passwords), user, "geheim"]
            subprocess.run(command, check=True, capture_output=True)
        (folder / "conf.d" / "own.conf").write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous false\npassword_file {passwords}\n"
            "autosave_interval 1\nmax_queued_messages 10000\n"
        )
        self.broker = Mosquitto(folder, [self.port])
        self.broker.start()
        self.service = None

    def bind(self, password="geheim", **more):
        given = definition(
            broker=f"mqtt://127.0.0.1:{self.port}",
            topics=["a/+"],
            values=[VALUE],
            time={"at": "/t"},
            **more,
        )
        login = actions.Login("stadt", password)
        return actions.create_binding(given, login, retention_days=9, actor=SYSTEM)

    def start(self):
        self.service = service.MqttBindings()
        self.service.start()

    def connected(self, row):
        def is_there():
            source = Source.objects.get(pk=row.source_id)
            return source.ok_us and not source.trouble

        assert until(is_there, 15), Source.objects.get(pk=row.source_id).trouble

    def stop(self):
        if self.service is not None:
            self.service.stop()
        self.service = None

    def publish(self, *numbers):
        client = Client(self.port, "geraet", "geheim", name=f"sender{numbers[0]}")
        for n in numbers:
            client.publish("a/pegel", f'{{"v": {n}, "t": {1_700_000_000 + n}}}'.encode())
        client.close()

    def saved(self):
        """Wait until the broker has written down what it has: it does so every second."""
        file, now = self.store / "mosquitto.db", time.time()
        assert until(lambda: file.exists() and file.stat().st_mtime > now + 0.05, 10)

    def end(self):
        self.stop()
        self.broker.stop()


def got():
    rows = list_messages(1, limit=100)
    bodies = read_bodies([row.id for row in rows]) if rows else {}
    return sorted(json.loads(body)["v"] for body in bodies.values())


def test_nothing_is_lost_while_either_side_is_away(rig, monkeypatch):
    row = rig.bind()
    rig.start()
    rig.connected(row)
    rig.publish(1)
    assert until(lambda: got() == [1])
    rig.stop()
    rig.publish(2, 3)
    rig.saved()
    rig.broker.process.kill()
    rig.broker.process.wait()
    rig.broker.start()
    rig.publish(4)
    assert got() == [1]
    rig.start()
    assert until(lambda: got() == [1, 2, 3, 4], 15), got()
    rig.broker.process.kill()
    rig.broker.process.wait()
    assert until(lambda: Source.objects.get(pk=row.source_id).trouble, 15)
    rig.broker.start()
    rig.connected(row)
    rig.publish(5)
    assert until(lambda: got() == [1, 2, 3, 4, 5], 15)
    decode_waiting()
    assert {m.n_readings for m in list_messages(1)} == {1}


def test_a_message_is_acknowledged_only_when_it_is_stored(rig, monkeypatch):
    """We end while the store takes nothing: the broker delivers again."""
    row = rig.bind()
    asked = []

    async def full(*given):
        asked.append(1)
        raise QueueFullError(retry_after_s=1)

    with monkeypatch.context() as away:
        away.setattr(service, "areceive", full)
        rig.start()
        rig.connected(row)
        rig.publish(1)
        assert until(lambda: asked)
        rig.stop()
    assert got() == []
    rig.start()
    assert until(lambda: got() == [1], 15)


def test_a_wrong_password_is_told_in_a_sentence_and_mended_without_restart(rig):
    row = rig.bind(password="falsch")
    rig.start()
    trouble = until(lambda: Source.objects.get(pk=row.source_id).trouble, 15)
    assert "Benutzer und Passwort" in trouble["sentence"]
    actions.change_binding(
        row, row.definition, login=actions.Login("stadt", "geheim"), actor=SYSTEM
    )
    rig.connected(row)


def test_paused_is_kept_by_the_broker_ended_is_not(rig):
    row = rig.bind()
    rig.start()
    rig.connected(row)
    pause_source(row.source, paused=True, actor=SYSTEM)
    actions.wake_service()
    assert until(lambda: not rig.service._running)
    rig.publish(1)
    pause_source(row.source, paused=False, actor=SYSTEM)
    actions.wake_service()
    assert until(lambda: got() == [1], 15)
    actions.end_binding(row, actor=SYSTEM)

    def is_taken_back():
        row.refresh_from_db()
        return row.subscribed == []

    assert until(is_taken_back, 15)
    assert until(lambda: not rig.service._running, 15)
    rig.publish(2)
    assert got() == [1]


def test_topics_that_a_broker_does_not_give_us_are_told():
    """A broker may let us in and refuse some topics: reason codes from 128 on."""
    codes = {"a/+": (1, (1,)), "b/#": (2, (135,))}

    async def subscribed():
        link = MqttLink(Broker("broker.example", 1, False, "", ""), "test", handler=None)
        link._client.subscribe = lambda topic, qos: codes[topic][0]
        link.subscribe(list(codes))
        for number, answer in codes.values():
            link._answered(link._client, number, answer, {})
        return await link.refused()

    refused = asyncio.run(subscribed())
    assert refused == ["b/#"]
    wanted = Wanted(1, 1, 1, "x", "mqtt://broker.example", "", "", "test", (), 0, ())
    told = service.explain(TopicRefusedError(refused), wanted)
    assert "gibt uns diese Topics nicht: b/#" in sentence_of(told)
