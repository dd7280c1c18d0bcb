"""Reading: lists, latest values, silence, charts, days of the clock change."""

import dataclasses
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from mehrwert.base.clock import now_us
from mehrwert.observations import actions, queries
from mehrwert.observations.actions import ReadingBatch
from mehrwert.observations.choices import Freshness, Quality

from .fixtures import OWN_TABLES

pytestmark = OWN_TABLES

HOUR = 3_600_000_000
MINUTE = 60_000_000


def test_things_are_listed_by_page_and_filtered(town):
    for name in ("Brunnen", "Allee", "Wehr"):
        actions.create_thing(town.context, name=name, description="am Bach", field="Wasser")
    first = queries.list_things(1, limit=2)
    assert [t.name for t in first] == ["Allee", "Brunnen"]
    rest = queries.list_things(1, limit=2, after=(first[-1].name, first[-1].id))
    assert [t.name for t in rest] == ["Pegel Mühlbach", "Wehr"]
    assert [t.name for t in queries.list_things(1, search="BRUNN")] == ["Brunnen"]
    assert [t.name for t in queries.list_things(1, search="mühl")] == ["Pegel Mühlbach"]
    assert queries.count_things(1, field="Wasser", state="empty") == 3
    assert queries.list_fields(1) == ["Wasser"]


def test_latest_values_of_all_series_or_some(town):
    other = town.add_datastream(name="Farbe des Wassers")
    town.record([1, 3], [1.0, 3.0], ends_us=[2, 4])
    town.record([7], [{"farbe": "braun"}], other)
    latest = queries.read_latest(1)
    assert (latest[town.datastream_id].result, latest[town.datastream_id].end_us) == (3.0, 4)
    assert latest[other].result == {"farbe": "braun"}
    assert set(queries.read_latest(1, [other])) == {other}
    assert queries.read_latest(1, []) == {}


@pytest.mark.parametrize(
    ("declared_s", "minutes", "silent"),
    [(60, 2, 0), (60, 4, 1), (None, 40, 0), (None, 50, 1)],
    ids=["declared, speaks", "declared, silent", "learned, speaks", "learned, silent"],
)
def test_a_series_is_silent_after_three_intervals(town, declared_s, minutes, silent):
    series = town.add_datastream(name="Takt", expected_interval_s=declared_s)
    last = now_us() - minutes * MINUTE
    town.record([last - i * 15 * MINUTE for i in range(6)], [1.0] * 6, series)
    found = queries.list_silent(1)
    assert [s.datastream_id for s in found] == [series] * silent
    assert (queries.read_datastream(1, series).state is Freshness.SILENT) == bool(silent)


def test_a_series_that_has_ended_owes_nothing(town):
    series = town.add_datastream(
        name="Alt", expected_interval_s=60, properties={"closed": True, "note": "abgebaut"}
    )
    town.record([now_us() - 90 * MINUTE], [1.0], series)
    assert queries.list_silent(1) == []
    assert queries.read_datastream(1, series).state is Freshness.CLOSED
    assert queries.count_things(1, state="closed") == 1
    assert queries.count_things(1, state="silent") == 0


def test_the_longest_silence_comes_first(town):
    for i in (1, 3, 2):
        series = town.add_datastream(name=f"Takt {i}", expected_interval_s=60)
        town.record([now_us() - i * HOUR], [1.0], series)
    assert [s.name for s in queries.list_silent(1)] == ["Takt 3", "Takt 2", "Takt 1"]


def test_few_readings_are_drawn_as_they_are(town):
    town.record([1, 2, 3], [1.0, None, 3.0])
    chart = queries.read_chart(1, town.datastream_id)
    assert (chart.source, chart.t.tolist(), chart.mean.tolist()) == ("raw", [1, 3], [1.0, 3.0])


