"""Create, update, delete (18-088 §10)."""

import pytest

from .client import proves
from .tree import LOCATION, POINT, PROPERTY, SENSOR, STREAM, TREE


@proves("create-update-delete/create-entity")
def test_create_one_of_each(service, tree):
    thing = service.post("Things", {"name": "a", "description": "b"})
    place = service.post(f"{thing}/Locations", LOCATION)
    assert service.rows(f"{thing}/Locations")[0]["@iot.selfLink"] == place
    sensor = service.get(service.post("Sensors", SENSOR))["@iot.id"]
    observed = service.get(service.post("ObservedProperties", PROPERTY))["@iot.id"]
    linked = {"Sensor": {"@iot.id": sensor}, "ObservedProperty": {"@iot.id": observed}}
    stream = service.post(f"{thing}/Datastreams", {**STREAM, **linked})
    reading = service.get(service.post(f"{stream}/Observations", {"result": 1}))
    assert reading["phenomenonTime"]
    feature = {**LOCATION, "feature": POINT}
    del feature["location"]
    own = service.get(service.post("FeaturesOfInterest", feature))["@iot.id"]
    body = {"result": "x", "FeatureOfInterest": {"@iot.id": own}}
    about = service.post(f"{stream}/Observations", body)
    assert service.get(f"{about}/FeatureOfInterest")["@iot.id"] == own
    generated = service.get(f"{reading['@iot.selfLink']}/FeatureOfInterest")
    assert generated["feature"] == POINT
    for address in (thing, place, f"Sensors({sensor})", f"ObservedProperties({observed})"):
        assert service.ask("DELETE", address).status == 200


@proves("create-update-delete/create-entity")
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("Things", {"name": "ohne Beschreibung"}),
        ("Things", {"name": "x", "description": "", "tippfehler": 1}),
        ("Locations", {k: v for k, v in LOCATION.items() if k != "location"}),
        ("Datastreams", STREAM),
        ("Observations", {"result": 1}),
        ("Observations", {"result": 1, "Datastream": {"@iot.id": 0}}),
        ("Sensors", []),
    ],
)
def test_what_is_incomplete_is_400(service, path, body):
    assert service.ask("POST", path, body).status == 400


@proves("create-update-delete/link-to-existing-entities")
def test_links_to_existing_entities(service, tree):
    stream = tree.streams[0]
    sensor = service.get(stream["Sensor@iot.navigationLink"])["@iot.id"]
    observed = service.get(stream["ObservedProperty@iot.navigationLink"])["@iot.id"]
    body = {
        **STREAM,
        "Thing": {"@iot.id": tree.id},
        "Sensor": {"@iot.id": sensor},
        "ObservedProperty": {"@iot.id": observed},
    }
    made = service.post("Datastreams", body)
    assert service.get(f"{made}/Thing")["@iot.id"] == tree.id
    assert service.get(f"{made}/Sensor")["@iot.id"] == sensor


@proves("create-update-delete/deep-insert", "create-update-delete/deep-insert-status-code")
def test_deep_insert(service):
    got = service.ask("POST", "Things", TREE)
    assert got.status == 201
    thing = got.headers["location"]
    assert len(service.rows(f"{thing}/Datastreams")) == 2
    assert len(service.rows(f"{thing}/HistoricalLocations")) == 1
    before = service.get("Things?$count=true&$top=0")
    broken = {**TREE, "Datastreams": [{**STREAM, "Observations": [{"result": 1, "x": 2}]}]}
    assert service.ask("POST", "Things", broken).status == 400
    assert service.get("Things?$count=true&$top=0") == before
    service.ask("DELETE", thing)


@proves("create-update-delete/update-entity")
def test_patch(service, tree):
    got = service.ask("PATCH", tree.thing, {"description": "neu", "properties": {"a": 1}})
    assert got.status == 200
    thing = service.get(tree.thing)
    assert (thing["name"], thing["description"]) == (TREE["name"], "neu")
    assert thing["properties"] == {"a": 1}
    reading = service.rows(f"{tree.readings}?$top=1")[0]["@iot.selfLink"]
    assert service.ask("PATCH", reading, {"result": 99}).status == 200
    assert service.get(reading)["result"] == 99
    assert service.ask("PATCH", "Things(0)", {"name": "x"}).status == 404


