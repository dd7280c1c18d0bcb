"""How programs ask that people use: the shapes of their requests, in words of our own.

Seen with ``frost_sta_client`` 1.1 and the SensorThings and EDR providers of pygeoapi 0.21; the
table of ``docs/standards/sensorthings.md`` says what each did.
"""

import pytest

from .tree import LOCATION, PROPERTY, SENSOR, STREAM

HERE = "geography'POLYGON((-118 54,-117 54,-117 55,-118 55,-118 54))'"
SERIES = (
    "$expand=Sensor,ObservedProperty,Thing/Locations,"
    "Observations($select=@iot.id;$orderby=phenomenonTime+desc),"
    "Observations/FeatureOfInterest($select=feature)"
)
PLACED = "$expand=Datastreams/Thing/Locations"
PARTS = (
    "$expand=Datastreams($select=description,name,unitOfMeasurement),"
    "Datastreams/Thing($select=@iot.id),Datastreams/Thing/Locations($select=location),"
    "Datastreams/Observations($select=result;$top=1)"
)
WITHIN = (
    f"$expand=Datastreams($filter=st_within(Thing/Locations/location,{HERE});$select=name),"
    "Datastreams/Observations($orderby=phenomenonTime;$select=result,phenomenonTime,resultTime)"
)


def test_the_same_relation_named_again_is_one(service, tree):
    """pygeoapi: options of a relation and, after it, what lies behind it."""
    one = service.get(f"{tree.streams[0]['@iot.selfLink']}?{SERIES}")
    page = service.rows(f"{tree.thing}/Datastreams?$skip=0&$top=10&{SERIES}")
    for stream in (one, *page):
        assert stream["Thing"]["Locations"]
        assert stream["Observations"][0].keys() == {"@iot.id", "FeatureOfInterest"}
        assert stream["Observations"][0]["FeatureOfInterest"].keys() == {"feature"}


@pytest.mark.parametrize(
    "query",
    [
        f"Datastreams?$skip=100000&$top=20&{SERIES}",
        f"ObservedProperties?$skip=100000&$top=20&{PLACED}",
        f"Datastreams?$filter=name+eq+'gibt+es+nicht'&{SERIES}",
        f"ObservedProperties?$filter=id+eq+0&{PARTS}",
        "Things?$skip=100000&$expand=Datastreams($expand=Observations($expand=Datastream))",
    ],
)
def test_an_empty_page_with_relations_is_empty(service, tree, query):
    """pygeoapi looks for a page behind the last one."""
    assert service.get(query) == {"value": []}


def test_places_of_what_is_related(service, tree):
    """pygeoapi: a box of the map, for each kind of entity; plus signs for blanks."""
    for name, path in (
        ("Things", "Locations/location"),
        ("Datastreams", "Thing/Locations/location"),
        ("Observations", "FeatureOfInterest/feature"),
        ("ObservedProperties", "Datastreams/observedArea"),
    ):
        found = service.get(f"{name}?$top=1&$count=true&$filter=st_within({path},{HERE})")
        assert found["@iot.count"] > 0, name
        elsewhere = HERE.replace("-11", "1")
        query = f"{name}?$top=1&$filter=st_within({path},{elsewhere})+and+id+ne+0"
        assert service.ask("GET", query).status == 200


def test_series_in_an_area_come_with_their_readings(service, tree):
    """pygeoapi, EDR: a condition on relations inside a relation, then its readings."""
    link = tree.streams[0]["@iot.selfLink"] + "/ObservedProperty"
    got = service.get(f"{link}?{WITHIN}")
    assert got["Datastreams"][0].keys() == {"name", "Observations"}
    times = [row["phenomenonTime"] for row in got["Datastreams"][0]["Observations"]]
    assert times == sorted(times)
    parts = service.get(f"{link}?{PARTS}")["Datastreams"][0]
    assert len(parts["Observations"]) == 1
    assert parts["Thing"]["Locations"][0].keys() == {"location"}


