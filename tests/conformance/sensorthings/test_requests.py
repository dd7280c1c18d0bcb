"""Request data: options of reading (18-088 §9.3)."""

import csv
import io

import pytest

from .client import proves

EXTENSION = (
    "https://github.com/mehrwert-plattform/mehrwert/blob/main/docs/standards/sensorthings.md#"
)
LATEST = "Observations($orderby=phenomenonTime desc;$top=1)"
BOX = "geography'POLYGON((-118 54,-117 54,-117 55,-118 55,-118 54))'"
MONTHS = "groupby((bucket(phenomenonTime,'month','Europe/Berlin')),"


def results(service, tree, options):
    return [row["result"] for row in service.rows(f"{tree.readings}?{options}")]


@proves("request-data/orderby", "request-data/order")
def test_orderby(service, tree):
    assert results(service, tree, "$orderby=result desc&$top=2") == [12, 11]
    assert results(service, tree, "$orderby=phenomenonTime%20asc&$top=2&$skip=1") == [2, 3]
    named = service.rows(f"{tree.thing}/Datastreams?$orderby=name desc")
    assert [row["name"] for row in named] == ["Reihe 2", "Reihe 1"]
    paths = service.rows(
        f"Observations?$filter=Datastream/Thing/id eq {tree.id}"
        "&$orderby=Datastream/name desc,result&$top=1"
    )
    assert paths[0]["result"] == -12


@proves("request-data/order", "request-data/filter")
def test_options_work_in_the_order_of_the_standard(service, tree):
    page = service.get(
        f"{tree.readings}?$filter=result gt 2&$orderby=result&$skip=1&$top=2&$count=true"
        "&$select=result&$expand=Datastream($select=name)"
    )
    assert page["@iot.count"] == 10
    assert page["value"] == [
        {"result": 4, "Datastream": {"name": "Reihe 1"}},
        {"result": 5, "Datastream": {"name": "Reihe 1"}},
    ]


@proves("request-data/top", "request-data/skip", "request-data/pagination")
def test_pages_hold_everything_once(service, tree):
    page = service.get(f"{tree.readings}?$top=5")
    assert len(page["value"]) == 5
    walked = [row["result"] for row in service.walk(f"{tree.readings}?$top=5")]
    assert walked == list(range(1, 13))
    assert "@iot.nextLink" not in service.get(f"{tree.readings}?$top=12")
    assert results(service, tree, "$skip=10") == [11, 12]
    assert results(service, tree, "$skip=99") == []
    down = service.walk(f"{tree.readings}?$top=5&$orderby=result desc")
    assert [row["result"] for row in down] == list(range(12, 0, -1))


@proves("request-data/count")
def test_count_ignores_top_and_skip(service, tree):
    assert service.get(f"{tree.readings}?$count=true&$top=1&$skip=3")["@iot.count"] == 12
    assert "@iot.count" not in service.get(f"{tree.readings}?$count=false")
    assert service.get(f"{tree.readings}?$count=true&$top=0") == {"@iot.count": 12, "value": []}
    assert service.get(f"{tree.readings}?$count=true&$filter=result gt 99")["@iot.count"] == 0
    days = "phenomenonTime ge 2026-03-02T00:00:00Z and phenomenonTime lt 2026-03-04T00:00:00Z"
    mine = f"{days} and Datastream/Thing/id eq {tree.id}"
    assert service.get(f"Observations?$count=true&$top=1&$filter={mine}")["@iot.count"] == 4
    all_of_them = service.get(f"Observations?$count=true&$filter={days}&$top=10000")
    assert all_of_them["@iot.count"] == len(all_of_them["value"]) >= 4


