"""``$count`` of a range of time and readings of a feature: right, and without reading all rows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mehrwert.observations import actions
from mehrwert.observations.queries import reader
from mehrwert.observations.recording import hours
from mehrwert.observations.selects import ranges

from .door import STREAM, ask, visitor

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
