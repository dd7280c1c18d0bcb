"""Reading: expanded relations, order, paging, selection, other formats."""

import asyncio
import csv
import io
import os
import re

import pytest

from mehrwert.observations.selects import failures, levels, run
from mehrwert.observations.stores import get_store

from .door import ROOT, STREAM, THING, ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
LATEST = "Observations($top=1;$orderby=phenomenonTime desc)"


def readings(n, start=0):
    return [
        {"result": i, "phenomenonTime": f"2026-07-{1 + i // 24:02}T{i % 24:02}:00:00Z"}
        for i in range(start, start + n)
    ]


@pytest.fixture
def town(anybody):
    """Three things with two series of three readings each."""
    for name in ("C", "A", "B"):
        streams = [
            {**STREAM, "name": f"{name}{i}", "Observations": readings(3, i)} for i in range(2)
        ]
        thing = {**THING, "name": name, "properties": {"rang": ord(name)}, "Datastreams": streams}
        assert ask("POST", "Things", thing).status == 201


def get(path):
    got = ask("GET", path)
    assert got.status == 200, (path, got.json)
    return got.json


def names(path):
    return [row["name"] for row in get(path)["value"]]


class Counting:
    """A reader that counts statements."""

    def __init__(self, reader, asked):
        self.reader, self.asked, self.engine = reader, asked, reader.engine

    def select(self, sql, params=()):
        self.asked.append(sql)
        return self.reader.select(sql, params)


@pytest.fixture
def statements(monkeypatch):
    """The SQL of all selects from now on."""
    asked = []
    given = run._reader

    def counting(store):
        lent = given(store)

        class Lent:
            def __enter__(self):
                return Counting(lent.__enter__(), asked)

            def __exit__(self, *error):
                return lent.__exit__(*error)

        return Lent()

    monkeypatch.setattr(run, "_reader", counting)
    return asked


def test_the_latest_reading_of_every_series_comes_in_one_answer(town, statements):
    got = get(f"Things?$top=100&$expand=Locations,Datastreams($expand={LATEST})")["value"]
    assert [thing["name"] for thing in got] == ["C", "A", "B"]
    assert all(thing["Locations"][0]["name"] == "Ort" for thing in got)
    latest = [
        [reading["result"] for reading in series["Observations"]]
        for thing in got
        for series in thing["Datastreams"]
    ]
    assert latest == [[2], [3]] * 3
    assert len(statements) == 4


def test_statements_do_not_grow_with_parents(town, statements):
    deep = (
        "Datastreams($expand=Thing($expand=Locations($expand=HistoricalLocations)),"
        "Sensor,ObservedProperty,Observations($top=2;$count=true;$expand=FeatureOfInterest))"
    )
    get(f"Things?$expand={deep}&$count=true")
    many = len(statements)
    statements.clear()
    get(f"Things?$top=1&$expand={deep}&$count=true")
    assert len(statements) == many == 2 + 8 + 1


def test_what_is_expanded_takes_the_place_of_its_link(town):
    [series] = get("Datastreams?$top=1&$expand=Thing,Observations($top=1;$count=true)")["value"]
    assert series["Thing"]["name"] == "C"
    assert "Thing@iot.navigationLink" not in series
    assert series["Observations@iot.count"] == 3
    assert "Sensor@iot.navigationLink" in series
    walked = [series["Observations"][0]["result"]]
    link = series["Observations@iot.nextLink"]
    while link:
        page = get(link)
        walked += [row["result"] for row in page["value"]]
        link = page.get("@iot.nextLink")
    assert walked == [0, 1, 2]


def test_expanding_paths_and_naming_a_relation_twice(town):
    by_path = get("Observations?$top=1&$expand=Datastream/Thing/Locations")["value"][0]
    assert by_path["Datastream"]["Thing"]["Locations"][0]["name"] == "Ort"
    merged = get(
        "Datastreams(1)?$expand=Thing($select=name),Thing/Locations,Sensor".replace(
            "(1)", f"({get('Datastreams')['value'][0]['@iot.id']})"
        )
    )
    assert set(merged["Thing"]) == {"name", "Locations"}
    assert merged["Sensor"]["name"] == "S"