@proves("request-data/select")
def test_select_shows_exactly_what_is_named(service, tree):
    assert service.get(f"{tree.thing}?$select=name,properties").keys() == {"name", "properties"}
    got = service.get(f"{tree.thing}?$select=id,selfLink,Datastreams")
    assert got.keys() == {"@iot.id", "@iot.selfLink", "Datastreams@iot.navigationLink"}
    got = service.get(f"{tree.thing}?$select=name&$expand=Datastreams($select=name)")
    assert got["Datastreams"] == [{"name": "Reihe 1"}, {"name": "Reihe 2"}]


@proves("request-data/expand")
def test_expand(service, tree):
    thing = service.get(
        f"{tree.thing}?$expand=Locations,Datastreams($orderby=name desc;$top=1;$count=true;"
        "$expand=Observations($filter=result lt -10;$select=result),Sensor)"
    )
    assert thing["Datastreams@iot.count"] == 2
    assert len(service.get(thing["Datastreams@iot.nextLink"])["value"]) == 1
    [stream] = thing["Datastreams"]
    assert stream["Observations"] == [{"result": -11}, {"result": -12}]
    assert stream["Sensor"]["name"] == "Fühler"
    assert thing["Locations"][0]["name"] == "Ort"
    reading = service.rows(f"{tree.readings}?$top=1&$expand=Datastream/Thing,FeatureOfInterest")[0]
    assert reading["Datastream"]["Thing"]["@iot.id"] == tree.id
    assert reading["FeatureOfInterest"]["feature"] == {
        "type": "Point",
        "coordinates": [-117.123, 54.123],
    }
    latest = service.get(f"{tree.thing}?$expand=Datastreams($expand={LATEST})")
    assert [s["Observations"][0]["result"] for s in latest["Datastreams"]] == [12, -12]


@proves("request-data/filter", "request-data/built-in-filter-operations")
@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("result eq 3", [3]),
        ("result ne 3 and result lt 5", [1, 2, 4]),
        ("result gt 11 or result le 1", [1, 12]),
        ("not result gt 1", [1]),
        ("result ge 11", [11, 12]),
        ("result add 1 eq 5", [4]),
        ("result sub 1 eq 5", [6]),
        ("result mul 2 eq 6", [3]),
        ("result div 2 eq 1.5", [3]),
        ("result mod 5 eq 0", [5, 10]),
        ("(result add 1) mul 2 eq 8", [3]),
        ("result gt '3'", [4, 5, 6, 7, 8, 9]),
        ("resultTime ne 2020-01-01T00:00:00Z", []),
        ("resultTime eq null and result lt 2", [1]),
        ("phenomenonTime gt 2026-03-11T00:00:00Z", [12]),
        ("phenomenonTime lt 2026-03-02T01:00:00%2B01:00", [1]),
        ("phenomenonTime ge 2026-03-11T00:00:00Z and phenomenonTime le 2026-03-11T00:00:00Z", [11]),
        ("Datastream/Thing/name eq 'Prüfling' and result eq 7", [7]),
        ("FeatureOfInterest/feature/type eq 'Point' and result eq 7", [7]),
    ],
)
def test_operators(service, tree, condition, wanted):
    assert results(service, tree, f"$filter={condition}") == wanted


