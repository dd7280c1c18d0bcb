"""Data model and resource path (18-088 §8, §9.2)."""

import pytest

from .client import proves
from .tree import LOCATION, PROPERTY, SENSOR, STREAM, TREE

NAMED = {"name", "description"}
PLACED = {*NAMED, "encodingType"}
ENTITIES = {
    "thing": ("Things", NAMED, {"Locations", "HistoricalLocations", "Datastreams"}),
    "location": ("Locations", {*PLACED, "location"}, {"Things", "HistoricalLocations"}),
    "historical-location": ("HistoricalLocations", {"time"}, {"Thing", "Locations"}),
    "datastream": (
        "Datastreams",
        {*NAMED, "unitOfMeasurement", "observationType"},
        {"Thing", "Sensor", "ObservedProperty", "Observations"},
    ),
    "sensor": ("Sensors", {*PLACED, "metadata"}, {"Datastreams"}),
    "observed-property": ("ObservedProperties", {*NAMED, "definition"}, {"Datastreams"}),
    "observation": (
        "Observations",
        {"phenomenonTime", "result", "resultTime"},
        {"Datastream", "FeatureOfInterest"},
    ),
    "feature-of-interest": ("FeaturesOfInterest", {*PLACED, "feature"}, {"Observations"}),
}
ALL = [f"datamodel/{e}/{part}" for e in ENTITIES for part in ("properties", "relations")]


@proves(*ALL)
def test_every_entity_has_its_properties_and_relations(service, tree):
    for name, properties, relations in ENTITIES.values():
        row = service.rows(f"{name}?$top=1")[0]
        assert properties <= row.keys(), name
        shown = {k.removesuffix("@iot.navigationLink") for k in row if "navigationLink" in k}
        assert shown == relations, name
        for relation in relations:
            assert service.ask("GET", row[f"{relation}@iot.navigationLink"]).status == 200


@proves("datamodel/entity-control-information/common-control-information")
def test_control_information_is_absolute(service, tree):
    for name, _, relations in ENTITIES.values():
        row = service.rows(f"{name}?$top=1")[0]
        assert type(row["@iot.id"]) is int
        assert row["@iot.selfLink"] == f"{service.root}/{name}({row['@iot.id']})"
        assert service.get(row["@iot.selfLink"])["@iot.id"] == row["@iot.id"]
        assert all(row[f"{r}@iot.navigationLink"].startswith(service.root) for r in relations)


def test_what_was_sent_comes_back(service, tree):
    thing = service.get(
        f"{tree.thing}?$expand=Locations,Datastreams($expand=Sensor,ObservedProperty)"
    )
    assert {k: thing[k] for k in ("name", "description", "properties")} == {
        k: TREE[k] for k in ("name", "description", "properties")
    }
    assert LOCATION.items() <= thing["Locations"][0].items()
    stream = thing["Datastreams"][0]
    assert stream["unitOfMeasurement"] == STREAM["unitOfMeasurement"]
    assert SENSOR.items() <= stream["Sensor"].items()
    assert PROPERTY.items() <= stream["ObservedProperty"].items()
    assert stream["phenomenonTime"] == "2026-03-01T00:00:00Z/2026-03-12T00:00:00Z"
    assert "properties" not in stream


@proves("resource-path/resource-path-to-entities")
def test_the_root_names_the_eight_sets(service):
    root = service.get("")
    assert {s["name"]: s["url"] for s in root["value"]} == {
        name: f"{service.root}/{name}" for name, _, _ in ENTITIES.values()
    }
    assert root["serverSettings"]["conformance"]


@proves("resource-path/resource-path-to-entities")
def test_paths_of_any_depth(service, tree):
    stream = tree.streams[0]["@iot.id"]
    for path, keys in (
        (f"Things({tree.id})/name", {"name"}),
        (f"Things({tree.id})/properties/farbe", {"farbe"}),
        (f"Things({tree.id})/Datastreams({stream})/Sensor/Datastreams", {"value"}),
        (f"Datastreams({stream})/Thing/Locations/$ref", {"value"}),
        (f"Datastreams({stream})/Thing/$ref", {"@iot.selfLink"}),
        (f"Datastreams({stream})/Observations?$top=1", {"value", "@iot.nextLink"}),
    ):
        assert service.get(path).keys() == keys, path
    assert service.ask("GET", f"Things({tree.id})/name/$value").body.decode() == TREE["name"]
    raw = service.ask("GET", f"Things({tree.id})/properties/farbe/$value")
    assert (raw.body, raw.headers["content-type"].split(";")[0]) == (b"rot", "text/plain")
    refs = service.rows(f"Things({tree.id})/Datastreams/$ref")
    assert all(row.keys() == {"@iot.selfLink"} for row in refs)


@proves("request-data/status-code")
@pytest.mark.parametrize(
    "path",
    [
        *("Thing", "Things(0)", "Things(9223372036854775807)", "Things(x)", "Things('1')"),
        *("Things(0)/Datastreams", "Things({id})/Sensors", "Things({id})/nichts", "Foo(1)/Bar"),
        *("Things({id})/Datastreams(0)", "Things({id})/properties/fehlt", "Datastreams(0)/Thing"),
        "Datastreams({other})/Observations(1)",
    ],
)
def test_what_does_not_exist_is_404(service, tree, path):
    got = service.ask("GET", path.format(id=tree.id, other=tree.streams[0]["@iot.id"]))
    assert (got.status, got.json["type"]) == (404, "error")


def test_membership_is_checked_along_the_path(service, tree):
    other = service.post("Things", {"name": "leer", "description": ""})
    stream = tree.streams[0]["@iot.id"]
    assert service.ask("GET", f"{other}/Datastreams({stream})").status == 404
    assert service.ask("GET", f"{tree.thing}/Datastreams({stream})").status == 200
    service.ask("DELETE", other)


def test_a_null_property_is_200(service, tree):
    reading = service.rows(f"{tree.readings}?$top=1")[0]["@iot.selfLink"]
    assert service.get(f"{reading}/resultTime") == {"resultTime": None}
    assert service.ask("GET", f"{reading}/resultTime/$value").body == b"null"
