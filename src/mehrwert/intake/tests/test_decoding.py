"""From kept messages to readings: adoption, replay, switching off (OBS-15, OBS-16, OBS-46)."""

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.models import AuditRow
from mehrwert.base.tenant import tenant_scope
from mehrwert.intake import actions, queries
from mehrwert.intake.actions import replay
from mehrwert.intake.choices import CodecState, DeviceState
from mehrwert.intake.errors import AlreadyAdoptedError, CodecExamplesError, UnknownCodecError
from mehrwert.intake.models import Codec, Device
from mehrwert.intake.presenting import clock_text, error_sentence
from mehrwert.intake.rules.readings import is_clock_wrong, skew_of
from mehrwert.observations.choices import MessageState
from mehrwert.observations.models import ObservationHistory, ObservationsOutboxEvent
from mehrwert.observations.queries import (
    list_datastreams,
    list_messages,
    list_things,
    read_observations,
)

from .uplinks import uplink

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def send(source, *messages):
    kept = actions.receive(source.grant, messages)
    actions.decode_waiting()
    return kept


def states(source):
    return [message.state for message in reversed(list_messages(source.tenant_id))]


def own_codec(source, script, examples=None, **more):
    return actions.save_codec(
        "eigener",
        name="Eigener",
        script=script,
        description={"measures": [{"field": "t", "name": "Temperatur", "symbol": "°C"}], **more},
        examples=[{"bytes": "07", "data": {"t": 7}}] if examples is None else examples,
        actor=SYSTEM,
    )


PLAIN = "function Decoder(b) { return {t: b[0]} }"


def test_an_unknown_device_waits_and_adoption_replays_what_waited(source):
    """OBS-15: one click adopts device and type, and replays."""
    send(source, *(uplink(n, "0100ea", f"2026-03-01T1{n}:00:00+00:00") for n in range(3)))
    (device,) = queries.list_unknown()
    assert states(source) == [MessageState.WAITING] * 3
    assert list_things(source.tenant_id) == []
    device = source.adopt(device, "elsys-multi", name="Schulhof", lon=7.6, lat=51.9)
    assert states(source) == [MessageState.DONE] * 3
    (stream,) = list_datastreams(source.tenant_id, thing_id=device.thing_id)
    assert (stream.name, stream.n) == ("Lufttemperatur, Schulhof", 3)
    assert (stream.unit_symbol, stream.expected_interval_s) == ("°C", 900)
    assert list_messages(source.tenant_id)[0].codec == "elsys-multi@1"
    assert list_things(source.tenant_id)[0].lon == 7.6
    with pytest.raises(AlreadyAdoptedError):
        source.adopt(device, "elsys-multi")


def test_the_registry_knows_signal_battery_and_a_new_session(source):
    """OBS-15: last seen, battery, signal."""
    send(source, uplink(1, "0100ea"))
    device = Device.objects.get()
    assert (device.rssi, device.snr, device.battery, device.battery_unit) == (-61, 9.5, 94.5, "%")
    send(source, uplink(2, "0100ea", session="alt"))
    device.refresh_from_db()
    assert device.session_us is None
    send(source, uplink(3, "0100ea", session="neu"))
    device.refresh_from_db()
    assert device.session_us == device.last_us


def test_a_series_is_made_when_its_first_value_comes(source):
    send(source, uplink(1, "0100ea"))
    device = source.adopt(Device.objects.get(), "elsys-multi")
    send(source, uplink(2, "0100ea0237", "2026-03-01T11:00:00+00:00"))
    assert source.latest(device.thing_id) == {"air_temperature": 23.4, "air_humidity": 55}


def test_a_device_joins_a_thing_that_exists(source):
    send(source, uplink(1, "0100ea", device=1), uplink(1, "0100ea", device=2))
    first, second = Device.objects.order_by("pk")
    thing_id = source.adopt(first, "elsys-multi").thing_id
    assert source.adopt(second, "elsys-multi", thing_id=thing_id).thing_id == thing_id
    assert len(list_datastreams(source.tenant_id, thing_id=thing_id)) == 2


