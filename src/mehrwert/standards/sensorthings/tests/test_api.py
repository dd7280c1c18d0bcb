"""Promises of the door: status, headers, bodies."""

import pytest

from mehrwert.observations import actions as observations
from mehrwert.observations import writer
from mehrwert.observations.errors import QueueFullError
from mehrwert.observations.queries import Limits
from mehrwert.standards.sensorthings import errors

from .door import LOCATION, ROOT, STREAM, THING, ask, become, visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
T0 = "2026-07-16T12:00:00Z"


def observe(stream, result, time=T0, **more):
    body = {"result": result, "phenomenonTime": time, "Datastream": {"@iot.id": stream}, **more}
    return ask("POST", "Observations", body)


def test_the_root_names_exactly_the_eight_sets(anybody):
    root = ask("GET", "/sta/v1.1").json
    assert [s["name"] for s in root["value"]] == [
        *("Things", "Locations", "HistoricalLocations", "Datastreams", "Sensors"),
        *("ObservedProperties", "Observations", "FeaturesOfInterest"),
    ]
    assert all(s["url"] == f"{ROOT}/{s['name']}" for s in root["value"])
    assert "endpoints" not in root["serverSettings"]


def test_public_url_names_the_root(anybody, settings, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "public_url", "https://daten.example/")
    root = ask("GET", "/sta/v1.1").json
    assert root["value"][0]["url"] == "https://daten.example/sta/v1.1/Things"


def test_deep_insert_creates_a_whole_tree(anybody):
    made = ask(
        "POST", "Things", {**THING, "Datastreams": [{**STREAM, "Observations": [{"result": 8}]}]}
    )
    assert (made.status, made.body) == (201, b"")
    assert made.headers["location"] == f"{ROOT}/Things({made.id})"
    thing = ask("GET", f"Things({made.id})").json
    assert thing["properties"] == THING["properties"]
    assert thing["Locations@iot.navigationLink"] == f"{ROOT}/Things({made.id})/Locations"
    [place] = ask("GET", f"Things({made.id})/Locations").json["value"]
    assert place["location"] == LOCATION["location"]
    assert len(ask("GET", f"Things({made.id})/HistoricalLocations").json["value"]) == 1
    [series] = ask("GET", f"Things({made.id})/Datastreams").json["value"]
    assert series["unitOfMeasurement"] == STREAM["unitOfMeasurement"]
    [reading] = ask("GET", f"Datastreams({series['@iot.id']})/Observations").json["value"]
    assert (reading["result"], reading["resultTime"]) == (8, None)
    feature = ask("GET", f"Observations({reading['@iot.id']})/FeatureOfInterest").json
    assert feature["feature"] == LOCATION["location"]


def test_deep_insert_is_all_or_nothing(anybody):
    broken = {**STREAM, "Sensor": {"@iot.id": 999}}
    got = ask("POST", "Things", {**THING, "Datastreams": [broken]})
    assert got.status == 400
    for name in ("Things", "Locations", "ObservedProperties", "Datastreams"):
        assert ask("GET", f"{name}?$count=true").json == {"@iot.count": 0, "value": []}


@pytest.mark.parametrize("missing", sorted(set(STREAM)))
def test_a_datastream_without_a_mandatory_part_is_refused(anybody, missing):
    thing = ask("POST", "Things", {"name": "T", "description": ""})
    body = {k: v for k, v in STREAM.items() if k != missing}
    got = ask("POST", f"Things({thing.id})/Datastreams", body)
    assert got.status == 400
    assert missing in got.json["message"]


def test_posting_below_a_parent_links_to_it(anybody, stream):
    sensor = ask("GET", f"Datastreams({stream})/Sensor").json["@iot.id"]
    thing = ask("GET", f"Datastreams({stream})/Thing").json["@iot.id"]
    body = {**STREAM, "name": "zweite", "Sensor": {"@iot.id": sensor}}
    made = ask("POST", f"Things({thing})/Datastreams", body)
    assert ask("GET", f"Datastreams({made.id})/Thing").json["@iot.id"] == thing
    moved = ask("POST", f"Things({thing})/Locations", {**LOCATION, "name": "neu"})
    assert moved.status == 201
    places = ask("GET", f"Things({thing})/Locations").json["value"]
    assert [p["name"] for p in places] == ["neu"]
    assert ask("POST", "Things(77)/Datastreams", body).status == 404
    assert ask("POST", f"Datastreams({stream})/Observations", {"result": 1}).status == 201
    assert ask("POST", "Datastreams(77)/Observations", {"result": 1}).status == 404