@proves("request-data/built-in-query-functions")
@pytest.mark.parametrize(
    "condition",
    [
        *("substringof('rüf',name)", "startswith(name,'Prü')", "endswith(name,'ling')"),
        *("length(name) eq 8", "indexof(name,'üf') eq 3", "substring(name,3) eq 'fling'"),
        *("substring(name,3,2) eq 'fl'", "tolower(name) eq 'prüfling'", "trim(name) eq name"),
        *("toupper(name) eq 'PRÜFLING'", "concat(name,'!') eq 'Prüfling!'"),
        *("properties/masse/kg eq 2.5", "round(properties/masse/kg) eq 3"),
        *("floor(properties/masse/kg) eq 2", "ceiling(properties/masse/kg) eq 3"),
        "year(Datastreams/phenomenonTime) eq 2026 and month(Datastreams/phenomenonTime) eq 3",
        "geo.distance(Locations/location,geography'POINT(-117.123 54.123)') lt 0.01",
        f"geo.intersects(Locations/location,{BOX})",
        "geo.length(Locations/location) eq 0",
        f"st_within(Locations/location,{BOX})",
        "st_equals(Locations/location,geography'POINT(-117.123 54.123)')",
        "st_disjoint(Locations/location,geography'POINT(0 0)')",
        "st_intersects(Locations/location,geography'POINT(-117.123 54.123)')",
        "st_contains(Locations/location,geography'POINT(-117.123 54.123)')",
        "st_relate(Locations/location,geography'POINT(-117.123 54.123)','T********')",
        "not st_touches(Locations/location,geography'POINT(0 0)')",
        "not st_overlaps(Locations/location,geography'POINT(0 0)')",
        "not st_crosses(Locations/location,geography'POINT(0 0)')",
    ],
)
def test_functions(service, tree, condition):
    mine = f"id eq {tree.id} and "
    assert [row["@iot.id"] for row in service.rows(f"Things?$filter={mine}{condition}")] == [
        tree.id
    ]
    assert service.rows(f"Things?$filter={mine}not ({condition})") == []


@proves("request-data/built-in-query-functions")
def test_functions_of_time(service, tree):
    for condition in (
        *("day(phenomenonTime) eq 4", "date(phenomenonTime) eq date(2026-03-04T12:00:00Z)"),
        "hour(phenomenonTime) eq 0 and minute(phenomenonTime) eq 0 and result eq 4",
        "second(phenomenonTime) eq 0 and fractionalseconds(phenomenonTime) eq 0 and result eq 4",
        "time(phenomenonTime) eq 00:00:00 and result eq 4",
        "totaloffsetminutes(phenomenonTime) eq 0 and result eq 4",
        "phenomenonTime gt mindatetime() and phenomenonTime lt maxdatetime() and result eq 4",
        "phenomenonTime ne now() and result eq 4",
    ):
        assert results(service, tree, f"$filter={condition}") == [4], condition


@proves("request-data/query-status-code")
@pytest.mark.parametrize(
    ("query", "status"),
    [
        *((f"${name}", 400) for name in ("filter=", "top=-1", "top=x", "skip=-1", "count=ja")),
        *((f"${name}", 400) for name in ("orderby=nichts", "select=nichts", "expand=Nichts")),
        *((f"$filter={c}", 400) for c in ("nichts eq 1", "foo(name)", "name eq", "(name eq 'a'")),
        ("$gibtsnicht=1", 501),
        ("gibtsnicht=1", 200),
    ],
)
def test_malformed_options(service, query, status):
    got = service.ask("GET", f"Things?{query}")
    assert got.status == status
    if status != 200:
        assert got.json.keys() == {"code", "type", "message"}
        assert got.json["code"] == status


@proves("data-array/data-array")
def test_data_array(service, tree):
    page = service.get(
        f"{tree.readings}?$resultFormat=dataArray&$top=3&$count=true&$filter=result gt 1"
    )
    [group] = page["value"]
    assert group.keys() == {
        *("Datastream@iot.navigationLink", "components", "dataArray@iot.count", "dataArray"),
    }
    at = group["components"].index("result")
    assert [row[at] for row in group["dataArray"]] == [2, 3, 4]
    assert (page["@iot.count"], group["dataArray@iot.count"]) == (11, 3)
    assert (
        service.ask("GET", f"{tree.readings}?$resultFormat=dataArray&$expand=Datastream").status
        == 400
    )
    stream = tree.streams[0]
    body = [
        {
            "Datastream": {"@iot.id": stream["@iot.id"]},
            "components": ["phenomenonTime", "result"],
            "dataArray@iot.count": 2,
            "dataArray": [["2026-04-01T00:00:00Z", 1], ["kein Zeitpunkt", 2]],
        }
    ]
    links = service.ask("POST", "CreateObservations", body)
    assert links.status == 201
    assert service.get(links.json[0])["result"] == 1
    assert links.json[1].startswith("error")


