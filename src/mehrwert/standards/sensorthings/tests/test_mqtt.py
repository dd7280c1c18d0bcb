"""Promises of the MQTT side (OBS-05, OBS-32, M1–M3), with a real broker."""

import json
import time

import pytest
from django.conf import settings
from django.core.management import call_command

from mehrwert.accounts.actions import KeyLimits, create_key, revoke_key
from mehrwert.accounts.models import ApiKey
from mehrwert.base.actor import SYSTEM
from mehrwert.base.delivery import deliver_new
from mehrwert.base.models import OutboxEvent
from mehrwert.base.tests.mosquitto import Client, Mosquitto, until
from mehrwert.base.tests.ports import free_port
from mehrwert.base.worker import claim_job, run_job
from mehrwert.municipalities.models import Tenant
from mehrwert.observations import actions
from mehrwert.observations.errors import QueueFullError
from mehrwert.observations.tests.fixtures import make_town
from mehrwert.standards.sensorthings import access
from mehrwert.standards.sensorthings.checks import check_mqtt
from mehrwert.standards.sensorthings.errors import BrokerFilesError
from mehrwert.standards.sensorthings.jobs import write_broker_files
from mehrwert.standards.sensorthings.mqtt.queue import MESSAGES, MqttNews
from mehrwert.standards.sensorthings.mqtt.service import SensorThingsMqtt
from mehrwert.standards.sensorthings.mqtt.settings import ports

from .door import ask, become, visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PUBLIC = "https://daten.auental.example"


