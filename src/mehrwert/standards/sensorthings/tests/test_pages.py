"""Pages over all series: cut anywhere, they hold each reading once and in order."""

import pytest

from mehrwert.observations.stores import get_store
from mehrwert.observations.stores.sqlite.store import SqliteReader

from .door import STREAM, THING, ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def readings(anybody):
    """Three series whose readings overlap, meet at the same times and came late."""
    for first in (2, 1, 3):
        days = [first, first + 2, first + 1, first + 4]
        given = [{"result": d, "phenomenonTime": f"2026-07-{d:02}T00:00:00Z"} for d in days]
        stream = {**STREAM, "name": f"D{first}", "Observations": given}
        assert ask("POST", "Things", {**THING, "Datastreams": [stream]}).status == 201
    return get("Observations?$top=1000")["value"]


def get(path):
    got = ask("GET", path)
    assert got.status == 200, (path, got.json)
    return got.json


def walk(path):
    """Yield the rows of all pages."""
    while path:
        page = get(path)
        yield from page["value"]
        path = page.get("@iot.nextLink", "")


def test_as_they_lie(readings):
    ids = [row["@iot.id"] for row in readings]
    assert len(ids) == 12
    assert ids == sorted(ids)
    for top in (1, 5):
        assert list(walk(f"Observations?$top={top}")) == readings
        assert get(f"Observations?$top={top}&$skip=4")["value"] == readings[4 : 4 + top]


@pytest.mark.parametrize("way", ["asc", "desc"])
def test_by_time(readings, way):
    by_time = sorted(
        readings, key=lambda r: (r["phenomenonTime"], r["@iot.id"]), reverse=way == "desc"
    )
    for top in (1, 5):
        path = f"Observations?$orderby=phenomenonTime {way}&$top={top}"
        assert list(walk(path)) == by_time
        assert get(f"{path}&$skip=3")["value"] == by_time[3 : 3 + top]


@pytest.mark.parametrize(
    ("condition", "n"),
    [
        ("Datastream/name eq 'D1'", 4),
        ("Datastream/name ne 'D1' and result gt 3", 5),
        ("Datastream/name eq 'D1' or result gt 5", 6),
    ],
)
def test_with_a_condition_on_the_series(readings, condition, n):
    path = f"Observations?$filter={condition}"
    rows = get(f"{path}&$top=1000")["value"]
    assert len(rows) == n
    assert list(walk(f"{path}&$top=2")) == rows
    by_time = get(f"{path}&$top=1000&$orderby=phenomenonTime")["value"]
    assert sorted(by_time, key=lambda row: row["@iot.id"]) == rows


def test_of_a_feature(readings):
    feature = get("FeaturesOfInterest?$top=1")["value"][0]["@iot.id"]
    path = f"FeaturesOfInterest({feature})/Observations"
    rows = get(f"{path}?$top=1000")["value"]
    assert rows
    assert list(walk(f"{path}?$top=1")) == rows
    assert {row["@iot.id"] for row in rows} <= {row["@iot.id"] for row in readings}


@pytest.mark.parametrize(
    ("condition", "first", "last"),
    [
        ("phenomenonTime ge 2026-07-03T00:00:00Z and phenomenonTime lt 2026-07-05T00:00:00Z", 3, 4),
        ("phenomenonTime gt 2026-07-05T00:00:00Z", 6, 9),
        ("phenomenonTime le 2026-07-02T00:00:00Z and result gt 0", 1, 2),
        ("phenomenonTime lt 2020-07-02T00:00:00Z", 9, 8),
    ],
)
@pytest.mark.parametrize("order", ["", "phenomenonTime", "phenomenonTime desc", "result desc,id"])
def test_in_a_range_of_time(readings, condition, first, last, order):
    """R7: series that have nothing in the range are not asked, and nothing is lost by that."""
    wanted = [row for row in readings if first <= row["result"] <= last]
    if order:
        wanted.sort(key=lambda r: (r["result"], r["@iot.id"]))
    if order == "phenomenonTime desc":
        wanted.reverse()
    if order == "result desc,id":
        wanted.sort(key=lambda r: (-r["result"], r["@iot.id"]))
    ordered = f"&$orderby={order}" if order else ""
    for top in (1, 3):
        path = f"Observations?$filter={condition}{ordered}&$top={top}"
        assert list(walk(path)) == wanted
        assert get(f"{path}&$skip=1&$count=true")["@iot.count"] == len(wanted)
        assert get(f"{path}&$skip=1")["value"] == wanted[1 : 1 + top]


def test_by_feature(readings):
    """A condition on features asks the series that know such a feature."""
    assert list(walk("Observations?$filter=FeatureOfInterest/name eq 'Ort'&$top=5")) == readings
    assert get("Observations?$filter=FeatureOfInterest/name eq 'anderswo'")["value"] == []
    newest = "Observations?$filter=FeatureOfInterest/id gt 0&$orderby=phenomenonTime desc&$top=1"
    assert get(newest)["value"][0]["result"] == max(row["result"] for row in readings)


@pytest.mark.parametrize(
    "path",
    [
        "Observations?$top=2",
        "Observations?$top=2&$filter=result gt 0",
        "Observations?$top=2&$filter=Datastream/name ne 'x'",
        "Observations?$top=2&$filter=phenomenonTime gt 2020-01-01T00:00:00Z",
        "FeaturesOfInterest({})/Observations?$top=2",
    ],
)
def test_a_further_page_begins_where_the_page_before_ended(readings, monkeypatch, path):
    """OBS-27: a deep page costs the same as the first: nothing before it is walked through."""
    if get_store().engine != "sqlite":
        pytest.skip("PostgreSQL seeks by a comparison of rows")
    feature = get("FeaturesOfInterest?$top=1")["value"][0]["@iot.id"]
    link = get(path.format(feature))["@iot.nextLink"]
    plans, whole = [], SqliteReader.select

    def select(self, sql, params=()):
        plans.extend(row[-1] for row in whole(self, f"EXPLAIN QUERY PLAN {sql}", params))
        return whole(self, sql, params)

    monkeypatch.setattr(SqliteReader, "select", select)
    get(link)
    assert any("seq>?" in step for step in plans), plans
    assert not [step for step in plans if step.startswith("SCAN e")], plans
