"""Binding files, keys of messages, what a message offers (OBS-06)."""

import pytest

from mehrwert.connectors.mqtt.errors import BindingError
from mehrwert.connectors.mqtt.rules.definition import check_definition
from mehrwert.connectors.mqtt.rules.proposing import propose
from mehrwert.connectors.mqtt.rules.receiving import device_of, receive

from .factories import TASMOTA, TEMPERATURE, definition


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"topics": ["a/#/b"]}, "topics/1"),
        ({"topics": ["ok", "a+/b"]}, "topics/2"),
        ({"topics": ["#"]}, "topics/1"),
        ({"topics": []}, "topics"),
        ({"broker": "http://x"}, "broker"),
        ({"broker": "mqtt://user:secret@x"}, "broker"),
        ({"broker": "mqtt://:99999"}, "broker"),
        ({"content": "xml"}, "content"),
        ({"time": {"at": "/t", "zone": "Mars/Olympus"}}, "time/zone"),
        ({"values": [{**TEMPERATURE, "at": "AM2301"}]}, "values/0/at"),
        ({"values": [TEMPERATURE, TEMPERATURE]}, "temperature"),
        ({"values": [{**TEMPERATURE, "topic": "a/#/b"}]}, "temperature"),
        ({"format": 2}, "format"),
    ],
)
def test_a_wrong_file_is_told_where(more, where):
    with pytest.raises(BindingError) as refused:
        check_definition(definition(**more))
    assert refused.value.data["where"] == where


@pytest.mark.parametrize("given", [None, [], "x", {}, 3])
def test_anything_else_is_no_binding(given):
    with pytest.raises(BindingError):
        check_definition(given)


def test_a_message_offers_values_with_names_and_its_time():
    offer = propose(TASMOTA, definition())
    assert offer.times == ["/Time"]
    wanted = {p.at: (p.name, p.symbol, p.aggregation) for p in offer.values if p.wanted}
    assert wanted == {
        "/AM2301/Temperature": ("Temperatur", "°C", "mean"),
        "/AM2301/Humidity": ("Luftfeuchte", "%", "mean"),
        "/ENERGY/Power": ("Leistung", "W", "mean"),
        "/ENERGY/Total": ("Zählerstand", "", "last"),
    }
    assert len({p.field for p in offer.values}) == 5
    again = propose(TASMOTA, definition(values=[TEMPERATURE]))
    assert [p.name for p in again.values if p.wanted] == ["Lufttemperatur"]


def test_a_bare_number_is_offered_as_the_whole_message():
    (one,) = propose("21,5", definition()).values
    assert (one.at, one.sample, one.field) == ("", "21,5", "wert")


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ({}, "plug1"),
        ({"whole_topic": True}, "tele/plug1/SENSOR"),
        ({"topic_part": 2}, "plug1"),
        ({"topic_part": 9}, "?"),
        ({"name": "Pegel"}, "Pegel"),
        ({"at": "/TempUnit"}, "C"),
        ({"at": "/ENERGY"}, "?"),
    ],
)
def test_a_device_has_a_name(rule, name):
    assert device_of(definition(device=rule), "tele/plug1/SENSOR", TASMOTA) == name


def test_the_key_of_a_message_is_short_whatever_the_topic():
    found = receive(definition(), 7, "a/" * 300, "1", is_repeated=False)
    assert len(found.key) <= 120
    assert len(found.device) <= 80
    assert found.window_us == 0
    assert receive(definition(), 7, "a", "1", is_repeated=True).window_us == 600_000_000
    timed = definition(time={"at": "/t"})
    assert receive(timed, 7, "a", "1", is_repeated=False).window_us is None