@proves("create-update-delete/update-entity")
def test_patch_of_links_and_times(service, tree):
    stream = tree.streams[0]
    other = service.get(service.post("Things", {"name": "a", "description": "b"}))
    moved = {"Thing": {"@iot.id": other["@iot.id"]}}
    assert service.ask("PATCH", stream["@iot.selfLink"], moved).status == 200
    assert service.get(f"{stream['@iot.selfLink']}/Thing")["@iot.id"] == other["@iot.id"]
    back = {"Datastreams": [{"@iot.id": stream["@iot.id"]}]}
    assert service.ask("PATCH", tree.thing, back).status == 200
    assert len(tree.streams) == 2
    history = service.rows(f"{tree.thing}/HistoricalLocations")[0]["@iot.selfLink"]
    assert service.ask("PATCH", history, {"time": "2020-01-01T00:00:00Z"}).status == 200
    assert service.get(history)["time"] == "2020-01-01T00:00:00Z"
    inline = {"Locations": [LOCATION]}
    assert service.ask("PATCH", tree.thing, inline).status == 400
    assert service.ask("DELETE", other["@iot.selfLink"]).status == 200


@proves("create-update-delete/update-entity-jsonpatch")
def test_json_patch(service, tree):
    kind = {"content_type": "application/json-patch+json"}
    operations = [
        {"op": "test", "path": "/name", "value": TREE["name"]},
        {"op": "replace", "path": "/name", "value": "neu"},
        {"op": "copy", "from": "/properties/farbe", "path": "/properties/lack"},
        {"op": "move", "from": "/properties/masse/kg", "path": "/properties/kg"},
        {"op": "add", "path": "/properties/liste", "value": [1]},
        {"op": "remove", "path": "/properties/masse"},
    ]
    assert service.ask("PATCH", tree.thing, operations, **kind).status == 200
    thing = service.get(tree.thing)
    assert thing["name"] == "neu"
    assert thing["properties"] == {"farbe": "rot", "lack": "rot", "kg": 2.5, "liste": [1]}
    assert service.ask("PATCH", tree.thing, operations, **kind).status in {400, 409}
    assert service.get(tree.thing) == thing


@proves("create-update-delete/update-entity-put")
def test_put(service, tree):
    assert service.ask("PUT", tree.thing, {"name": "n", "description": "d"}).status == 200
    assert "properties" not in service.get(tree.thing)
    assert service.ask("PUT", tree.thing, {"name": "n"}).status == 400


def test_what_was_read_can_be_put_back(service, tree):
    for address in (tree.thing, tree.streams[0]["@iot.selfLink"]):
        before = service.get(address)
        assert service.ask("PUT", address, before).status == 200
        assert service.get(address) == before


@proves("create-update-delete/delete-entity")
def test_delete_takes_what_hangs_on_it_and_nothing_else(service, tree):
    stream = tree.streams[0]
    reading = service.rows(f"{tree.readings}?$orderby=phenomenonTime desc&$top=1")[0]
    assert service.ask("DELETE", reading["@iot.selfLink"]).status == 200
    times = service.get(stream["@iot.selfLink"])["phenomenonTime"]
    assert times.endswith("2026-03-11T00:00:00Z")
    sensor = service.get(stream["Sensor@iot.navigationLink"])["@iot.selfLink"]
    place = service.rows(f"{tree.thing}/Locations")[0]["@iot.selfLink"]
    assert service.ask("DELETE", tree.thing).status == 200
    assert service.ask("GET", stream["@iot.selfLink"]).status == 404
    assert service.ask("GET", sensor).status == 200
    assert service.ask("DELETE", sensor).status == 200
    assert service.ask("DELETE", place).status == 200
    assert service.ask("DELETE", tree.thing).status == 404


@proves("create-update-delete/historical-location-auto-creation")
def test_a_new_place_makes_a_historical_location(service, tree):
    assert len(service.rows(f"{tree.thing}/HistoricalLocations")) == 1
    service.post(f"{tree.thing}/Locations", {**LOCATION, "name": "neu"})
    history = service.rows(f"{tree.thing}/HistoricalLocations?$expand=Locations")
    assert len(history) == 2
    assert history[1]["Locations"][0]["name"] == "neu"
    assert [p["name"] for p in service.rows(f"{tree.thing}/Locations")] == ["neu"]


@proves("create-update-delete/historical-location-manual-creation")
def test_a_historical_location_can_be_created(service, tree):
    place = service.rows(f"{tree.thing}/Locations")[0]["@iot.id"]
    body = {
        "time": "2020-01-01T00:00:00Z",
        "Thing": {"@iot.id": tree.id},
        "Locations": [{"@iot.id": place}],
    }
    made = service.post("HistoricalLocations", body)
    assert service.get(made)["time"] == "2020-01-01T00:00:00Z"
    assert service.get(f"{made}/Thing")["@iot.id"] == tree.id