@pytest.mark.parametrize(("n", "source"), [(15_000, "binned"), (60_000, "hour")])
def test_peaks_survive_being_made_small(town, n, source):
    times = np.arange(n, dtype=np.int64) * 10 * MINUTE
    results = np.sin(np.arange(n) / 500)
    results[n // 3], results[n // 2] = 99.0, -99.0
    town.record(times, results)
    chart = queries.read_chart(1, town.datastream_id, max_points=200)
    assert chart.source == source
    assert len(chart) <= 202
    assert (chart.max.max(), chart.min.min()) == (99.0, -99.0)
    assert int(chart.n.sum()) == n
    assert chart.sum.sum() == pytest.approx(results.sum())
    at = int(np.argmax(chart.max))
    assert chart.t[at] <= times[n // 3] < chart.t[at] + chart.width_us


def test_bad_readings_are_not_drawn(town):
    town.record([1, 2, 3], [1.0, 1000.0, 3.0], qualities=[0, Quality.BAD, 0])
    assert queries.read_chart(1, town.datastream_id).max.max() == 3.0


def test_a_chart_of_nothing_is_empty(town):
    assert len(queries.read_chart(1, town.datastream_id)) == 0
    town.record([10], [1.0])
    assert len(queries.read_chart(1, town.datastream_id, 20, 30)) == 0
    assert len(queries.read_chart(1, town.datastream_id, 30, 20)) == 0


@pytest.mark.parametrize(
    ("day", "hours"), [("2024-03-31", 23), ("2024-10-27", 25), ("2024-07-01", 24)]
)
def test_a_local_day_of_the_clock_change_has_its_own_number_of_hours(town, day, hours):
    zone = ZoneInfo("Europe/Berlin")
    start = datetime.fromisoformat(day).replace(tzinfo=zone)
    end = start.replace(day=start.day + 1) if start.day < 30 else start.replace(month=4, day=1)
    first, stop = (int(t.timestamp()) * 1_000_000 for t in (start, end))
    quarters = list(range(first - HOUR, stop + HOUR, HOUR // 4))
    town.record(quarters, [1.0] * len(quarters), ends_us=[t + HOUR // 4 for t in quarters])
    found = queries.read_hours(1, town.datastream_id, first, stop)
    assert (len(found), found.sum.sum()) == (hours, 4.0 * hours)


def test_counts_come_from_the_state_and_from_ranges(town):
    town.record([1, 2, 3, 4], [1.0] * 4)
    assert queries.count_observations(1) == 4
    assert queries.count_observations(1, town.datastream_id) == 4
    assert queries.count_observations(1, town.datastream_id, 2, 4) == 2
    assert queries.count_observations(2) == 0


def test_readings_come_in_both_directions(town):
    town.record([1, 2, 2, 3], [1.0, 2.0, 2.5, 3.0])
    newest = queries.read_observations(1, town.datastream_id, limit=3)
    oldest = queries.read_observations(1, town.datastream_id, newest_first=False, limit=3)
    assert [r.result for r in newest] == [3.0, 2.5, 2.0]
    assert [r.result for r in oldest] == [1.0, 2.0, 2.5]


def test_a_value_as_of_a_date_is_the_one_of_then(town):
    (reading, gone) = town.record([1, 2], [1.0, 2.0]).rows[0].ids
    between = now_us()
    actions.update_observation(town.context, reading, result=5.0)
    actions.delete_observation(town.context, gone)
    assert queries.read_series(1, town.datastream_id).values.tolist() == [5.0]
    then = queries.read_series(1, town.datastream_id, as_of=between)
    assert then.values.tolist() == [1.0, 2.0]


def test_the_store_says_that_it_is_ready(town):
    assert queries.is_store_ready()
    assert queries.database_bytes() > 0


def test_readings_added_later_are_left_out_as_of_a_mark(town):
    """EVI-51: what an estimate saw is seen again, also after more came in, even for old months."""
    town.record([10, 20], [1.0, 2.0])
    at = actions.mark_readings([town.datastream_id])
    town.record([5, 30], [9.0, 3.0])
    assert queries.read_series(1, town.datastream_id).times_us.tolist() == [5, 10, 20, 30]
    then = queries.read_series(1, town.datastream_id, as_of=at)
    assert then.times_us.tolist() == [10, 20]
    (late,) = town.record([40], [4.0]).rows[0].ids
    actions.update_observation(town.context, late, result=5.0)
    assert queries.read_series(1, town.datastream_id, as_of=at).times_us.tolist() == [10, 20]
    before_any = queries.read_series(1, town.datastream_id, as_of=0)
    assert before_any.times_us.tolist() == [10, 20]


def test_a_mark_of_the_night_covers_every_series(town):
    town.record([1], [1.0])
    at = actions.mark_readings()
    town.record([2], [2.0])
    assert len(queries.read_series(1, town.datastream_id, as_of=at)) == 1
    assert len(queries.read_series(1, town.datastream_id, as_of=now_us())) == 2


def test_an_import_made_later_is_left_out_without_any_mark(town):
    town.record([1], [1.0])
    between = now_us()
    batch = actions.start_import(town.context, label="Nachtrag", source="x.csv")
    context = dataclasses.replace(town.context, import_id=batch)
    actions.record_observations(context, [ReadingBatch(town.datastream_id, [2, 3], [2.0, 3.0])])
    town.record([4], [4.0])
    then = queries.read_series(1, town.datastream_id, as_of=between)
    assert then.times_us.tolist() == [1, 4]