def test_options_of_what_is_expanded(town):
    [thing] = get(
        "Things?$filter=name eq 'A'&$expand=Datastreams("
        "$filter=endswith(name,'1');$select=name;$expand=Observations("
        "$orderby=result desc;$skip=1;$top=1;$select=result))"
    )["value"]
    assert thing["Datastreams"] == [
        {
            "name": "A1",
            "Observations": [{"result": 2}],
            "Observations@iot.nextLink": thing["Datastreams"][0]["Observations@iot.nextLink"],
        }
    ]
    page = get(thing["Datastreams"][0]["Observations@iot.nextLink"])
    assert page == {"value": [{"result": 1}]}
    none = get("Things?$top=1&$expand=Datastreams($top=0;$count=true)")["value"][0]
    assert (none["Datastreams@iot.count"], none["Datastreams"]) == (2, [])
    odd = get("Datastreams?$top=1&$expand=Thing($top=1;$orderby=name)")["value"][0]
    assert odd["Thing"]["name"] == "C"


def test_orders(town):
    assert names("Things?$orderby=name") == ["A", "B", "C"]
    assert names("Things?$orderby=name DESC") == ["C", "B", "A"]
    assert names("Things?$orderby=properties/rang desc,name") == ["C", "B", "A"]
    assert names("Things?$orderby=length(name),id desc") == ["B", "A", "C"]
    assert names("Things?$orderby=name eq 'B' desc,name") == ["B", "A", "C"]
    assert names("Datastreams?$orderby=Thing/name,name desc&$top=3") == ["A1", "A0", "B1"]
    assert (
        names("Datastreams?$orderby=observationType asc, phenomenonTime desc,Thing/name")[0] == "A1"
    )
    for path in (
        "Things?$orderby=Datastreams/name",
        "Things?$orderby=foo",
        "Things?$orderby=name up",
    ):
        assert ask("GET", path).status == 400
    assert ask("GET", "Locations?$orderby=location").status == 400


PAGED = [
    ("Observations?", 18),
    ("Observations?$orderby=phenomenonTime desc", 18),
    ("Observations?$orderby=result", 18),
    ("Observations?$orderby=result desc,Datastream/name", 18),
    ("Observations?$orderby=resultTime,result mul -1 desc", 18),
    ("Observations?$orderby=parameters/x,phenomenonTime", 18),
    ("Observations?$filter=result gt 0&$orderby=Datastream/Thing/name desc", 15),
    ("Datastreams?$orderby=unitOfMeasurement/definition,resultTime desc,name desc", 6),
    ("Things?$orderby=properties/fehlt desc", 3),
]


def test_every_order_pages_without_gap_or_repeat(town):
    for query, n in PAGED:
        whole = [row["@iot.id"] for row in get(query)["value"]]
        assert len(whole) == n
        for top in (1, 4):
            ids, link = [], f"{query}&$top={top}"
            while link:
                page = get(link)
                ids += [row["@iot.id"] for row in page["value"]]
                link = page.get("@iot.nextLink")
            assert ids == whole, (query, top)


def test_a_page_is_stable_when_rows_are_added(town):
    series = get("Datastreams")["value"][0]["@iot.id"]
    path = f"Datastreams({series})/Observations"
    first = get(f"{path}?$top=2&$orderby=phenomenonTime")
    ask("POST", path, {"result": 9, "phenomenonTime": "2020-01-01T00:00:00Z"})
    assert [row["result"] for row in get(first["@iot.nextLink"])["value"]] == [2]


def test_a_foreign_skiptoken_is_400(town):
    for token in ("00", "5b5d", "5b6e756c6c5d", "5b22612c5d", "5b312c322c335d", "zz"):
        assert ask("GET", f"Things?$skiptoken={token}").status == 400


def test_select_goes_into_json(town):
    got = get("Things?$select=name,properties/rang&$orderby=name&$top=1")["value"]
    assert got == [{"name": "A", "properties": {"rang": 65}}]
    got = get("Datastreams?$select=unitOfMeasurement/symbol,id&$top=1")["value"][0]
    assert got["unitOfMeasurement"] == {"symbol": "m"}
    got = get("Things?$select=Datastreams&$expand=Locations($select=name)&$top=1")["value"][0]
    assert set(got) == {"Datastreams@iot.navigationLink", "Locations"}


def test_counts(town):
    series = get("Datastreams")["value"][0]["@iot.id"]
    for path, n in (
        ("Observations", 18),
        (f"Datastreams({series})/Observations", 3),
        (f"Datastreams({series})/Observations?$filter=phenomenonTime gt 2026-07-01T00:00:00Z", 2),
        ("Observations?$filter=result eq 0", 3),
        ("Things?$filter=name eq 'x'", 0),
    ):
        sign = "&" if "?" in path else "?"
        assert get(f"{path}{sign}$count=true&$top=1&$skip=1")["@iot.count"] == n


