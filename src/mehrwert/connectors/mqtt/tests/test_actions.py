"""From a message of a broker to readings (OBS-06, OBS-08, OBS-13)."""

import json

import pytest
from django.conf import settings

from mehrwert.base.actor import SYSTEM
from mehrwert.base.errors import HostNotAllowedError
from mehrwert.base.models import AuditRow
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.mqtt import actions
from mehrwert.connectors.mqtt.models import Binding
from mehrwert.intake.actions import decode_waiting
from mehrwert.intake.models import Device
from mehrwert.intake.queries import list_unknown
from mehrwert.intake.tests.uplinks import RECORDED, chirpstack, things_stack
from mehrwert.observations.choices import MessageState
from mehrwert.observations.queries import (
    list_datastreams,
    list_messages,
    list_things,
    read_observations,
)

from .factories import TASMOTA, TEMPERATURE, bring, definition, make_binding

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
TIME = {"at": "/Time", "zone": "Europe/Berlin"}


@pytest.fixture
def scope(observation_store):
    with tenant_scope(1):
        yield


def values_of(tenant_id=1):
    return {
        row.name: [one.result for one in read_observations(tenant_id, row.id)]
        for row in list_datastreams(tenant_id)
    }


def test_what_was_recorded_is_read_when_values_are_chosen(scope):
    row = make_binding()
    bring(row, "tele/plug1/SENSOR", TASMOTA)
    assert [m.state for m in list_messages(1)] == [MessageState.WAITING]
    assert not list_unknown().exists()
    changed = definition(values=[TEMPERATURE], device={"name": "Steckdosen"}, time=TIME)
    actions.change_binding(row, changed, actor=SYSTEM)
    decode_waiting()
    assert [thing.name for thing in list_things(1)] == ["Steckdosen"]
    bring(row, "tele/plug2/SENSOR", TASMOTA.replace("12:00", "13:00"))
    assert values_of() == {"Lufttemperatur, Steckdosen": [21.5, 21.5]}


def test_the_time_of_the_message_counts_in_its_zone(scope):
    row = make_binding(values=[TEMPERATURE], time=TIME, device={"topic_part": 2})
    bring(row, "tele/plug1/SENSOR", TASMOTA)
    bring(row, "tele/plug1/SENSOR", TASMOTA)
    (series,) = list_datastreams(1)
    (one,) = read_observations(1, series.id)
    assert one.time_us == 1_777_629_600_000_000  # 10:00 UTC
    assert (series.unit_symbol, series.protection) == ("°C", "internal")


def test_the_same_bare_value_twice_is_two_readings_a_repetition_is_not(scope):
    value = {**TEMPERATURE, "at": ""}
    row = make_binding(values=[value], topics=["haus/+"], device={"topic_part": 2})
    bring(row, "haus/garten", "21,5")
    bring(row, "haus/garten", "21,5")
    assert values_of() == {"Lufttemperatur, garten": [21.5, 21.5]}
    bring(row, "haus/garten", "21,5", is_repeated=True)
    bring(row, "haus/garten", "21,5", is_retained=True)
    assert values_of() == {"Lufttemperatur, garten": [21.5, 21.5]}


def test_a_list_of_readings_words_and_topics(scope):
    door = {"field": "door", "at": "/v", "name": "Tor", "words": {"OPEN": 1, "SHUT": 0}}
    level = {"field": "level", "at": "/v", "name": "Pegel", "topic": "a/level"}
    row = make_binding(
        topics=["a/#"],
        values=[{**door, "topic": "a/door"}, level],
        items="/rows",
        time={"at": "/t"},
        device={"name": "Wehr"},
    )
    rows = [{"t": 1_700_000_000 + n, "v": word} for n, word in enumerate(["OPEN", "SHUT", "?"])]
    bring(row, "a/door", json.dumps({"rows": rows}))
    bring(row, "a/level", json.dumps({"rows": [{"t": 1_700_000_000_500, "v": "1,25"}]}))
    assert values_of() == {"Tor, Wehr": [0, 1], "Pegel, Wehr": [1.25]}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("{", "no_values:"),
        ("{}", "no_values:"),
        ('{"AM2301": {"Temperature": 1}}', "no_time:/Time"),
        ('{"AM2301": {"Temperature": 1}, "Time": "gestern"}', "no_time:/Time"),
        (b"\xff\xfe", "foreign:"),
        ("[" * 3000, "no_values:"),
        ('{"AM2301": {"Temperature": %s}}' % ("9" * 4000), "no_values:"),
    ],
)
def test_what_cannot_be_read_stays_with_a_reason(scope, body, error):
    row = make_binding(values=[TEMPERATURE], time=TIME)
    bring(row, "tele/x/SENSOR", body)
    (message,) = list_messages(1)
    assert (message.state, message.error) == (MessageState.FAILED, error)


def test_lorawan_by_mqtt_of_both_systems_goes_the_way_of_the_webhook(scope):
    """OBS-08: the same message by webhook and MQTT is the same message."""
    row = make_binding(content="lorawan", topics=["v3/+/devices/+/up", "application/#"])
    one = next(r for r in RECORDED if r.slug == "elsys-multi")
    bring(row, "v3/app@ttn/devices/d1/up", json.dumps(things_stack(one, 1)))
    bring(row, "application/1/device/70b3/event/up", json.dumps(chirpstack(one, 2)))
    bring(row, "application/1/device/70b3/event/up", json.dumps(chirpstack(one, 2)))
    bring(row, "application/1/device/70b3/event/up", b"\x0a\x07protobuf")
    assert {device.device_key for device in list_unknown()} == {
        "70B3D50000000001",
        "70B3D50000000002",
    }
    states = [message.state for message in list_messages(1)]
    assert states == [MessageState.FAILED, MessageState.WAITING, MessageState.WAITING]


def test_a_broker_that_is_not_allowed_is_not_asked(scope, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ())
    with pytest.raises(HostNotAllowedError):
        actions.create_binding(definition(), actions.Login(), retention_days=9, actor=SYSTEM)
    assert not Binding.objects.exists()


def test_passwords_are_sealed_and_in_no_audit(scope, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    login = actions.Login("stadt", "geheim!")
    row = actions.create_binding(definition(), login, retention_days=9, actor=SYSTEM)
    assert "geheim!" not in row.sealed_password
    assert "geheim!" not in str(list(AuditRow.objects.values()))
    actions.change_binding(row, row.definition, login=actions.Login("stadt"), actor=SYSTEM)
    assert row.sealed_password
    assert Device.objects.count() == 0