def test_representation_comes_back_when_preferred(anybody):
    got = ask("POST", "Things", THING, prefer="return=representation")
    assert (got.status, got.json["name"]) == (201, "T")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (8, b"8"),
        (8.0, b"8"),
        (-0.25, b"-0.25"),
        (1e-7, b"1e-7"),
        (12345678901234567890, b"12345678901234567890"),
        (None, b"null"),
        (True, b"true"),
        ("8", b'"8"'),
        ([1, "a"], b'[1,"a"]'),
        ({"a": {"b": None}}, b'{"a":{"b":null}}'),
    ],
)
def test_a_result_comes_back_as_sent(stream, sent, shown):
    got = observe(stream, sent)
    assert got.status == 201
    assert ask("GET", f"Observations({got.id})/result/$value").body.replace(b" ", b"") in (
        shown,
        shown.strip(b'"'),
    )


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2026-07-16T14:00:00+02:00", "2026-07-16T12:00:00Z"),
        ("2026-07-16T14:00:00+0200", "2026-07-16T12:00:00Z"),
        ("2026-07-16T12:00:00.5Z", "2026-07-16T12:00:00.500Z"),
        ("2026-07-16T12:00:00.000001Z", "2026-07-16T12:00:00.000001Z"),
        ("2026-07-16T12:00:00Z/2026-07-16T13:00:00Z", "2026-07-16T12:00:00Z/2026-07-16T13:00:00Z"),
        ("2026-07-16T12:00:00Z/PT1H", "2026-07-16T12:00:00Z/2026-07-16T13:00:00Z"),
        ("2024-01-31T00:00:00Z/P1M", "2024-01-31T00:00:00Z/2024-02-29T00:00:00Z"),
        ("2024-02-29T12:00:00Z/P1Y2M1DT1H", "2024-02-29T12:00:00Z/2025-04-30T13:00:00Z"),
    ],
)
def test_times_come_back_in_utc(stream, sent, shown):
    got = observe(stream, 1, sent)
    assert ask("GET", f"Observations({got.id})").json["phenomenonTime"] == shown


def test_extras_of_a_reading_come_back(stream):
    more = {
        "resultTime": "2026-07-16T12:05:00Z",
        "validTime": "2026-07-16T12:00:00Z/2026-07-17T12:00:00Z",
        "parameters": {"tiefe": 30},
        "resultQuality": {"a": 1},
    }
    got = observe(stream, 1, **more)
    shown = ask("GET", f"Observations({got.id})").json
    assert {k: shown[k] for k in more} == more


def test_repeating_a_reading_stores_nothing(stream):
    first, again, other = observe(stream, 1), observe(stream, 1), observe(stream, 2)
    assert (again.status, again.headers["mehrwert-duplicate"]) == (201, "true")
    assert again.headers["location"] == first.headers["location"]
    assert "mehrwert-duplicate" not in first.headers
    assert other.id != first.id
    assert ask("GET", f"Datastreams({stream})/Observations?$count=true").json["@iot.count"] == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"result":1}',
        b'{"result":1e999,"Datastream":{"@iot.id":1}}',
        b'{"result":1,"Datastream":{"@iot.id":999}}',
        b'{"result":1,"Datastream":{"@iot.id":-1}}',
        b'{"result":1,"Datastream":{"@iot.id":"1"}}',
        b'{"result":1,"Datastream":{"@iot.id":1},"reslt":2}',
        b'{"result":1,"Datastream":{"@iot.id":1},"phenomenonTime":"2026-07-16T12:00:00"}',
        b'{"result":1,"Datastream":{"@iot.id":1},"phenomenonTime":"2026-02-30T12:00:00Z"}',
        b'{"result":1,"Datastream":{"@iot.id":1},"phenomenonTime":7}',
        b'{"result":1,"Datastream":{"@iot.id":1},"FeatureOfInterest":{"@iot.id":999}}',
        b'{"result":"\\u0000","Datastream":{"@iot.id":1}}',
        b'{"result":"\xff","Datastream":{"@iot.id":1}}',
        b"[" * 100_000,
    ],
)
def test_a_wrong_reading_is_400_with_one_sentence(stream, body):
    got = ask("POST", "Observations", body)
    assert got.status == 400
    assert set(got.json) == {"code", "type", "message"}
    assert (got.json["code"], got.json["type"]) == (400, "error")
    assert ask("GET", "Observations").json == {"value": []}