def test_what_the_network_decoded_can_be_taken_as_it_is(source):
    """A device type that nobody wrote a codec for."""
    send(source, uplink(1, "00", object={"air": {"temp": 21.5}, "door": True, "x": None}))
    device = source.adopt(Device.objects.get(), "network")
    assert source.latest(device.thing_id) == {"air.temp": 21.5, "door": 1}


def test_an_unwanted_device_is_put_aside_and_taken_up_again(source):
    send(source, uplink(1, "0100ea"))
    actions.ignore_device(Device.objects.get(), ignored=True, actor=SYSTEM)
    send(source, uplink(2, "0100ea"))
    assert states(source) == [MessageState.WAITING, MessageState.IGNORED]
    assert queries.count_unknown() == 0
    source.adopt(Device.objects.get(), "elsys-multi")
    assert states(source) == [MessageState.DONE] * 2


def test_a_clock_that_runs_ahead_is_put_aside(source):
    """OBS-46."""
    send(source, uplink(1, "0100ea"))
    source.adopt(Device.objects.get(), "elsys-multi")
    send(source, uplink(2, "0100ea", "2099-01-01T00:00:00+00:00"))
    newest = list_messages(source.tenant_id)[0]
    assert (newest.state, newest.error) == (MessageState.FAILED, "clock:")
    device = Device.objects.get()
    assert device.error == "clock:"
    assert "vor" in clock_text(device)
    actions.set_clock(device, shift_s=round(device.skew_s), actor=SYSTEM)
    assert [row.state for row in list_messages(source.tenant_id)] == [MessageState.DONE] * 2
    device.refresh_from_db()
    assert clock_text(device) == ""
    (stream,) = list_datastreams(source.tenant_id, thing_id=device.thing_id)
    assert abs(stream.last_time_us - now_us()) < 60_000_000


def test_a_message_that_was_long_on_its_way_is_no_wrong_clock():
    """OBS-46: less behind is believed at once, more behind only after several."""
    skew = skew_of(None, 1_000_000, 2_000_000)
    assert skew == -1.0
    assert round(skew_of(skew, 0, 101_000_000), 6) == -11.0
    assert skew_of(-500.0, 5_000_000, 5_000_000) == 0.0
    assert not is_clock_wrong(None, 0)
    assert is_clock_wrong(-700.0, 0)
    assert not is_clock_wrong(-700.0, -650)


def test_replay_after_a_mended_codec_corrects_and_keeps_the_old_values(source, monkeypatch):
    """OBS-16: however many batches, one correction event."""
    send(source, uplink(1, "07"), uplink(2, "08", "2026-03-01T11:00:00+00:00"))
    own_codec(source, PLAIN)
    device = source.adopt(Device.objects.get(), "eigener")
    assert source.latest(device.thing_id) == {"t": 8}
    mended = own_codec(
        source,
        "function Decoder(b) { return {t: b[0] * 10} }",
        [{"bytes": "07", "data": {"t": 70}}],
    )
    assert (mended.version, mended.state) == (2, CodecState.ACTIVE.value)
    before = ObservationsOutboxEvent.objects.count()
    monkeypatch.setattr(replay, "AT_ONCE", 1)
    assert actions.replay_codec(source.tenant_id, mended.pk)["values"] == 2
    told = ObservationsOutboxEvent.objects.order_by("-id").first()
    assert ObservationsOutboxEvent.objects.count() == before + 1
    assert (told.name, told.dispatched_us) == ("ObservationsCorrected", None)
    assert told.payload["datastreams"][0]["n"] == 2
    (stream,) = list_datastreams(source.tenant_id, thing_id=device.thing_id)
    assert [row.result for row in read_observations(source.tenant_id, stream.id, limit=9)] in (
        [70, 80],
        [80, 70],
    )
    assert ObservationHistory.objects.count() == 2
    assert {m.codec for m in list_messages(source.tenant_id)} == {"eigener@2"}
    actions.replay_codec(source.tenant_id, mended.pk)
    assert ObservationHistory.objects.count() == 2