def test_data_arrays(town):
    series = get("Datastreams")["value"][0]["@iot.id"]
    got = get(
        f"Datastreams({series})/Observations?$resultFormat=dataArray&$top=2&$count=true"
        "&$orderby=phenomenonTime desc"
    )
    [group] = got["value"]
    assert set(group) == {
        *("Datastream@iot.navigationLink", "components", "dataArray@iot.count", "dataArray"),
    }
    assert group["Datastream@iot.navigationLink"] == f"{ROOT}/Datastreams({series})"
    assert group["components"] == ["id", "phenomenonTime", "resultTime", "result"]
    assert [row[1:] for row in group["dataArray"]] == [
        ["2026-07-01T02:00:00Z", None, 2],
        ["2026-07-01T01:00:00Z", None, 1],
    ]
    assert (got["@iot.count"], group["dataArray@iot.count"]) == (3, 2)
    [rest] = get(got["@iot.nextLink"])["value"]
    assert [row[3] for row in rest["dataArray"]] == [0]
    chosen = get("Observations?$resultFormat=dataArray&$select=result&$filter=result eq 3")["value"]
    assert [group["dataArray"] for group in chosen] == [[[3]]] * 3
    for bad in ("$expand=Datastream", "$select=Datastream"):
        assert ask("GET", f"Observations?$resultFormat=dataArray&{bad}").status == 400
    assert ask("GET", "Things?$resultFormat=dataArray").status == 400


def test_csv(town):
    got = ask(
        "GET", "Observations?$resultFormat=CSV&$expand=Datastream($select=name,unitOfMeasurement)"
    )
    assert got.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(got.body.decode())))
    assert len(rows) == 18
    assert rows[0]["result"] == "0"
    assert rows[0]["phenomenonTime"] == "2026-07-01T00:00:00Z"
    assert rows[0]["Datastream/name"] == "C0"
    assert rows[0]["Datastream/unitOfMeasurement/symbol"] == "m"
    few = ask("GET", "Things?$resultFormat=CSV&$select=name,properties/rang&$orderby=name&$top=2")
    assert few.body.decode().splitlines() == ["name,properties/rang", "A,65", "B,66"]
    assert ask("GET", "Things?$resultFormat=CSV&$expand=Datastreams").status == 400


def test_geojson(town):
    for path, n in (("Locations", 3), ("Things", 3), ("Datastreams", 6), ("Observations", 18)):
        got = ask("GET", f"{path}?$resultFormat=GeoJSON")
        assert got.headers["content-type"] == "application/geo+json"
        features = got.json["features"]
        assert len(features) == n
        assert features[0]["geometry"] == {"type": "Point", "coordinates": [7.6, 51.9]}
    assert ask("GET", "Things?$resultFormat=GeoJSON&$filter=false").json["features"] == []
    assert ask("GET", "Sensors?$resultFormat=GeoJSON").status == 400


def test_long_results_are_streamed_in_pages(town, monkeypatch):
    from mehrwert.standards.sensorthings.formats import pages

    monkeypatch.setattr(pages, "PAGE", 4)
    assert len(ask("GET", "Observations?$resultFormat=CSV").body.splitlines()) == 19
    assert len(ask("GET", "Observations?$resultFormat=CSV&$top=7").body.splitlines()) == 8
    assert len(ask("GET", "Observations?$resultFormat=GeoJSON").json["features"]) == 18


def test_options_that_do_not_fit_an_entity_are_refused(town):
    thing = get("Things")["value"][0]["@iot.id"]
    for option in ("$filter=true", "$resultFormat=CSV", "$decimate=5"):
        assert ask("GET", f"Things({thing})?{option}").status == 400
    assert get(f"Things({thing})?$expand=Datastreams($expand={LATEST})")["Datastreams"]
    assert ask("GET", f"Things({thing})/name?$expand=Datastreams").status == 400


