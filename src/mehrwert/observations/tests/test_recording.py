"""Recording: repetitions, corrections, late readings, states, hours, events."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mehrwert.observations import actions, queries
from mehrwert.observations.choices import DuplicatePolicy, Quality, RowStatus
from mehrwert.observations.errors import BadReadingError, BatchShapeError
from mehrwert.observations.events import DatastreamNews, ObservationsRecorded
from mehrwert.observations.rules import summed_hours, typical_gap_us

from .fixtures import OWN_TABLES, make_town

pytestmark = OWN_TABLES

HOUR = 3_600_000_000
MINUTE = 60_000_000


def values(town, datastream_id=None):
    series = queries.read_series(town.tenant_id, datastream_id or town.datastream_id)
    return list(zip(series.times_us.tolist(), series.values.tolist(), strict=True))


def test_a_repetition_changes_nothing_and_answers_with_the_first_id(town):
    first = town.record([1, 2, 3], [1.0, 2.0, 3.0])
    again = town.record([1, 2, 3, 4], [1.0, 2.0, 3.0, 4.0])
    assert (again.created, again.duplicate) == (1, 3)
    assert list(again.rows[0].ids)[:3] == list(first.rows[0].ids)
    assert values(town) == [(1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0)]


def test_a_repetition_inside_one_call_is_stored_once(town):
    outcome = town.record([5, 5, 4], [1.0, 1.0, 0.0])
    assert list(outcome.rows[0].statuses) == ["created", "duplicate", "created"]
    assert values(town) == [(4, 0.0), (5, 1.0)]


def test_a_large_block_sent_twice_is_stored_once(town):
    times, results = list(range(0, 5000, 5)), [0.25] * 1000
    town.record(times, results)
    again = town.record(times, results)
    assert (again.created, again.duplicate) == (0, 1000)
    assert queries.count_observations(1, town.datastream_id) == 1000


@pytest.mark.parametrize(
    ("policy", "status", "expected"),
    [
        (DuplicatePolicy.KEEP, RowStatus.CREATED, [(1, 1.0), (1, 9.0), (2, 2.0)]),
        (DuplicatePolicy.CORRECT, RowStatus.CORRECTED, [(1, 9.0), (2, 2.0)]),
        (DuplicatePolicy.STRICT, RowStatus.CONFLICT, [(1, 1.0), (2, 2.0)]),
    ],
)
def test_another_result_under_the_same_key(observation_store, policy, status, expected):
    town = make_town(policy=policy)
    town.record([1, 2], [1.0, 2.0])
    outcome = town.record([1], [9.0])
    assert list(outcome.rows[0].statuses) == [status]
    assert values(town) == expected


@pytest.mark.parametrize(
    "column",
    [{"ends_us": [50]}, {"result_times_us": [77]}],
    ids=["end", "result time"],
)
def test_another_end_or_result_time_is_another_reading(town, column):
    town.record([1], [1.0])
    assert town.record([1], [1.0], **column).created == 1
    assert town.record([1], [1.0], **column).duplicate == 1


def test_another_feature_is_another_reading(town):
    feature = actions.create_feature(
        town.context, name="Ufer", feature={"type": "Point", "coordinates": [7.7, 51.8]}
    )
    town.record([1], [1.0])
    assert town.record([1], [1.0], feature_ids=[feature]).created == 1
    assert town.record([1], [1.0], feature_ids=[feature]).duplicate == 1
    assert list(town.record([1], [1.0], feature_ids=[999]).rows[0].statuses) == ["unknown_feature"]


@pytest.mark.parametrize(
    "result", [True, "nass", None, [1, {"a": 2.5}], {"x": "ä"}, 2**60 + 1, -1e300, 1e-300]
)
def test_every_json_value_is_kept_and_recognised_again(town, result):
    town.record([1], [result])
    assert queries.read_observations(1, town.datastream_id)[0].result == result
    assert town.record([1], [result]).duplicate == 1


def test_a_corrected_value_stays_in_the_history(observation_store):
    town = make_town(policy=DuplicatePolicy.CORRECT)
    town.record([1, 2], [1.0, "alt"])
    town.record([1, 2], [5.0, "neu"])
    old = queries.list_history(1, town.datastream_id)
    assert [(h["verb"], h["time"], h["result"]) for h in old] == [
        ("correct", 2, None),
        ("correct", 1, 1.0),
    ]
    assert queries.read_series(1, town.datastream_id, as_of=0).values[0] == 1.0


def test_one_bad_row_stores_nothing(town):
    with pytest.raises(BadReadingError) as refused:
        town.record([1, 2, 3], [1.0, float("nan"), 3.0])
    assert refused.value.data == {"row": 1, "field": "result"}
    with pytest.raises(BadReadingError):
        town.record([1, 2], [1.0, 2.0], ends_us=[5, 2])
    with pytest.raises(BatchShapeError):
        town.record([1, 2], [1.0])
    assert values(town) == []


def test_a_large_call_is_cut_and_answered_in_order(town):
    times = list(range(25_000))
    outcome = town.record(times, [float(t) for t in times])
    assert outcome.created == 25_000
    assert [len(row) for row in outcome.rows] == [25_000]
    ids = list(outcome.rows[0].ids)
    assert ids == list(range(ids[0], ids[0] + 25_000))


def test_the_state_follows_late_and_newer_readings(town):
    town.record([100 * MINUTE], [1.0], ends_us=[110 * MINUTE])
    town.record([50 * MINUTE], [0.5], result_times_us=[7])
    row = queries.read_datastream(1, town.datastream_id)
    assert (row.n, row.first_time_us, row.last_time_us) == (2, 50 * MINUTE, 100 * MINUTE)
    assert row.last_end_us == 110 * MINUTE
    assert row.latest is not None
    assert (row.latest.result, row.latest.end_us) == (1.0, 110 * MINUTE)
    town.record([100 * MINUTE], [2.0])
    assert queries.read_latest(1)[town.datastream_id].result == 2.0


def test_the_usual_gap_is_learned(town):
    town.record([i * 15 * MINUTE for i in range(8)], [1.0] * 8)
    assert queries.read_datastream(1, town.datastream_id).gap_us == 15 * MINUTE


def test_a_thing_without_a_place_can_be_measured_unless_a_place_is_needed(observation_store):
    town = make_town()
    actions.update_thing(town.context, town.thing_id, location_ids=[])
    batch = actions.ReadingBatch(town.datastream_id, [1], [1.0], feature_required=True)
    refused = actions.record_observations(town.context, [batch])
    assert list(refused.rows[0].statuses) == ["no_location"]
    assert town.record([1], [1.0]).created == 1
    assert queries.read_observations(1, town.datastream_id)[0].feature_id is None


def test_a_thing_that_moved_is_observed_at_its_new_place(town):
    town.record([1], [1.0])
    place = actions.create_location(
        town.context, name="Wehr", location={"type": "Point", "coordinates": [8.0, 50.0]}
    )
    actions.set_thing_locations(town.context, town.thing_id, [place])
    town.record([2], [1.0])
    newer, older = queries.read_observations(1, town.datastream_id)
    assert newer.feature_id != older.feature_id
    with queries.reader() as reader:
        box = reader.select("SELECT min_lon, min_lat, max_lon, max_lat FROM obs_datastream_state")
    assert box == [(7.6, 50.0, 8.0, 51.9)]


def test_one_event_per_commit_tells_of_all_series(town):
    other = town.add_datastream(name="Temperatur")
    actions.record_observations(
        town.context,
        [
            actions.ReadingBatch(town.datastream_id, [1, 2], [1.0, 2.0]),
            actions.ReadingBatch(other, [5], [7.5], qualities=[Quality.SUSPECT]),
        ],
    )
    with queries.reader() as reader:
        names = reader.select("SELECT name, tenant_id FROM obs_outbox WHERE name LIKE '%ecorded'")
    assert [tenant for _, tenant in names] == [1]


# --- hour buckets ------------------------------------------------------------------------------

READINGS = st.lists(
    st.tuples(
        st.integers(-3 * 60, 5 * 60),  # minutes around 1970, so hours below zero too
        st.integers(-40, 40),
        st.sampled_from([0, 0, 0, 2, 3]),
    ),
    min_size=1,
    max_size=60,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(readings=READINGS, cuts=st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_hours_equal_recomputation_for_any_order_of_arrival(town, readings, cuts):
    series = town.add_datastream(name="Probe")
    rest, i = list(readings), 0
    while rest:
        size = cuts[i % len(cuts)]
        part, rest, i = rest[:size], rest[size:], i + 1
        town.record(
            [m * MINUTE for m, _, _ in part],
            [v / 4 for _, v, _ in part],
            series,
            qualities=[q for _, _, q in part],
        )
    check_hours(town, series)
    check_state(town, series)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    blocks=st.lists(
        st.tuples(st.integers(-400, 400), st.integers(200, 260), st.integers(1, 7)),
        min_size=2,
        max_size=4,
    ),
    bad=st.integers(0, 199),
)
def test_hours_equal_recomputation_for_large_blocks(town, blocks, bad):
    series = town.add_datastream(name="Blöcke")
    for start, n, step in blocks:
        times = [(start + i * step) * MINUTE for i in range(n)]
        qualities = [3 if i == bad else 0 for i in range(n)]
        town.record(times, [(i % 9) / 4 for i in range(n)], series, qualities=qualities)
    check_hours(town, series)
    check_state(town, series)


def check_hours(town, series):
    """Compare the kept buckets with those of the rows."""
    rows = queries.read_series(town.tenant_id, series)
    expected = summed_hours(rows.times_us, rows.values, rows.qualities)
    kept = queries.read_hours(town.tenant_id, series)
    names = ("n", "sum", "min", "max", "first", "last", "n_bad")
    columns = zip(*(getattr(kept, name).tolist() for name in names), strict=True)
    found = dict(zip(kept.hours.tolist(), columns, strict=True))
    assert {h: _plain(b) for h, b in found.items()} == {h: _plain(b) for h, b in expected.items()}


def _plain(bucket):
    return tuple(None if v is None or v != v else float(v) for v in bucket)


def check_state(town, series):
    """Compare the kept state with that of the rows."""
    rows = queries.read_observations(town.tenant_id, series, newest_first=False, limit=100_000)
    with queries.reader() as reader:
        state = reader.select(
            "SELECT n, first_time, last_time, last_end, latest_result, latest_quality, next_seq"
            " FROM obs_datastream_state WHERE datastream_id=?",
            (series,),
        )[0]
    last = rows[-1]
    ends = [r.time_us if r.end_us is None else r.end_us for r in rows]
    assert state[:6] == (
        *(len(rows), rows[0].time_us, last.time_us, max(ends)),
        *(last.result, last.quality),
    )
    assert state[6] >= len(rows)
    gap = queries.read_datastream(town.tenant_id, series).gap_us
    assert gap is None or typical_gap_us([r.time_us for r in rows]) is not None


def test_late_rows_of_many_hours_are_repaired_by_the_job_and_read_right_before(town):
    late = [h * HOUR for h in range(0, 3000, 2)]
    town.record([5000 * HOUR], [1.0])
    town.record(late, [1.0] * len(late), ends_us=[None, *[t + 1 for t in late[1:]]])
    with queries.reader() as reader:
        assert reader.select("SELECT count(*) FROM obs_dirty_hours")[0][0] > 0
    check_hours(town, town.datastream_id)
    chart = queries.read_chart(1, town.datastream_id, max_points=50)
    assert int(chart.n.sum()) == len(late) + 1
    while actions.repair_hours():
        pass
    check_hours(town, town.datastream_id)
    with queries.reader() as reader:
        assert reader.select("SELECT count(*) FROM obs_dirty_hours") == [(0,)]


def test_numbers_keep_all_their_digits(town):
    numbers = np.random.default_rng(7).normal(size=400) * 10.0 ** np.arange(-200, 200)
    town.record(list(range(400)), numbers)
    town.record(list(range(400, 500)), numbers[:100].tolist())
    found = queries.read_series(1, town.datastream_id).values
    assert found.tolist() == [*numbers.tolist(), *numbers[:100].tolist()]


def test_an_event_survives_the_outbox(town):
    town.record([1, 2], [1.0, 2.0], qualities=[0, Quality.SUSPECT])
    with queries.reader() as reader:
        ((payload,),) = reader.select("SELECT payload FROM obs_outbox WHERE name LIKE '%Recorded'")
    event = ObservationsRecorded.from_payload(json.loads(payload))
    news = DatastreamNews(town.datastream_id, 2, 1, 2, 0, 1, 2.0, int(Quality.SUSPECT))
    assert event == ObservationsRecorded(1, "test", None, (news,))


def test_events_of_two_commits_are_told_as_if_they_had_been_one(town):
    def told(*news):
        return ObservationsRecorded(1, "test", 5, tuple(DatastreamNews(*n) for n in news))

    first = told((1, 2, 10, 20, 0, 1, 2.0, 0), (2, 1, 5, 5, 0, 0, 1.0, 0))
    later = told((1, 1, 15, 15, 4, 4, 9.0, 1), (3, 1, 7, 7, 0, 0, None, 0))
    assert first.join_key() == later.join_key() != ObservationsRecorded(1, "x", 5, ()).join_key()
    assert first.joined(later) == told(
        (1, 3, 10, 20, 0, 4, 2.0, 0), (2, 1, 5, 5, 0, 0, 1.0, 0), (3, 1, 7, 7, 0, 0, None, 0)
    )
    many = told(*((i, 1, 1, 1, 0, 0, 1.0, 0) for i in range(1000)))
    assert many.joined(told((1000, 1, 1, 1, 0, 0, 1.0, 0))) is None
