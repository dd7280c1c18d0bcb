"""Promises of PATCH: JSON Patch, historical locations, relations to many."""

import json

import pytest

from .door import LOCATION, STREAM, THING, ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
T0 = "2026-07-16T12:00:00Z"


def patch(path, *operations):
    body = json.dumps(operations).encode()
    return ask("PATCH", path, body, content_type="application/json-patch+json; charset=utf-8")


def only(path):
    [row] = ask("GET", path).json["value"]
    return row["@iot.id"]


def test_json_patch_changes_what_it_names(stream):
    thing = only("Things")
    got = patch(
        f"Things({thing})",
        {"op": "test", "path": "/@iot.id", "value": thing},
        {"op": "replace", "path": "/name", "value": "neu"},
        {"op": "move", "from": "/properties/farbe", "path": "/properties/tief/b"},
        {"op": "copy", "from": "/description", "path": "/properties/text"},
        {"op": "add", "path": "/properties/liste", "value": [1, None]},
        {"op": "remove", "path": "/properties/tief/a"},
    )
    assert got.status == 200
    shown = ask("GET", f"Things({thing})").json
    assert (shown["name"], shown["description"]) == ("neu", "d")
    assert shown["properties"] == {"tief": {"b": "rot"}, "text": "d", "liste": [1, None]}
    assert patch(f"Things({thing})", {"op": "remove", "path": "/properties"}).status == 200
    assert "properties" not in ask("GET", f"Things({thing})").json


def test_a_failing_test_changes_nothing(stream):
    before = ask("GET", f"Datastreams({stream})").json
    got = patch(
        f"Datastreams({stream})",
        {"op": "replace", "path": "/name", "value": "neu"},
        {"op": "test", "path": "/description", "value": "anders"},
    )
    assert got.status == 409
    assert ask("GET", f"Datastreams({stream})").json == before


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "remove", "path": "/name"},
        {"op": "replace", "path": "", "value": 7},
        {"op": "add", "path": "/farbe", "value": 1},
        {"op": "replace", "path": "/name", "value": 1},
        {"op": "replace", "path": "/@iot.id", "value": 2_000_000_000},
        {"op": "add", "path": "/phenomenonTime", "value": T0},
        {"op": "replace", "path": "/Thing", "value": {"@iot.id": 999}},
        {"op": "replace", "path": "/Sensor", "value": {"name": "x"}},
        {"op": "remove", "path": "/Sensor"},
        "unsinn",
    ],
)
def test_a_patch_that_does_not_fit_is_400(stream, operation):
    before = ask("GET", f"Datastreams({stream})").json
    assert patch(f"Datastreams({stream})", operation).status == 400
    assert ask("GET", f"Datastreams({stream})").json == before


@pytest.mark.parametrize("levels", [200, 400, 800])
def test_deep_patches_are_taken_or_refused_but_never_an_error(stream, levels):
    deep = b'{"a":' * levels + b"1" + b"}" * levels
    add = b'[{"op":"add","path":"/properties","value":' + deep + b"}"
    copies = b',{"op":"copy","from":"/properties","path":"/properties/a/a/a"}' * 6
    path, kind = f"Datastreams({stream})", "application/json-patch+json"
    for body in (add + b"]", add + copies + b"]", b'[{"op":"test","path":"","value":{}}]'):
        assert ask("PATCH", path, body, content_type=kind).status in {200, 400, 409}
    assert ask("GET", path).status == 200


def test_json_patch_of_links_and_readings(stream):
    made = ask("POST", f"Datastreams({stream})/Observations", {"result": 1, "phenomenonTime": T0})
    path = f"Observations({made.id})"
    got = patch(path, {"op": "replace", "path": "/result", "value": {"a": 1}})
    assert got.status == 200
    assert ask("GET", path).json["result"] == {"a": 1}
    other = ask("POST", "Things", {**THING, "Datastreams": []})
    thing = {"op": "replace", "path": "/Thing/@iot.id", "value": other.id}
    assert patch(f"Datastreams({stream})", thing).status == 200
    assert ask("GET", f"Datastreams({stream})/Thing").json["@iot.id"] == other.id
    assert patch("Things(999)", thing).status == 404