def test_every_table_of_every_statement_carries_the_tenant(town, statements):

    for query, _ in PAGED:
        get(query)
    get(f"Things?$expand=Locations,HistoricalLocations,Datastreams($count=true;$expand={LATEST})")
    get("Things?$filter=Locations/name eq name or Datastreams/Observations/result gt 1&$count=true")
    get("Sensors?$filter=Datastreams/any(d:d/Thing/name eq 'A')&$expand=Datastreams")
    get("FeaturesOfInterest?$expand=Observations($filter=Datastream/name eq 'A0';$count=true)")
    get("Locations?$expand=Things,HistoricalLocations($expand=Locations,Thing)")
    for sql in statements:
        for table, alias in re.findall(r"(?:FROM|JOIN) (obs_\w+) (?!WHERE)(\w+)", sql):
            of_all = (
                f"{alias}.datastream_id IN (SELECT datastream_id FROM obs_datastream_state"
                " WHERE tenant_id=?)"
            )
            of_one = (
                "EXISTS (SELECT 1 FROM obs_datastream_state WHERE datastream_id=? AND tenant_id=?)"
            )
            is_one = of_one in sql and f"{alias}.datastream_id=?" in sql
            of_state = "d.tenant_id=?"
            by_state = of_state in sql and f"{alias}.datastream_id=d.datastream_id" in sql
            guards = {
                "obs_observation": of_one if is_one else of_state if by_state else of_all,
                "obs_observation_extra": f" ON {alias}.datastream_id=",
                "obs_moved_observation": f" ON {alias}.datastream_id=",
                "obs_datastream_state": f"{alias}.tenant_id=",
            }
            assert guards.get(table, f"{alias}.tenant_id=?") in sql.replace(" = ", "="), (
                table,
                alias,
                sql,
            )


def test_hours_of_a_day_when_the_clock_changes(anybody):
    streams = [{**STREAM, "Observations": []}]
    thing = ask("POST", "Things", {**THING, "Datastreams": streams}).id
    series = get(f"Things({thing})/Datastreams")["value"][0]["@iot.id"]
    rows = [
        [f"2026-{d}T{h:02}:{m:02}:00Z", 1]
        for d in ("03-28", "03-29", "10-24", "10-25")
        for h in range(24)
        for m in (0, 30)
    ]
    rows += [["2026-03-30T12:00:00Z", 5.5], ["2026-03-30T12:10:00Z", 2.5]]
    body = [
        {
            "Datastream": {"@iot.id": series},
            "components": ["phenomenonTime", "result"],
            "dataArray": rows,
        }
    ]
    assert ask("POST", "CreateObservations", body).status == 201
    path = f"Datastreams({series})/Observations?$apply=groupby((bucket(phenomenonTime"
    days = get(f"{path},'day')),aggregate($count as n,result with sum as summe))")["value"]
    assert [(d["phenomenonTime"], d["n"]) for d in days[:3]] == [
        ("2026-03-27T23:00:00Z/2026-03-28T23:00:00Z", 46),
        ("2026-03-28T23:00:00Z/2026-03-29T22:00:00Z", 46),
        ("2026-03-29T22:00:00Z/2026-03-30T22:00:00Z", 6),
    ]
    assert [d["n"] for d in days[3:]] == [44, 50, 2]
    [hours] = [
        d
        for d in get(f"{path},'PT6H','Europe/Berlin')),aggregate($count as n))")["value"]
        if d["phenomenonTime"] == "2026-10-24T22:00:00Z/2026-10-25T05:00:00Z"
    ]
    assert hours["n"] == 14
    noon = (
        "&$filter=phenomenonTime ge 2026-03-30T12:00:00Z and phenomenonTime lt 2026-03-30T12:10:00Z"
    )
    values = "aggregate(result with mean as m,result with last,result with first)"
    assert get(f"{path},'PT15M')),{values}){noon}")["value"] == [
        {
            "phenomenonTime": "2026-03-30T12:00:00Z/2026-03-30T12:15:00Z",
            "m": 5.5,
            "last": 5.5,
            "first": 5.5,
        }
    ]
    year = get(f"{path},'year','UTC')),aggregate(result with max,result with min))")["value"]
    assert year == [
        {"phenomenonTime": "2026-01-01T00:00:00Z/2027-01-01T00:00:00Z", "max": 5.5, "min": 1}
    ]
    few = get(f"Datastreams({series})/Observations?$decimate=10")["value"][0]
    assert few["components"] == ["phenomenonTime", "min", "max", "mean", "n"]
    assert sum(row[4] for row in few["dataArray"]) == len(rows)
    assert max(row[2] for row in few["dataArray"]) == 5.5
    for bad in (
        f"{path},'fortnight')),aggregate($count as n))",
        f"{path},'PT7H')),aggregate($count as n))",
        f"{path},'day','Mars')),aggregate($count as n))",
        f"{path},'day')),aggregate(result))",
        f"{path},'day')),aggregate($count as n))&$top=1",
        f"{path},'day')),aggregate($count as n))&$filter=result gt 1",
        f"{path},'PT1S')),aggregate($count as n))",
        "Observations?$decimate=10",
        "Things?$apply=x",
        f"Datastreams({series})/Observations?$decimate=1",
    ):
        assert ask("GET", bad).status == 400, bad