@proves(f"{EXTENSION}csv", f"{EXTENSION}geojson")
def test_csv_and_geojson(service, tree):
    text = service.ask("GET", f"{tree.readings}?$resultFormat=CSV&$select=phenomenonTime,result")
    rows = list(csv.reader(io.StringIO(text.body.decode())))
    assert rows[:2] == [["phenomenonTime", "result"], ["2026-03-01T00:00:00Z", "1"]]
    assert len(rows) == 13
    got = service.get(f"{tree.thing}/Locations?$resultFormat=GeoJSON")
    assert got["type"] == "FeatureCollection"
    assert got["features"][0]["geometry"]["coordinates"] == [-117.123, 54.123]


@proves(f"{EXTENSION}filter", f"{EXTENSION}select")
def test_extensions_of_filter_and_select(service, tree):
    assert results(service, tree, "$filter=result in (1,3)") == [1, 3]
    mine = f"Things?$filter=id eq {tree.id} and "
    assert service.rows(f"{mine}Datastreams/any(d: d/name eq 'Reihe 1')")
    assert service.rows(f"{mine}contains(name,'fling')")
    assert results(service, tree, "$filter=during(phenomenonTime,2026-03-02T00:00:00Z/P1D)") == [2]
    month = "during(phenomenonTime,2026-02-02T00:00:00Z/P1M)"
    assert results(service, tree, f"$filter={month}") == [1]
    got = service.get(f"{tree.thing}?$select=properties/masse/kg")
    assert got == {"properties": {"masse": {"kg": 2.5}}}


def test_distinct_rows_come_once(service, tree):
    ask = f"{tree.thing}/Datastreams?$select=distinct:unitOfMeasurement/symbol"
    whole = {
        row["unitOfMeasurement"]["symbol"] for row in service.rows(f"{tree.thing}/Datastreams")
    }
    assert len(service.rows(ask)) == len(whole)


@proves(f"{EXTENSION}asof")
def test_metadata_as_of_a_date(service, tree):
    before = service.get(tree.thing)
    then = before["@iot.selfLink"] + "?$asof="
    at = service.now()
    assert service.ask("PATCH", tree.thing, {"name": "anders"}).status == 200
    assert service.get(then + at) == before
    assert service.get(then + service.now())["name"] == "anders"
    assert service.ask("GET", f"{tree.thing}?$asof=1999-01-01T00:00:00Z").status == 404


@proves(f"{EXTENSION}resultmetadata")
def test_answers_without_links(service, tree):
    shown = service.get(f"{tree.thing}?$expand=Datastreams&$resultMetadata=minimal")
    assert "navigationLink" not in str(shown)
    assert shown["@iot.selfLink"] == service.get(tree.thing)["@iot.selfLink"]
    assert "selfLink" not in str(service.get(f"{tree.thing}?$resultMetadata=none"))


@proves(f"{EXTENSION}apply", f"{EXTENSION}decimate")
def test_sums_per_bucket_and_fewer_points(service, tree):
    plan = f"$apply={MONTHS}aggregate(result with mean as m,$count as n))"
    assert service.rows(f"{tree.readings}?{plan}") == [
        {"phenomenonTime": "2026-02-28T23:00:00Z/2026-03-31T22:00:00Z", "m": 6.5, "n": 12}
    ]
    [group] = service.rows(f"{tree.readings}?$decimate=3")
    assert len(group["dataArray"]) <= 4
    assert group["components"] == ["phenomenonTime", "min", "max", "mean", "n"]


def test_odd_headers_are_accepted(service, tree):
    assert service.ask("GET", tree.thing, content_type="application/json").status == 200
    form = {"content_type": "application/x-www-form-urlencoded"}
    assert service.ask("DELETE", tree.streams[0]["@iot.selfLink"], **form).status == 200