def test_what_was_read_is_put_back_with_its_id(service, tree):
    """frost_sta_client: ``update`` is a PUT of id and properties, without the relations."""
    thing = {"@iot.id": tree.id, "name": "neu", "description": "", "properties": {"x": [1, 2]}}
    assert service.ask("PUT", tree.thing, thing).status == 200
    got = service.get(f"{tree.thing}?$expand=Locations,Datastreams")
    assert got["properties"] == {"x": [1, 2]}
    assert len(got["Locations"]) == 1
    assert len(got["Datastreams"]) == 2
    reading = service.rows(f"{tree.readings}?$top=1")[0]
    body = {"@iot.id": reading["@iot.id"], "result": 99, "phenomenonTime": "2026-03-01T00:00+00:00"}
    assert service.ask("PUT", reading["@iot.selfLink"], body).status == 200
    assert service.get(reading["@iot.selfLink"])["result"] == 99


def test_a_reading_brings_its_whole_series_along(service, tree):
    """frost_sta_client: a linked entity is sent whole; its id says that it exists."""
    whole = service.get(f"{tree.streams[0]['@iot.selfLink']}?$expand=Sensor,ObservedProperty,Thing")
    body = {
        "result": 1.0,
        "phenomenonTime": "2026-05-01T01:30:00+02:00",
        "parameters": {"k": 1},
        "Datastream": {k: v for k, v in whole.items() if "@iot." not in k or k == "@iot.id"},
    }
    address = service.post("Observations", body)
    assert service.get(f"{address}/Datastream")["@iot.id"] == whole["@iot.id"]
    assert service.get(address)["parameters"] == {"k": 1}
    assert len(service.rows(f"{tree.thing}/Datastreams")) == 2


def test_patches_and_places_as_a_client_sends_them(service, tree):
    """frost_sta_client: JSON Patch of an entity, a place that names its thing."""
    patch = [
        {"op": "replace", "path": "/description", "value": "D2"},
        {"op": "add", "path": "/properties/neu", "value": 3},
    ]
    kind = {"content_type": "application/json-patch+json"}
    assert service.ask("PATCH", tree.thing, patch, **kind).status == 200
    assert service.get(tree.thing)["properties"]["neu"] == 3
    service.post("Locations", {**LOCATION, "name": "zwei", "Things": [{"@iot.id": tree.id}]})
    assert [row["name"] for row in service.rows(f"{tree.thing}/Locations")] == ["zwei"]
    assert len(service.rows(f"{tree.thing}/HistoricalLocations")) == 2


def test_arrays_of_readings_answer_links_in_order(service, tree):
    """frost_sta_client: a document of data arrays; it reads the ids out of the links."""
    group = {
        "Datastream": {"@iot.id": tree.streams[0]["@iot.id"]},
        "components": ["phenomenonTime", "result", "resultTime"],
        "dataArray": [[f"2026-06-0{d}T00:00:00Z", d, f"2026-06-0{d}T00:00:00Z"] for d in (1, 2)],
    }
    got = service.ask("POST", "CreateObservations", [group])
    assert got.status == 201
    assert [service.get(link)["result"] for link in got.json] == [1, 2]


def test_hits_and_pages(service, tree):
    """pygeoapi counts with a page; frost_sta_client follows links to the end."""
    page = service.get(f"{tree.readings}?$skip=0&$top=10&$count=true&$orderby=result+desc")
    assert (page["@iot.count"], len(page["value"])) == (12, 10)
    assert len(service.walk(f"{tree.readings}?$top=7&$orderby=phenomenonTime+asc")) == 12


def test_names_of_properties_in_capitals_and_ids_without_at(service, tree):
    assert service.get(f"{tree.thing}?$select=name,id").keys() == {"name", "@iot.id"}
    assert service.rows(f"{tree.readings}?$orderby=result DESC&$top=1")[0]["result"] == 12


def test_new_series_for_known_parts(service, tree):
    """frost_sta_client: parts that exist are sent by id, new ones whole."""
    sensor = service.post("Sensors", SENSOR)
    number = int(sensor.rsplit("(", 1)[1].rstrip(")"))
    body = {**STREAM, "Thing": {"@iot.id": tree.id}, "Sensor": {"@iot.id": number}}
    made = service.post("Datastreams", {**body, "ObservedProperty": PROPERTY})
    assert service.get(f"{made}/Sensor")["@iot.selfLink"] == sensor
    assert service.ask("DELETE", sensor).status == 200
    assert service.ask("GET", made).status == 404