def test_a_version_that_fails_its_examples_changes_nothing(source):
    """OBS-10: not active before they pass."""
    own_codec(source, PLAIN)
    worse = own_codec(source, PLAIN, [{"bytes": "07", "data": {"t": 8}}])
    none = own_codec(source, PLAIN, [])
    assert (worse.state, none.state) == (CodecState.FAILING.value,) * 2
    assert queries.read_active_codec("eigener").version == 1
    with pytest.raises(CodecExamplesError):
        own_codec(source, PLAIN, [{"bytes": "xyz"}])


@pytest.mark.parametrize("body", ["for (;;);", "return /(a+)+$/.test('a'.repeat(40) + '!')"])
def test_a_codec_that_must_be_stopped_three_times_is_switched_off(source, body):
    """Decision 22; other municipalities notice nothing."""
    trap = f"function Decoder(b) {{ if (b[0] === 9) {{ {body} }} return {{t: b[0]}} }}"
    send(source, uplink(0, "07"))
    own_codec(source, trap)
    source.adopt(Device.objects.get(), "eigener")
    send(source, *(uplink(n, "09") for n in range(1, 8)))
    codec = Codec.objects.get()
    assert codec.state == CodecState.STOPPED.value
    found = states(source)
    assert (found[1:4], found[4:]) == ([MessageState.FAILED] * 3, [MessageState.WAITING] * 4)
    assert AuditRow.objects.filter(verb="stop", kind="codec").count() == 1
    assert actions.reactivate_codec(codec, actor=SYSTEM)
    assert Codec.objects.get().state == CodecState.ACTIVE.value


def test_errors_of_a_codec_stand_at_message_and_device(source):
    send(source, uplink(1, "07"))
    picky = "i.bytes[0] === 7 ? {data: {t: 7}} : {errors: ['fPort?']}"
    own_codec(source, f"function decodeUplink(i) {{ return {picky} }}")
    source.adopt(Device.objects.get(), "eigener")
    send(source, uplink(2, "08"))
    assert list_messages(source.tenant_id)[0].error == "errors:fPort?"
    assert Device.objects.get().error == "errors:fPort?"


def test_a_message_without_any_value_says_what_the_codec_could_not_read(source):
    """A wrong type is the usual reason: it must not look as if all were well."""
    send(source, uplink(1, "0100ea"))
    source.adopt(Device.objects.get(), "elsys-multi")
    send(source, uplink(2, "ff"))
    assert states(source) == [MessageState.DONE, MessageState.FAILED]
    assert Device.objects.get().error.startswith("unread:")
    assert "Passt der Gerätetyp?" in error_sentence(Device.objects.get().error)
    send(source, uplink(3, "0100eaff"))
    assert states(source)[-1] is MessageState.DONE, "one value is better than none"
    assert Device.objects.get().error == ""


def test_municipalities_do_not_see_each_other(source):
    send(source, uplink(1, "0100ea"))
    with tenant_scope(2):
        assert list(Device.objects.all()) == []
        assert list(queries.list_sources()) == []
        with pytest.raises(UnknownCodecError):
            actions.ensure_library_codec("gibt-es-nicht", actor=SYSTEM)
    assert list_messages(2) == []
    assert [queries.count_sources(tenant_id) for tenant_id in (1, 2)] == [1, 0]


def test_old_messages_go_as_their_source_says(source):
    """§4.1: kept N days."""
    send(source, uplink(1, "0100ea"))
    assert actions.clear_old_messages() == 0
    queries.list_every_source().update(retention_days=0)
    assert actions.clear_old_messages() == 1
    assert list_messages(source.tenant_id) == []


def test_decoding_twice_changes_nothing(source):
    send(source, uplink(1, "0100ea"))
    device = source.adopt(Device.objects.get(), "elsys-multi")
    assert device.state == DeviceState.ADOPTED.value
    before = list_datastreams(source.tenant_id)
    actions.replay_device(device)
    assert [(s.id, s.n) for s in list_datastreams(source.tenant_id)] == [
        (s.id, s.n) for s in before
    ]
    assert now_us() > device.last_us