@pytest.mark.skipif("postgresql" in os.environ.get("MEHRWERT_DATABASE_URL", ""), reason="SQLite")
def test_an_endless_question_is_given_up(town, monkeypatch):
    monkeypatch.setattr(failures, "MOST_S", -1.0)
    monkeypatch.setattr(failures, "_STEPS", 1)
    got = ask("GET", "Observations?$filter=result gt 1 and substringof('x',Datastream/name)")
    assert got.status == 503
    assert got.headers["retry-after"] == "5"


@pytest.mark.skipif(
    "postgresql" not in os.environ.get("MEHRWERT_DATABASE_URL", ""), reason="PostgreSQL"
)
def test_pages_are_planned_once(town):
    """PostgreSQL keeps the plan of a page: making one takes five times as long as running it."""
    series = [row["@iot.id"] for row in get("Datastreams")["value"]]
    for i in range(16):
        get(f"Datastreams({series[i % 6]})/Observations?$orderby=phenomenonTime desc&$top=1")
    span = "phenomenonTime ge 2026-07-01T00:00:00Z and phenomenonTime lt 2026-07-02T00:00:00Z"
    for i in range(16):
        get(f"Datastreams({series[i % 6]})/Observations?$top=1&$filter={span}")
    ranges, plans = asyncio.run(_statements_kept())
    # the client prepares at once, the server tries five plans and then keeps one
    assert [(kept > 0, made) for kept, made in plans] == [(True, 5)]
    # a range of time is planned for its own values
    assert ranges == []


async def _statements_kept():
    kept = "FROM pg_prepared_statements WHERE statement LIKE 'SELECT c%obs_observation e %LIMIT "
    ranges = await get_store().aselect(f"SELECT 1 {kept}$_ OFFSET%'")
    return ranges, await get_store().aselect(f"SELECT generic_plans, custom_plans {kept}2'")


def test_the_newest_readings_of_all_series(town):
    newest = "Observations?$orderby=phenomenonTime desc"
    assert [r["result"] for r in get(f"{newest}&$top=4&$skip=1")["value"]] == [3, 3, 2, 2]
    assert len(get(f"{newest}&$filter=result lt 3 and Datastream/name eq 'A1'")["value"]) == 2


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "$top=1",
        "$top=1;$skip=1",
        "$skip=1;$count=true",
        "$top=0;$count=true",
        "$orderby=name desc;$top=1",
        "$filter=name ne 'A0';$orderby=Sensor/name,name",
        "$expand=Thing,Observations($top=1)",
    ],
)
def test_many_related_rows_are_shared_out_as_few_are(town, monkeypatch, inner):
    """Few are read whole by one join; of many the engine takes the first of each parent."""
    asked = [f"Things?$expand=Locations,Datastreams({inner})".replace("()", "")]
    asked.append(f"ObservedProperties?$expand=Datastreams({inner})".replace("()", ""))
    if "Sensor" not in inner and "Thing" not in inner:
        asked.append(f"Locations?$expand=Things({inner})".replace("()", ""))
    few = [get(query) for query in asked]
    monkeypatch.setattr(levels, "MANY", 0)
    assert [get(query) for query in asked] == few


def test_a_dashboard_takes_four_statements(town, statements):
    """R6: one per level, and readings only of the series named by their state."""
    shown = get(f"Things?$orderby=name&$expand=Locations,Datastreams($expand={LATEST})")
    assert all(s["Observations"] for t in shown["value"] for s in t["Datastreams"])
    assert len(statements) == 4
    assert "row_number" not in "".join(statements)
    assert sum("obs_datastream_state d" in sql for sql in statements) == 1


def test_an_empty_page_with_relations_of_relations_is_empty(town):
    """Found by pygeoapi, which asks for the page behind the last one."""
    for query in (
        "Things?$skip=99&$expand=Datastreams/Sensor",
        "Datastreams?$filter=name eq '-'&$expand=Thing/Locations,Observations/FeatureOfInterest",
    ):
        assert get(query) == {"value": []}
