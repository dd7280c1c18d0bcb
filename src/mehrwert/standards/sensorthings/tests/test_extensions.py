"""Promises of extensions: ``$asof``, ``$select=distinct:``, ``$resultMetadata`` (OBS-22)."""

import time
from datetime import UTC, datetime

import pytest

from mehrwert.observations import actions
from mehrwert.observations.actions import reads as note
from mehrwert.observations.errors import StoreFailedError
from mehrwert.observations.queries import protection, reader

from .door import LOCATION, STREAM, THING, ask, become, visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def moment():
    """Return a time between what was done and what will be done."""
    time.sleep(0.002)
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    time.sleep(0.002)
    return now


def get(path, status=200):
    got = ask("GET", path)
    assert got.status == status, got.body
    return got.json


def names(path):
    return [row["name"] for row in get(path)["value"]]


def test_metadata_as_they_were(stream):
    """OBS-22: unit, sensor and place as of a date, with every other option."""
    series = f"Datastreams({stream})"
    first = moment()
    feet = {"name": "Fuß", "symbol": "ft", "definition": None}
    sensor = ask("POST", "Sensors", {**STREAM["Sensor"], "name": "S2", "metadata": {"v": 2}}).id
    change = {"unitOfMeasurement": feet, "Sensor": {"@iot.id": sensor}, "properties": {"a": 1}}
    assert ask("PATCH", series, change).status == 200
    assert ask("PATCH", f"Sensors({sensor})", {"metadata": {"v": 3}}).status == 200
    second = moment()
    place = {**LOCATION, "name": "neu", "location": {"type": "Point", "coordinates": [10, 50]}}
    thing = get(f"{series}/Thing")["@iot.id"]
    assert ask("POST", f"Things({thing})/Locations", place).status == 201

    full = f"{series}?$expand=Sensor,Thing($expand=Locations)&$asof="
    before, between, now = get(full + first), get(full + second), get(full + moment())
    assert before["unitOfMeasurement"]["symbol"] == "m"
    assert "properties" not in before
    assert before["Sensor"]["name"] == "S"
    assert between["unitOfMeasurement"] == feet
    assert between["Sensor"]["metadata"] == {"v": 3}
    assert [p["name"] for p in before["Thing"]["Locations"]] == ["Ort"]
    assert [p["name"] for p in between["Thing"]["Locations"]] == ["Ort"]
    assert [p["name"] for p in now["Thing"]["Locations"]] == ["neu"]
    assert before["@iot.selfLink"] == now["@iot.selfLink"]
    assert names(f"Sensors?$asof={first}") == ["S"]
    assert names(f"Sensors?$orderby=name desc&$asof={second}") == ["S2", "S"]
    assert get(f"Sensors?$count=true&$top=1&$asof={second}")["@iot.count"] == 2
    assert get(f"Things({thing})/Locations?$asof={first}")["value"][0]["name"] == "Ort"
    assert get(f"Sensors({sensor})?$asof={first}", 404)
    assert get(f"{series}/unitOfMeasurement/symbol?$asof={first}") == {"symbol": "m"}
    here = "st_within(location,geography'POLYGON((9 49,11 49,11 51,9 51,9 49))')"
    assert names(f"Locations?$filter={here}&$asof={second}") == []
    assert names(f"Things?$filter=Locations/name eq 'Ort'&$asof={second}") == ["T"]


def test_what_is_deleted_can_still_be_seen_as_it_was(stream):
    thing = get(f"Datastreams({stream})/Thing")["@iot.id"]
    before = get(f"Things({thing})?$expand=Datastreams($expand=Sensor),Locations")
    there = moment()
    assert ask("DELETE", f"Things({thing})").status == 200
    get(f"Things({thing})?$asof={moment()}", 404)
    then = get(f"Things({thing})?$expand=Datastreams($expand=Sensor),Locations&$asof={there}")
    assert then == before
    assert names(f"Datastreams?$asof={there}") == ["D"]
    page = get(f"Things?$top=1&$asof={there}&$select=name")
    assert page == {"value": [{"name": "T"}]}


def test_as_of_pages_and_keeps_to_its_municipality(stream, monkeypatch):
    for name in "abc":
        ask("POST", "Sensors", {**STREAM["Sensor"], "name": name})
    at = moment()
    ask("POST", "Sensors", {**STREAM["Sensor"], "name": "later"})
    page, seen = get(f"Sensors?$top=3&$asof={at}"), []
    while True:
        seen += [row["name"] for row in page["value"]]
        if "@iot.nextLink" not in page:
            break
        page = get(page["@iot.nextLink"])
    assert seen == ["S", "a", "b", "c"]
    become(monkeypatch, visitor(2))
    assert names(f"Sensors?$asof={at}") == []
    get(f"Datastreams({stream})?$asof={at}", 404)


def test_as_of_says_nothing_about_readings(stream):
    at = moment()
    for path in (
        f"Observations?$asof={at}",
        f"Datastreams({stream})/Observations?$asof={at}",
        f"Datastreams?$expand=Observations&$asof={at}",
        f"Datastreams?$filter=Observations/result gt 1&$asof={at}",
        f"Things?$resultFormat=CSV&$asof={at}",
        "Things?$asof=gestern",
        "Things?$asof=2026-01-01",
        f"Things?$expand=Datastreams($asof={at})",
    ):
        assert ask("GET", path).status in {400, 501}, path
    assert "phenomenonTime" not in get(f"Datastreams({stream})?$asof={at}")