def option(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setitem(vars(settings.MEHRWERT), name, value)


def make_tenant(slug, number):
    return Tenant.objects.create(
        slug=slug, name=slug, level="demo", ars=f"99000000000{number}", is_demo=True, created_us=0
    )


class Town:
    """A municipality with one series, and whoever speaks for it."""

    def __init__(self, slug, number):
        self.tenant = make_tenant(slug, number)
        self.slug = slug
        self.made = make_town(self.tenant.pk)
        self.series = self.made.datastream_id

    def key(self, *scopes, **limits):
        row, whole = create_key(
            tenant_id=self.tenant.pk,
            name="Gerät",
            scopes=["mqtt", *scopes],
            actor=SYSTEM,
            limits=KeyLimits(**limits),
        )
        return row.prefix, whole

    def values(self):
        got = ask("GET", f"Datastreams({self.series})/Observations").json["value"]
        return [row["result"] for row in got]


@pytest.fixture
def town(observation_store, monkeypatch):
    access._tenants.clear()
    access._limited.clear()
    town = Town("auental", 1)
    become(monkeypatch, visitor(town.tenant.pk))
    return town


@pytest.fixture
def rig(town, tmp_path, monkeypatch):
    """The broker, configured by the command; ``start`` lets our service look for it."""
    option(
        monkeypatch,
        public_url=PUBLIC,
        mqtt_broker=f"mqtt://127.0.0.1:{free_port()}",
        mqtt_read_port=free_port(),
        mqtt_websocket_port=free_port(),
        mqtt_create_port=free_port() - town.tenant.pk,
    )
    rig = Rig(tmp_path, town)
    yield rig
    rig.end()


class Rig:
    def __init__(self, folder, town):
        self.folder, self.town = folder / "conf.d", town
        listeners = ports()
        own = listeners.create + town.tenant.pk
        self.broker = Mosquitto(folder, [listeners.server, listeners.read, own])
        self.service = None
        self.clients = []

    def configure(self):
        call_command("mqtt_config", self.folder, verbosity=0)

    def start(self):
        """Bring up what is down, and wait until the server is signed in."""
        if self.broker.process is None:
            self.configure()
            self.broker.start()
        if self.service is None:
            self.service = SensorThingsMqtt()
            self.service.start()
        assert until(lambda: self.service._service.is_connected), "the server did not sign in"

    def stop_service(self):
        self.service.stop()
        self.service = None

    def sender(self, key, town=None):
        port = settings.MEHRWERT.mqtt_create_port + (town or self.town).tenant.pk
        return self.client(port, *key)

    def reader(self, *topics, key=("", ""), name=""):
        return self.client(settings.MEHRWERT.mqtt_read_port, *key, topics=topics, name=name)

    def client(self, *args, name="", **kwargs):
        client = Client(*args, name=name or f"c{len(self.clients)}", **kwargs)
        self.clients.append(client)
        return client

    def end(self):
        for client in self.clients:
            client.close()
        if self.service is not None:
            self.service.stop()
        self.broker.stop()


def body(result, minute=0, **more):
    return json.dumps(
        {"result": result, "phenomenonTime": f"2026-05-01T10:{minute:02}:00Z", **more}
    ).encode()


def test_a_message_becomes_a_reading_as_if_posted(rig):
    """M1: three topics, deep insert; what is no reading is counted and changes nothing."""
    town = rig.town
    series = town.series
    feature = ask("POST", f"Datastreams({series})/Observations", {"result": 0}).status == 201
    feature = ask("GET", "FeaturesOfInterest").json["value"][0]["@iot.id"]
    key = town.key("write")
    rig.start()
    sender = rig.sender(key)
    refused = MESSAGES.labels("in", "refused")._value.get()
    linked = {"Datastream": {"@iot.id": series}}
    inline = {
        "FeatureOfInterest": {
            "name": "F",
            "description": "",
            "encodingType": "application/geo+json",
            "feature": {"type": "Point", "coordinates": [7, 51]},
        }
    }
    sender.publish("v1.1/Observations", body(1, 1, **linked))
    sender.publish(f"v1.1/Datastreams({series})/Observations", body(2, 2))
    sender.publish(f"v1.1/FeaturesOfInterest({feature})/Observations", body(3, 3, **linked))
    sender.publish(f"v1.1/Datastreams({series})/Observations", body(4, 4, **inline))
    sender.publish("v1.1/Things", b'{"name": "T", "description": ""}')
    sender.publish(f"v1.1/Datastreams({series})/Observations", b"{")
    sender.publish(f"v1.1/Datastreams({series})/Observations", body(2, 2))
    assert until(lambda: len(town.values()) == 5), town.values()
    assert until(lambda: MESSAGES.labels("in", "refused")._value.get() == refused + 2)
    assert sorted(town.values()) == [0, 1, 2, 3, 4]
    assert len(ask("GET", "Things").json["value"]) == 1
    assert len(ask("GET", "FeaturesOfInterest").json["value"]) == 2


def test_a_key_for_one_series_makes_no_features(rig):
    """The broker hides the key: where such a key exists its topic takes readings only."""
    town = rig.town
    key = town.key("write", datastream_ids=[town.series])
    rig.start()
    refused = MESSAGES.labels("in", "refused")._value.get()
    inline = {
        "FeatureOfInterest": {
            "name": "F",
            "description": "",
            "encodingType": "application/geo+json",
            "feature": {"type": "Point", "coordinates": [7, 51]},
        }
    }
    topic = f"v1.1/Datastreams({town.series})/Observations"
    sender = rig.sender(key)
    sender.publish(topic, body(1, 1, **inline))
    sender.publish(topic, body(2, 2))
    assert until(lambda: town.values() == [2]), town.values()
    assert until(lambda: MESSAGES.labels("in", "refused")._value.get() == refused + 1)
    names = [row["name"] for row in ask("GET", "FeaturesOfInterest").json["value"]]
    assert "F" not in names


def test_nothing_is_lost_while_either_side_is_away(rig):
    """The broker keeps what comes in while we are away, also across its own restart."""
    town = rig.town
    key = town.key("write", "read")
    topic = f"v1.1/Datastreams({town.series})/Observations"
    rig.start()
    rig.sender(key).publish(topic, body(1, 1))
    assert until(lambda: town.values() == [1])
    rig.stop_service()
    rig.sender(key).publish(topic, body(2, 2))
    rig.broker.stop()
    rig.broker.start()
    rig.sender(key).publish(topic, body(3, 3))
    assert town.values() == [1]
    rig.start()
    assert until(lambda: town.values() == [1, 2, 3])

    topics = (f"mw/auental/{topic}", "mw/auental/v1.1/Things")
    rig.reader(*topics, key=key, name="reader").close()
    deliver_new()
    assert until(lambda: not MqttNews.objects.exists())
    rig.broker.stop()
    assert until(lambda: not rig.service._service.is_connected)
    town.made.record([10**15], [4.0])
    ask("PATCH", f"Things({town.made.thing_id})", {"name": "neu"})
    deliver_new()
    rig.broker.start()
    assert until(lambda: not MqttNews.objects.exists())
    told = rig.reader(*topics, key=key, name="reader")
    assert until(lambda: len(told.got) >= 2), told.got
    results = [json.loads(p)["result"] for t, p in told.got if t.endswith("Observations")]
    assert results[-1] == 4
    assert json.loads(told.got[-1][1])["name"] == "neu"


def test_the_broker_hears_of_it_after_the_commit(rig, monkeypatch):
    """A busy store lets the message wait; it is acknowledged when it is stored."""
    town = rig.town
    key = town.key("write")
    whole = actions.arecord_reading
    refusals = [1, 2]

    async def busy(context, series, reading):
        if refusals:
            refusals.pop()
            raise QueueFullError(retry_after_s=1)
        return await whole(context, series, reading)

    monkeypatch.setattr(actions, "arecord_reading", busy)
    rig.start()
    rig.sender(key).publish(f"v1.1/Datastreams({town.series})/Observations", body(7))
    assert until(lambda: town.values() == [7])
    assert not refusals


def test_a_message_that_was_not_stored_comes_again(rig, monkeypatch):
    """Ended while it waited for the store: the broker sends it to whoever comes next."""
    town = rig.town
    key = town.key("write")
    whole = actions.arecord_reading
    tries = []

    async def busy(context, series, reading):
        tries.append(1)
        raise QueueFullError(retry_after_s=1)

    monkeypatch.setattr(actions, "arecord_reading", busy)
    rig.start()
    rig.sender(key).publish(f"v1.1/Datastreams({town.series})/Observations", body(7))
    assert until(lambda: tries)
    rig.stop_service()
    monkeypatch.setattr(actions, "arecord_reading", whole)
    rig.start()
    assert until(lambda: town.values() == [7])


def test_subscribers_are_told_whole_entities(rig, monkeypatch):
    """M2, M3: on create and update, through whatever door; the entity as a GET shows it."""
    town = rig.town
    option(monkeypatch, mqtt_all_observations=True)
    key = town.key("read", "write")
    rig.start()
    told = rig.reader("#", key=key)
    series = town.series
    ask("POST", f"Datastreams({series})/Observations", json.loads(body(1, 1)))
    rig.sender(key).publish(f"v1.1/Datastreams({series})/Observations", body(2, 2))
    assert until(lambda: len(town.values()) == 2)
    town.made.record([10**15], [3.0])
    rows = ask("GET", f"Datastreams({series})/Observations").json["value"]
    changed = ask("PATCH", f"Observations({rows[-1]['@iot.id']})", {"result": 9})
    assert changed.status == 200
    thing = ask("POST", "Things", {"name": "T", "description": "d"}).id
    deliver_new()
    begin = "mw/auental/v1.1"
    assert until(lambda: (f"{begin}/Things({thing})") in dict(told.got))
    readings = [
        json.loads(p) for t, p in told.got if t == f"{begin}/Datastreams({series})/Observations"
    ]
    assert [row["result"] for row in readings] == [1, 9, 3, 9]  # as they are when they are told
    shown = dict(told.got)
    link = f"{PUBLIC}/sta/auental/v1.1"
    assert (
        json.loads(shown[f"{begin}/Things({thing})"])["@iot.selfLink"] == f"{link}/Things({thing})"
    )
    assert json.loads(shown[f"{begin}/Things"])["name"] == "T"
    assert f"{begin}/Observations" in shown
    assert f"{begin}/Observations({rows[-1]['@iot.id']})" in shown
    assert f"{begin}/FeaturesOfInterest" in shown
    got = ask("GET", f"Observations({rows[-1]['@iot.id']})").json
    last = readings[-1]
    assert {k: v for k, v in last.items() if "@iot" not in k} == {
        k: v for k, v in got.items() if "@iot" not in k
    }


def test_who_may_be_told_what(rig):
    """Released series are for everybody, others by key, personal and critical ones for nobody."""
    town = rig.town
    other = Town("bergen", 2)
    public = town.made.add_datastream(name="offen", protection="open")
    hidden = town.made.add_datastream(name="geheim", protection="critical")
    key, strange = town.key("read"), other.key("read")
    narrow = town.key("read", datastream_ids=[town.series])
    write_only = town.key("write")
    rig.start()
    anybody = rig.reader("#", "v1.1/#")
    mine, theirs = rig.reader("#", key=key), rig.reader("#", key=strange)
    limited, deaf = rig.reader("#", key=narrow), rig.reader("#", key=write_only)
    for number in (town.series, public, hidden):
        town.made.record([10**15], [1.0], number)
    deliver_new()
    inner = f"mw/auental/v1.1/Datastreams({town.series})/Observations"
    outer = f"v1.1/Datastreams({public})/Observations"
    assert until(lambda: inner in dict(mine.got) and outer in dict(anybody.got))
    time.sleep(0.3)
    assert all(topic.startswith("v1.1/") for topic, _ in anybody.got)
    assert not [topic for topic, _ in theirs.got if topic.startswith("mw/auental")]
    assert all(topic.startswith("v1.1/") for topic, _ in deaf.got)
    own = {topic for topic, _ in limited.got if topic.startswith("mw/")}
    assert own <= {inner, f"mw/auental/v1.1/Datastreams({town.series})"}
    assert inner in own
    assert not [
        topic for client in rig.clients for topic, _ in client.got if f"({hidden})" in topic
    ]


def test_who_may_send_what(rig, monkeypatch):
    """A key sends to the listener of its municipality; a limited one to its series."""
    town = rig.town
    other = Town("bergen", 2)
    second = town.made.add_datastream(name="zweite")
    narrow = town.key("write", datastream_ids=[town.series])
    reads = town.key("read")
    foreign = other.key("write")
    rig.start()
    limited = rig.sender(narrow)
    limited.publish(f"v1.1/Datastreams({second})/Observations", body(1))
    limited.publish("v1.1/Observations", body(1, Datastream={"@iot.id": town.series}))
    rig.sender(foreign, other).publish(f"v1.1/Datastreams({town.series})/Observations", body(2))
    limited.publish(f"v1.1/Datastreams({town.series})/Observations", body(3))
    assert until(lambda: town.values() == [3])
    for key in (reads, foreign):
        with pytest.raises(Exception, match="Not authorized"):
            rig.sender(key)
    assert ask("GET", f"Datastreams({second})/Observations").json["value"] == []


@pytest.mark.parametrize(
    ("broker", "public", "found"),
    [
        ("", "", []),
        ("mqtt://127.0.0.1:1884", PUBLIC, []),
        ("127.0.0.1:1884", PUBLIC, ["sensorthings.E001"]),
        ("mqtt://127.0.0.1:nix", PUBLIC, ["sensorthings.E001"]),
        ("mqtts://broker.example", "", ["sensorthings.W001"]),
    ],
)
def test_options_that_cannot_work_are_named(monkeypatch, broker, public, found):
    option(monkeypatch, mqtt_broker=broker, public_url=public)
    assert [message.id for message in check_mqtt()] == found


def test_the_root_names_the_endpoints(rig, town, monkeypatch):
    shown = ask("GET", "/sta/v1.1").json["serverSettings"]
    base = "http://www.opengis.net/spec/iot_sensing/1.1/req"
    creation = f"{base}/create-observations-via-mqtt/observations-creation"
    updates = f"{base}/receive-updates-via-mqtt/receive-updates"
    port = settings.MEHRWERT.mqtt_create_port + town.tenant.pk
    assert shown[creation] == {"endpoints": [f"mqtt://daten.auental.example:{port}"]}
    assert "wss://daten.auental.example/mqtt" in shown[updates]["endpoints"]
    assert creation in shown["conformance"]
    assert updates not in shown["conformance"]
    option(monkeypatch, mqtt_broker="")
    shown = ask("GET", "/sta/v1.1").json["serverSettings"]
    assert set(shown) == {"conformance"}
    assert creation not in shown["conformance"]


def work_off():
    """Deliver what was announced and do the jobs that follow, as the running server does."""
    while deliver_new():
        pass
    while job := claim_job("test"):
        run_job(job)


def test_the_broker_learns_of_keys_by_itself(rig, tmp_path, monkeypatch):
    """A new key and a refused one are in its files by the next job; nothing else is touched."""
    folder = tmp_path / "conf.d"
    option(monkeypatch, mqtt_config_dir=str(folder))
    user, _ = rig.town.key("read")
    work_off()
    assert user in (folder / "read.passwords").read_text()
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert write_broker_files.call() == 0
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    key = ApiKey.objects.get(prefix=user)
    revoke_key(key.pk, tenant_id=rig.town.tenant.pk, actor=SYSTEM)
    work_off()
    assert user not in (folder / "read.passwords").read_text()
    plain = OutboxEvent.objects.filter(name="BrokerKeyChanged").count()
    create_key(tenant_id=rig.town.tenant.pk, name="Lesen", scopes=["read"], actor=SYSTEM)
    assert OutboxEvent.objects.filter(name="BrokerKeyChanged").count() == plain


def test_a_folder_that_cannot_be_written_is_told_in_words(rig, tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.touch()
    option(monkeypatch, mqtt_config_dir=str(file / "conf.d"))
    with pytest.raises(BrokerFilesError):
        write_broker_files.call()
