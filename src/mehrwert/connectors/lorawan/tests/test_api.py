"""The door for network servers (OBS-07, OBS-08, OBS-13, OBS-15)."""

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.intake import actions
from mehrwert.intake.access import find_source
from mehrwert.intake.choices import DeviceState
from mehrwert.intake.models import Device
from mehrwert.intake.queries import forget_sources
from mehrwert.intake.tests.uplinks import RECORDED, chirpstack, dev_eui, things_stack
from mehrwert.observations.choices import MessageState
from mehrwert.observations.queries import list_messages, read_source_counts

from .door import deliver, deliver_all

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
ONE = RECORDED[0]


def test_a_message_is_kept_before_200_with_what_it_says(source):
    """OBS-07; §4.1."""
    body = things_stack(ONE, 5)
    assert (deliver(source.secret, body).status, deliver(source.secret, body).status) == (200, 200)
    (message,) = list_messages(source.tenant_id, source_id=source.source_id)
    assert message.state is MessageState.NEW
    assert message.device_key == dev_eui(5)
    assert message.device_us == 1_772_359_200_123_456
    assert message.envelope == {
        "system": "things_stack",
        "payload": ONE.payload,
        "f_port": 127,
        "f_cnt": 5,
        "rssi": -61.0,
        "snr": 9.5,
        "battery": 94.5,
        "session": "AXA50SHUjD6HKvb9dPQ0ow==",
        "hint": "eui-5",
    }
    counts = read_source_counts(source.tenant_id)[source.source_id]
    assert (counts.n_received, counts.n_duplicate) == (1, 1)


def test_omitted_port_and_counter_mean_zero(source):
    """OBS-07."""
    recorded = next(r for r in RECORDED if r.f_port == 0)
    for body in (things_stack(recorded, 0), chirpstack(recorded, 0)):
        assert deliver(source.secret, body).json == {"kept": 1, "duplicate": 0}
    for message in list_messages(source.tenant_id):
        assert (message.envelope["f_port"], message.envelope["f_cnt"]) == (0, 0)


def test_the_same_door_knows_both_systems(source):
    """OBS-08."""
    deliver(source.secret, chirpstack(ONE, 7), "up")
    deliver(source.secret, {**chirpstack(ONE, 8), "data": None})
    (empty, message) = list_messages(source.tenant_id)
    assert (message.device_key, message.envelope["payload"]) == (dev_eui(7), ONE.payload)
    assert message.envelope["hint"] == f"Gerät 7 · {ONE.slug}"
    assert empty.envelope["payload"] == ""


@pytest.mark.parametrize(
    ("body", "event", "battery"),
    [
        ({"margin": 7, "batteryLevel": 62.5}, "status", 62.5),
        ({"margin": 7, "externalPowerSource": True, "batteryLevel": 0}, "status", None),
        ({"devAddr": "00189440"}, "join", None),
        ({"margin": 7, "batteryLevel": 50}, "", 50.0),
    ],
)
def test_other_events_of_chirpstack_are_kept_and_hold_no_values(source, body, event, battery):
    whole = {"deduplicationId": "x", "time": "2026-03-01T10:00:00Z", **body}
    whole["deviceInfo"] = {"devEui": "70b3d50000000001", "deviceName": "n"}
    assert deliver(source.secret, whole, event).status == 200
    (message,) = list_messages(source.tenant_id)
    assert message.envelope.get("battery") == battery
    assert "payload" not in message.envelope


def test_a_join_of_the_things_stack_is_kept(source):
    body = things_stack(ONE, 1)
    del body["uplink_message"]
    body["join_accept"] = {"session_key_id": "BBB"}
    assert deliver(source.secret, body).status == 200
    assert list_messages(source.tenant_id)[0].envelope["event"] == "join_accept"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"kein JSON",
        b"\xff\xfe",
        b"[" * 100_000,
        {},
        [],
        {"end_device_ids": {}},
        {"end_device_ids": {"dev_eui": 7}, "uplink_message": {}},
        {"deviceInfo": {"devEui": "01"}, "data": "%%%"},
        {"end_device_ids": {"dev_eui": "01"}, "uplink_message": {"frm_payload": "%"}},
    ],
)
def test_what_is_of_neither_system_is_refused_in_words(source, body):
    got = deliver(source.secret, body)
    assert (got.status, got.json["code"]) == (400, "message_unknown")
    assert "ChirpStack" in got.json["message"]
    assert list_messages(source.tenant_id) == []


def test_a_counter_that_starts_again_after_a_join_is_another_message(source):
    """§4.2."""
    bodies = [things_stack(ONE, 1), things_stack(ONE, 1, session_key_id="neu")]
    assert [deliver(source.secret, body).json["kept"] for body in bodies] == [1, 1]


def test_only_the_secret_opens_the_door_and_no_log_sees_it(source):
    assert deliver("mq_0000000000_falsch", things_stack(ONE, 1)).status == 401
    assert deliver("", things_stack(ONE, 1)).status == 401
    got = deliver(source.secret, things_stack(ONE, 1))
    assert source.secret not in got.scope["path"]
    by_header = deliver("", things_stack(ONE, 2), authorization=f"Bearer {source.secret}")
    assert by_header.status == 200


def test_after_a_rotation_both_secrets_work_and_after_the_end_none(source):
    """OBS-15: key rotation without a gap."""
    row = find_source(source.source_id)
    new = actions.rotate_source(row, actor=SYSTEM)
    assert deliver(source.secret, things_stack(ONE, 1)).status == 200
    assert deliver(new, things_stack(ONE, 2)).status == 200
    row.old_until_us = 1
    row.save()
    forget_sources()
    assert deliver(source.secret, things_stack(ONE, 3)).status == 401
    actions.end_source(row, actor=SYSTEM)
    assert deliver(new, things_stack(ONE, 4)).status == 401


def test_all_recorded_device_types_become_readings_by_both_systems(source):
    """OBS-07, OBS-08: recorded messages of more than ten device types."""
    bodies = [
        make(recorded, 100 * s + n)
        for s, make in enumerate((things_stack, chirpstack))
        for n, recorded in enumerate(RECORDED)
    ]
    assert [got.status for got in deliver_all(source.secret, bodies)] == [200] * len(bodies)
    actions.decode_waiting()
    devices = {device.device_key: device for device in Device.objects.all()}
    assert {device.state for device in devices.values()} == {DeviceState.UNKNOWN.value}
    for s in (0, 1):
        for n, recorded in enumerate(RECORDED):
            device = source.adopt(devices[dev_eui(100 * s + n)], recorded.slug)
            latest = source.latest(device.thing_id)
            assert {name: latest[name] for name in recorded.values} == recorded.values