def test_a_reading_of_a_thing_without_place_is_refused(anybody):
    thing = ask("POST", "Things", {"name": "T", "description": "", "Datastreams": [STREAM]})
    [series] = ask("GET", f"Things({thing.id})/Datastreams").json["value"]
    got = observe(series["@iot.id"], 1)
    assert got.status == 400
    assert "FeatureOfInterest" in got.json["message"]


def test_create_observations_answers_row_by_row(stream):
    groups = [
        {
            "Datastream": {"@iot.id": stream},
            "components": ["phenomenonTime", "result", "parameters"],
            "dataArray@iot.count": 3,
            "dataArray": [
                [T0, 1, None],
                ["gestern", 2, None],
                ["2026-07-16T13:00:00Z", 3, {"a": 1}],
            ],
        },
        {
            "Datastream": {"@iot.id": 999},
            "components": ["phenomenonTime", "result"],
            "dataArray": [[T0, 1]],
        },
    ]
    got = ask("POST", "CreateObservations", groups)
    assert got.status == 201
    ok = [link.startswith(f"{ROOT}/Observations(") for link in got.json]
    assert ok == [True, False, True, False]
    assert got.json[1].startswith("error: ")
    assert ask("GET", got.json[2]).json["parameters"] == {"a": 1}
    again = ask("POST", "CreateObservations", groups)
    assert again.json == got.json


@pytest.mark.parametrize(
    "change",
    [
        {"components": ["result"]},
        {"components": ["phenomenonTime", "result", "wetter"]},
        {"Datastream": None},
        {"dataArray": "x"},
    ],
)
def test_a_broken_data_array_stores_nothing(stream, change):
    good = {
        "Datastream": {"@iot.id": stream},
        "components": ["phenomenonTime", "result"],
        "dataArray": [[T0, 1]],
    }
    got = ask("POST", "CreateObservations", [good, {**good, **change}])
    assert got.status == 400
    assert ask("GET", "Observations").json["value"] == []


def test_next_links_walk_all_rows_once_in_order(stream):
    rows = [[f"2026-07-16T12:{i:02}:00Z", i] for i in range(25)]
    ask(
        "POST",
        "CreateObservations",
        [
            {
                "Datastream": {"@iot.id": stream},
                "components": ["phenomenonTime", "result"],
                "dataArray": rows[::-1],
            }
        ],
    )
    for path, expected in (
        (f"Datastreams({stream})/Observations?$top=4", list(range(25))),
        (
            f"Datastreams({stream})/Observations?$top=7&$orderby=phenomenonTime desc",
            list(range(24, -1, -1)),
        ),
        ("Observations?$top=5&$skip=3&$select=result", list(range(3, 25))),
        ("FeaturesOfInterest(%d)/Observations?$top=10", list(range(25))),
    ):
        if "%d" in path:
            path = path % ask("GET", "FeaturesOfInterest").json["value"][0]["@iot.id"]
        seen = []
        while path:
            page = ask("GET", path.replace(" ", "%20")).json
            seen += [row["result"] for row in page["value"]]
            path = page.get("@iot.nextLink")
        assert seen == expected


def test_sets_page_by_name(anybody):
    for name in ("b", "ä", "a", "b"):
        ask("POST", "Things", {"name": name, "description": ""})
    seen, path = [], "Things?$orderby=name&$top=1"
    while path:
        page = ask("GET", path).json
        seen += [row["name"] for row in page["value"]]
        path = page.get("@iot.nextLink")
    assert seen == ["a", "b", "b", "ä"]


def test_top_zero_with_count_has_no_next_link(stream):
    observe(stream, 1)
    assert ask("GET", "Observations?$top=0&$count=true").json == {"@iot.count": 1, "value": []}