def test_distinct_rows_come_once(stream):
    for number, (name, tags) in enumerate(
        [("A", {"art": "Baum"}), ("A", {"art": "Bank"}), ("B", {"art": "Baum"}), ("B", None)]
    ):
        body = {"name": name, "description": str(number)}
        ask("POST", "Things", body | ({"properties": tags} if tags else {}))
    assert sorted(names("Things?$select=distinct:name")) == ["A", "B", "T"]
    assert names("Things?$select=distinct:name&$orderby=name desc&$top=2") == ["T", "B"]
    page = get("Things?$select=distinct:name&$count=true&$top=1")
    assert page["@iot.count"] == 3
    assert len(get(page["@iot.nextLink"])["value"]) == 1
    kinds = get("Things?$select=distinct:properties/art&$filter=properties/art ne null")["value"]
    assert [row["properties"]["art"] for row in kinds] == ["Baum", "Bank"]
    both = get("Things?$select=distinct:name,properties/art&$filter=name ne 'T'")["value"]
    assert len(both) == 4
    units = get("Datastreams?$select=distinct:unitOfMeasurement/symbol")["value"]
    assert units == [{"unitOfMeasurement": {"symbol": "m"}}]
    for minute, result in enumerate((1, 2, 1, "x", "x", None)):
        ask(
            "POST",
            f"Datastreams({stream})/Observations",
            {"result": result, "phenomenonTime": f"2026-01-01T00:0{minute}:00Z"},
        )
    for path in (f"Datastreams({stream})/Observations", "Observations"):
        got = get(f"{path}?$select=distinct:result")["value"]
        assert [row["result"] for row in got] == [1, 2, "x", None]


@pytest.mark.parametrize(
    "query",
    [
        "Things(1)?$select=distinct:name",
        "Things?$select=distinct:Locations",
        "Things?$select=distinct:",
        "Things?$select=distinct:name&$expand=Locations",
        "Things?$expand=Datastreams($select=distinct:name)",
        "Things?$resultMetadata=some",
    ],
)
def test_what_these_options_refuse(stream, query):
    assert ask("GET", query).status in {400, 501}


def test_links_can_be_left_out(stream):
    path = "Things?$expand=Datastreams($top=1;$count=true)&$resultMetadata="
    assert get(path + "full") == get("Things?$expand=Datastreams($top=1;$count=true)")
    minimal, bare = get(path + "minimal")["value"][0], get(path + "none")["value"][0]
    assert "@iot.selfLink" in minimal["Datastreams"][0]
    assert "navigationLink" not in str(minimal)
    assert "@iot.selfLink" not in str(bare)
    assert bare["@iot.id"]
    assert bare["Datastreams@iot.count"] == 1
    assert bare["properties"] == THING["properties"]
    one = get(f"Datastreams({stream})?$resultMetadata=none")
    assert set(one) == {"@iot.id", "name", "description", "unitOfMeasurement", "observationType"}


def reads():
    with reader() as r:
        return r.select(
            "SELECT actor_kind, actor_label, object_id, label, after FROM obs_audit"
            " WHERE verb='read' ORDER BY id"
        )


@pytest.fixture
def restricted(stream):
    """A critical series beside an internal one; both have a reading."""
    body = {"name": "geheim", "description": ""}
    other = ask("POST", "Datastreams", {**get(f"Datastreams({stream})"), **body, **links(stream)})
    assert other.status == 201, other.body
    actions.update_datastream(visitor().context, other.id, protection="critical")
    for number in (stream, other.id):
        assert ask("POST", f"Datastreams({number})/Observations", {"result": 1}).status == 201
    protection._kept.clear()
    note._noted.clear()
    return other.id


def links(stream):
    return {
        name: {"@iot.id": get(f"Datastreams({stream})/{name}")["@iot.id"]}
        for name in ("Thing", "Sensor", "ObservedProperty")
    }


@pytest.mark.parametrize(
    "path",
    [
        "Observations",
        "Datastreams({0})/Observations",
        "Datastreams({0})/Observations?$top=1&$orderby=phenomenonTime desc",
        "Datastreams({0})/Observations?$resultFormat=dataArray",
        "Datastreams({0})/Observations?$resultFormat=CSV",
        "Observations?$resultFormat=CSV",
        "Datastreams({0})/Observations?$decimate=10",
        "Things?$expand=Datastreams($expand=Observations($top=1))",
        "FeaturesOfInterest?$expand=Observations",
        "Observations({1})",
        "Observations({1})/result/$value",
    ],
)
def test_who_reads_a_restricted_series_is_written_down(restricted, path):
    """OBS-42: who, what, when; whatever way the values took."""
    reading = (restricted << 32) + 0
    for _ in range(2):
        got = ask("GET", path.format(restricted, reading))
        assert got.status == 200, got.body
    [row] = reads()
    assert row[:4] == ("key", "test", str(restricted), "geheim")
    assert "sensorthings" in row[4]


def test_metadata_and_open_series_are_read_freely(restricted, stream):
    for path in (
        f"Datastreams({restricted})",
        "Things?$expand=Datastreams",
        f"Datastreams({stream})/Observations",
        f"Datastreams({restricted})/Observations?$filter=result gt 5",
    ):
        assert ask("GET", path).status == 200
    assert reads() == []


def test_nothing_is_shown_that_cannot_be_written_down(restricted, monkeypatch):
    def refuse(*args):
        raise StoreFailedError(retry_after_s=1)

    monkeypatch.setattr(note, "run", refuse)
    for _ in range(2):
        assert ask("GET", f"Datastreams({restricted})/Observations").status == 503