def test_a_historical_location_can_be_changed(anybody):
    thing = ask("POST", "Things", THING)
    old = only(f"Things({thing.id})/HistoricalLocations")
    place = ask("POST", "Locations", {**LOCATION, "name": "zwei"})
    path = f"HistoricalLocations({old})"
    change = {"time": "2020-01-01T00:00:00Z", "Locations": [{"@iot.id": place.id}]}
    assert ask("PATCH", path, change).status == 200
    assert ask("GET", path).json["time"] == "2020-01-01T00:00:00Z"
    assert len(ask("GET", f"{path}/Locations").json["value"]) == 2
    # it is the newest one: the thing is where it says
    assert len(ask("GET", f"Things({thing.id})/Locations").json["value"]) == 2
    assert ask("PUT", path, {"time": T0}).status == 200
    assert ask("GET", path).json["time"] == T0
    for wrong in ({"time": "gestern"}, {"Thing": {"@iot.id": 999}}, {"name": "x"}):
        assert ask("PATCH", path, wrong).status == 400
    assert ask("PATCH", "HistoricalLocations(999)", {"time": T0}).status == 404


def test_relations_to_many_take_others_in(stream):
    link = {"@iot.id": stream}
    thing = ask("POST", "Things", {"name": "leer", "description": "", "Datastreams": [link]})
    assert ask("GET", f"Datastreams({stream})/Thing").json["@iot.id"] == thing.id
    sensor = ask("POST", "Sensors", STREAM["Sensor"])
    assert ask("PATCH", f"Sensors({sensor.id})", {"Datastreams": [link]}).status == 200
    assert ask("GET", f"Datastreams({stream})/Sensor").json["@iot.id"] == sensor.id
    observed = ask("POST", "ObservedProperties", STREAM["ObservedProperty"])
    path = f"ObservedProperties({observed.id})"
    got = ask("POST", f"{path}/Datastreams", link)
    assert (got.status, got.id) == (201, stream)
    assert only(f"{path}/Datastreams") == stream
    assert ask("PATCH", path, {"Datastreams": [{"@iot.id": 999}]}).status == 400


def test_a_location_takes_things_and_times_in(anybody):
    thing = ask("POST", "Things", THING)
    old = only(f"Things({thing.id})/HistoricalLocations")
    place = ask("POST", "Locations", {**LOCATION, "name": "zwei"})
    change = {"HistoricalLocations": [{"@iot.id": old}], "Things": [{"@iot.id": thing.id}]}
    assert ask("PATCH", f"Locations({place.id})", change).status == 200
    assert only(f"Things({thing.id})/Locations") == place.id
    assert len(ask("GET", f"HistoricalLocations({old})/Locations").json["value"]) == 2


def test_readings_move_to_another_series_and_feature(stream):
    made = ask("POST", f"Datastreams({stream})/Observations", {"result": 1, "phenomenonTime": T0})
    link = {"@iot.id": made.id}
    thing = only("Things")
    other = ask("POST", f"Things({thing})/Datastreams", {**STREAM, "name": "zwei"})
    got = ask("PATCH", f"Datastreams({other.id})", {"Observations": [link]})
    assert got.status == 200
    assert ask("GET", f"Observations({made.id})/Datastream").json["@iot.id"] == other.id
    own = {k: v for k, v in LOCATION.items() if k != "location"}
    feature = ask(
        "POST",
        "FeaturesOfInterest",
        {**own, "feature": LOCATION["location"], "Observations": [link]},
    )
    assert feature.status == 201
    about = ask("GET", f"Observations({made.id})/FeatureOfInterest").json
    assert about["@iot.id"] == feature.id


def test_a_version_that_nothing_has_changes_nothing(stream):
    path = f"Datastreams({stream})"
    for method in ("PATCH", "PUT", "DELETE"):
        assert ask(method, path, {"name": "neu"}, if_match='"1"').status == 412
    assert ask("PATCH", path, {"name": "neu"}, if_match="*").status == 200