def test_select_shows_exactly_what_is_named(stream):
    got = ask("GET", f"Datastreams({stream})?$select=name,id,Thing").json
    assert set(got) == {"name", "@iot.id", "Thing@iot.navigationLink"}


def test_delete_takes_what_hangs_on_it(stream):
    observe(stream, 1)
    thing = ask("GET", f"Datastreams({stream})/Thing").json["@iot.id"]
    assert ask("DELETE", f"Things({thing})").status == 200
    counts = {
        name: ask("GET", f"{name}?$count=true").json["@iot.count"]
        for name in ("Things", "Datastreams", "Observations", "Locations", "Sensors")
    }
    assert counts == {
        "Things": 0,
        "Datastreams": 0,
        "Observations": 0,
        "Locations": 1,
        "Sensors": 1,
    }
    assert ask("DELETE", f"Things({thing})").status == 404


def test_patch_replaces_given_properties(stream):
    got = ask("PATCH", f"Datastreams({stream})", {"name": "neu", "@iot.id": 77})
    assert got.status == 200
    shown = ask("GET", f"Datastreams({stream})").json
    assert (shown["name"], shown["description"]) == ("neu", "d")
    assert ask("PATCH", f"Datastreams({stream})", {"nme": "x"}).status == 400
    assert ask("PATCH", "Datastreams(99)", {"name": "x"}).status == 404


def test_put_replaces_the_whole(stream):
    thing = ask("GET", f"Datastreams({stream})/Thing").json
    read_back = {k: v for k, v in thing.items() if k != "properties"}
    path = f"Things({thing['@iot.id']})"
    assert ask("PUT", path, {**read_back, "name": "neu"}).status == 200
    shown = ask("GET", path).json
    assert shown["name"] == "neu"
    assert "properties" not in shown
    assert ask("PUT", path, {"name": "neu"}).status == 400
    assert ask("PUT", path, {**read_back, "Locations": [LOCATION]}).status == 400


def test_a_reading_can_be_changed_and_keeps_its_id(stream):
    reading = observe(stream, 1, resultTime=T0)
    change = {"result": "neu", "phenomenonTime": "2026-07-01T00:00:00Z", "parameters": {"a": 1}}
    assert ask("PATCH", f"Observations({reading.id})", change).status == 200
    shown = ask("GET", f"Observations({reading.id})").json
    assert {k: shown[k] for k in change} == change
    assert shown["resultTime"] == T0


def test_an_inline_entity_that_exists_is_a_link(stream):
    """frost_sta_client sends whole entities with their ids where it means a link."""
    series = ask("GET", f"Datastreams({stream})").json
    got = ask("POST", "Observations", {"result": 1, "phenomenonTime": T0, "Datastream": series})
    assert got.status == 201
    assert ask("GET", f"Observations({got.id})/Datastream").json["@iot.id"] == stream
    assert ask("GET", "Things?$count=true").json["@iot.count"] == 1
    unknown = {**series, "@iot.id": 999}
    assert ask("POST", "Observations", {"result": 1, "Datastream": unknown}).status == 400


def test_a_full_queue_is_503_with_retry_after(stream, monkeypatch):
    def full(self, request):
        raise QueueFullError(retry_after_s=2)

    monkeypatch.setattr(writer.ObservationWriter, "submit_async", full)
    got = observe(stream, 1)
    assert (got.status, got.headers["retry-after"]) == (503, "2")


@pytest.mark.parametrize(
    ("language", "part"), [("en", "not"), ("de", "nicht"), ("en;q=0.1, de;q=0.9", "nicht")]
)
def test_errors_speak_german_or_english(anybody, language, part):
    got = ask("GET", "Things?$top=x", accept_language=language)
    assert part in got.json["message"]


