"""``$count`` of a range of time and readings of a feature: right, and without reading all rows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mehrwert.observations import actions
from mehrwert.observations.queries import reader
from mehrwert.observations.recording import hours
from mehrwert.observations.selects import ranges, shares

from .door import STREAM, THING, ask, visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
FUZZ = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
START = datetime(2026, 5, 1, tzinfo=UTC)
MINUTES = st.integers(-600, 6_000)
LENGTHS = st.sampled_from([0, 0, 0, 1, 15, 60, 61, 600])
RESULTS = st.sampled_from([1, 2.5, None, "x", True, [1]])
ROWS = st.lists(st.tuples(MINUTES, LENGTHS, RESULTS), min_size=1, max_size=40)
BOUNDS = st.tuples(
    st.sampled_from(["ge", "gt"]), MINUTES, st.sampled_from(["lt", "le"]), st.integers(0, 7_000)
)


def at(minute):
    return (START + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")


def us(minute):
    return int((START + timedelta(minutes=minute)).timestamp()) * 1_000_000


def count(path, condition):
    got = ask("GET", f"{path}?$count=true&$top=10000&$filter={condition}")
    assert got.status == 200, got.body
    assert got.json["@iot.count"] == len(got.json["value"])
    return got.json["@iot.count"]


@FUZZ
@given(rows=ROWS, bounds=BOUNDS, bad=MINUTES)
def test_a_range_is_counted_as_it_is_read(stream, monkeypatch, rows, bounds, bad):
    """OBS-26: instants and intervals, numbers and others, flagged ones, ends inside hours."""
    monkeypatch.setattr(ranges, "LEAST_HOURS", 1)
    context = visitor().context
    fresh = ask("POST", "Datastreams", {**STREAM, "Thing": {"@iot.id": thing_of(stream)}}).id
    for minute, length, result in rows:
        end = us(minute + length) if length else None
        batch = actions.ReadingBatch(fresh, [us(minute)], [result], ends_us=[end])
        actions.record_observations(context, [batch])
    actions.flag_observations(context, fresh, us(bad), us(bad + 600), actions_quality())
    lower, first, upper, length = bounds
    path = f"Datastreams({fresh})/Observations"
    span = f"phenomenonTime {lower} {at(first)} and phenomenonTime {upper} {at(first + length)}"
    count(path, span)
    count(path, f"phenomenonTime {lower} {at(first)}")
    count(path, f"phenomenonTime {upper} {at(first)}")
    # all series: the older ones lie wholly or partly inside, or outside
    count("Observations", span)
    count("Observations", f"phenomenonTime {lower} {at(first)}")
    count("Observations", f"phenomenonTime {upper} {at(first)}")


def actions_quality():
    from mehrwert.observations.choices import Quality

    return Quality.BAD


def thing_of(stream):
    return ask("GET", f"Datastreams({stream})/Thing").json["@iot.id"]


@pytest.fixture
def hourly(stream):
    """Ten days of readings every ten minutes."""
    times = [us(10 * i) for i in range(1_440)]
    batch = actions.ReadingBatch(stream, times, [float(i) for i in range(1_440)])
    actions.record_observations(visitor().context, [batch])
    return stream


def rows_read(monkeypatch, ask_it):
    """Return the statements that a request runs."""
    said = []
    with reader() as r:
        connection = getattr(r, "connection", None)
        if connection is None:
            return None
    whole = type(r).select

    def select(self, sql, params=()):
        said.append(sql)
        return whole(self, sql, params)

    monkeypatch.setattr(type(r), "select", select)
    ask_it()
    monkeypatch.setattr(type(r), "select", whole)
    return said


def test_whole_hours_come_from_their_buckets(hourly, monkeypatch):
    path = f"Datastreams({hourly})/Observations"
    span = f"phenomenonTime ge {at(65)} and phenomenonTime lt {at(14_000)}"
    said = rows_read(monkeypatch, lambda: ask("GET", f"{path}?$count=true&$top=0&$filter={span}"))
    if said is not None:
        assert any("obs_hour_bucket" in sql for sql in said)
    assert count(path, span) == 1_393
    context = visitor().context
    ids = [row["@iot.id"] for row in ask("GET", f"{path}?$top=3&$skip=700").json["value"]]
    assert ask("DELETE", f"Observations({ids[0]})").status == 200
    assert ask("PATCH", f"Observations({ids[1]})", {"result": "x"}).status == 200
    late = actions.ReadingBatch(hourly, [us(7_003)], [1.0])
    actions.record_observations(context, [late])
    assert count(path, span) == 1_393


def test_hours_that_wait_for_repair_are_not_trusted(hourly, monkeypatch):
    path = f"Datastreams({hourly})/Observations"
    monkeypatch.setattr(hours, "MAX_HOURS_IN_COMMIT", 0)
    late = actions.ReadingBatch(hourly, [us(7_003)], [1.0])
    actions.record_observations(visitor().context, [late])
    assert count(path, f"phenomenonTime ge {at(0)} and phenomenonTime lt {at(14_400)}") == 1_441


def test_readings_of_a_feature_are_sought_in_its_series(stream):
    """Also those that changed their feature or their series; and the feature takes them along."""
    path = f"Datastreams({stream})/Observations"
    place = {"type": "Point", "coordinates": [7, 51]}
    body = {"name": "F", "description": "", "encodingType": "application/geo+json"}
    own = ask("POST", "FeaturesOfInterest", {**body, "feature": place}).id
    made = [ask("POST", path, {"result": i, "phenomenonTime": at(i)}).id for i in range(4)]
    linked = {"FeatureOfInterest": {"@iot.id": own}}
    made.append(ask("POST", path, {"result": 4, "phenomenonTime": at(4), **linked}).id)
    assert ask("PATCH", f"Observations({made[1]})", linked).status == 200
    other = ask("POST", "Datastreams", {**STREAM, "Thing": {"@iot.id": thing_of(stream)}}).id
    moved = {"Datastream": {"@iot.id": other}}
    assert ask("PATCH", f"Observations({made[4]})", moved).status == 200

    def of(feature):
        got = ask("GET", f"FeaturesOfInterest({feature})/Observations?$count=true").json
        expanded = ask("GET", f"FeaturesOfInterest({feature})?$expand=Observations").json
        assert [row["result"] for row in expanded["Observations"]] == [
            row["result"] for row in got["value"]
        ]
        assert got["@iot.count"] == len(got["value"])
        return sorted(row["result"] for row in got["value"])

    first = ask("GET", f"Observations({made[0]})/FeatureOfInterest").json["@iot.id"]
    assert of(own) == [1, 4]
    assert of(first) == [0, 2, 3]
    wanted = f"Observations?$filter=FeatureOfInterest/id eq {own}&$orderby=result"
    assert [row["result"] for row in ask("GET", wanted).json["value"]] == [1, 4]
    assert ask("DELETE", f"FeaturesOfInterest({own})").status == 200
    assert ask("GET", "Observations?$count=true&$top=0").json["@iot.count"] == 3


@pytest.fixture
def several(hourly):
    """Beside the long series ten short ones, of one thing more."""
    thing = ask("POST", "Things", THING).id
    for number in range(10):
        body = {**STREAM, "name": f"D{number}", "Thing": {"@iot.id": thing}}
        series = ask("POST", "Datastreams", body).id
        times = [us(30 * i) for i in range(20)]
        batch = actions.ReadingBatch(series, times, [float(i) for i in range(20)])
        actions.record_observations(visitor().context, [batch])
    return hourly


CONDITIONS = [
    "result gt 7",
    "result gt 7 and phenomenonTime ge 2026-05-03T00:00:00Z",
    "result lt 700 and phenomenonTime lt 2026-05-01T05:00:00Z",
    "day(phenomenonTime) eq 2",
    "Datastream/name eq 'D3' and result gt 7",
    "Datastream/name eq 'D3' or result gt 700",
    "FeatureOfInterest/name eq 'Ort' and result lt 10",
    "result gt 99999",
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_many_readings_are_counted_share_by_share(several, monkeypatch, condition):
    """OBS-26: what takes more than one look comes to the same."""
    feature = ask("GET", f"Datastreams({several})/Observations?$top=1&$expand=FeatureOfInterest")
    own = feature.json["value"][0]["FeatureOfInterest"]["@iot.id"]
    paths = ["Observations", f"Datastreams({several})/Observations"]
    paths.append(f"FeaturesOfInterest({own})/Observations")
    at_once = [count(path, condition) for path in paths]
    monkeypatch.setattr(shares, "AT_ONCE", {"sqlite": 0, "postgres": 0})
    monkeypatch.setattr(shares, "SHARE", 33)
    assert [count(path, condition) for path in paths] == at_once
    assert at_once[0] >= max(at_once[1:])


def test_a_count_that_takes_too_long_is_estimated_and_says_so(several, monkeypatch):
    """OBS-26: after the time is up, what was looked at stands for the rest."""
    monkeypatch.setattr(shares, "AT_ONCE", {"sqlite": 1_000, "postgres": 1_000})
    monkeypatch.setattr(shares, "SHARE", 100)
    asked = "Observations?$count=true&$top=1&$filter=result ge 0"
    exact = ask("GET", asked).json
    assert exact["@iot.count"] == 1_640
    assert "@iot.countEstimated" not in exact
    monkeypatch.setattr(shares, "MOST_S", -1)
    estimated = ask("GET", asked).json
    assert estimated["@iot.countEstimated"] is True
    assert 1_500 < estimated["@iot.count"] < 1_800
    assert len(estimated["value"]) == 1
    few = ask("GET", f"{asked} and Datastream/name eq 'D3'").json
    assert few["@iot.count"] == 20
    assert "@iot.countEstimated" not in few