def test_a_limited_key_sees_and_writes_only_its_own(stream, monkeypatch):
    other = ask("POST", "Things", {**THING, "name": "andere"})
    foreign = ask("GET", f"Things({other.id})/Datastreams").json["value"][0]["@iot.id"]
    observe(foreign, 5)
    become(monkeypatch, visitor(limits=Limits(None, frozenset({stream}))))
    assert observe(stream, 1).status == 201
    assert observe(foreign, 1).status == 404
    assert ask("GET", f"Datastreams({foreign})").status == 404
    assert ask("GET", f"Datastreams({foreign})/Observations").status == 404
    for name in ("Things", "Locations", "Sensors", "Datastreams", "ObservedProperties"):
        assert ask("GET", f"{name}?$count=true").json["@iot.count"] == 1
    assert ask("GET", "Observations?$count=true").json["@iot.count"] == 1
    assert ask("GET", "HistoricalLocations?$count=true").json["@iot.count"] == 1
    assert ask("GET", "FeaturesOfInterest?$count=true").json["@iot.count"] == 1
    assert ask("POST", "Things", THING).status == 403
    assert ask("DELETE", f"Datastreams({stream})").status == 403
    group = {
        "Datastream": {"@iot.id": foreign},
        "components": ["phenomenonTime", "result"],
        "dataArray": [[T0, 9]],
    }
    assert ask("POST", "CreateObservations", [group]).json == ["error: unknown Datastream"]


def test_who_may_only_read_cannot_write(stream, monkeypatch):
    become(monkeypatch, visitor(refusal=errors.SessionReadsOnlyError))
    assert ask("GET", "Things").status == 200
    assert observe(stream, 1).status == 403
    assert ask("POST", "CreateObservations", []).status == 403
    assert ask("POST", "Things", THING).status == 403
    assert ask("DELETE", f"Datastreams({stream})").status == 403


def test_readings_written_elsewhere_are_seen_here(stream):
    who = visitor().context
    batch = observations.ReadingBatch(stream, [1_000_000, 2_000_000], [1.5, 2.5])
    observations.record_observations(who, [batch])
    got = ask("GET", f"Datastreams({stream})/Observations?$orderby=phenomenonTime%20desc&$top=1")
    assert got.json["value"][0]["result"] == 2.5


@pytest.mark.parametrize(
    "location",
    [
        {},
        {"type": "Point"},
        {"type": "Point", "coordinates": "x"},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [7.6, None]},
        {"type": "Point", "coordinates": [1e308, -1e308]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Feature", "geometry": None},
        {"type": "GeometryCollection", "geometries": [{"type": "Point"}]},
        {"type": "Weg", "coordinates": [1, 2]},
        "POINT(7 51)",
        [7, 51],
    ],
)
def test_odd_geometry_is_taken_or_refused_but_never_an_error(anybody, location):
    body = {**LOCATION, "location": location}
    assert ask("POST", "Locations", body).status in {201, 400}


@pytest.mark.parametrize(
    "body",
    [
        b'{"name":"\\ud800","description":""}',
        b'{"name":"a\\u0000b","description":""}',
        b'{"name":"a","description":"","properties":{"a":' + b"9" * 5000 + b"}}",
        b'{"name":"a","description":"","properties":' + b'{"a":' * 900 + b"1" + b"}" * 901,
        b'{"name":"a","description":"","properties":[]}',
        b'{"name":1,"description":""}',
        b'{"name":"a","description":"","Locations":[[]]}',
        b'{"name":"a","description":"","Locations":7}',
        b'{"name":"a","description":"","Datastreams":{"@iot.id":1}}',
        b'{"@iot.id":1}',
    ],
)
def test_odd_things_are_taken_or_refused_but_never_an_error(anybody, body):
    got = ask("POST", "Things", body)
    assert got.status in {201, 400, 501}
    assert ask("GET", "Things").status == 200


def test_pages_of_other_origins_may_ask_with_a_key_and_never_with_a_session(stream):
    """Masterportal and other programs in a browser lie elsewhere than the service."""
    asked = ask("OPTIONS", "Things", access_control_request_headers="authorization")
    assert asked.status == 204
    assert {"authorization", "content-type"} <= set(
        asked.headers["access-control-allow-headers"].split(", ")
    )
    assert "DELETE" in asked.headers["access-control-allow-methods"]
    made = ask("POST", "Things", {"name": "T", "description": ""})
    for got in (asked, made, ask("GET", "Things"), ask("GET", "Things(0)")):
        assert got.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in got.headers
    assert "location" in made.headers["access-control-expose-headers"]
