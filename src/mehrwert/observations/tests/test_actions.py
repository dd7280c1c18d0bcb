"""Changing what is stored: metadata, flags, single readings, imports; and foreign ids."""

from dataclasses import replace

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.observations import actions, queries
from mehrwert.observations.choices import DuplicatePolicy, Quality
from mehrwert.observations.errors import (
    BadFieldError,
    BatchTooLargeError,
    MissingFieldError,
    UnknownEntityError,
    UnknownFieldError,
    UnknownLinkError,
)

from .fixtures import OWN_TABLES, make_town
from .test_recording import check_hours, check_state, values

pytestmark = OWN_TABLES

HOUR = 3_600_000_000


def audit(verb):
    with queries.reader() as reader:
        return reader.select(
            "SELECT kind, label, before, after FROM obs_audit WHERE verb=? ORDER BY id", (verb,)
        )


# --- metadata ----------------------------------------------------------------------------------


def test_a_change_is_audited_and_an_equal_value_is_no_change(town):
    actions.update_thing(town.context, town.thing_id, properties={"b": 1, "a": {"z": [2.0]}})
    actions.update_thing(town.context, town.thing_id, properties={"b": 1, "a": {"z": [2.0]}})
    actions.update_thing(town.context, town.thing_id, name="Pegel Mühlbach")
    assert len(audit("update")) == 1
    assert queries.read_thing(1, town.thing_id).properties == {"b": 1, "a": {"z": [2.0]}}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, MissingFieldError),
        ({"name": "A", "nmae": "A"}, UnknownFieldError),
        ({"name": 5}, BadFieldError),
        ({"name": "A", "properties": [1]}, BadFieldError),
        ({"name": "A", "location_ids": [999_999]}, UnknownLinkError),
    ],
)
def test_a_wrong_field_stores_nothing(town, fields, error):
    with pytest.raises(error):
        actions.create_thing(town.context, **fields)
    assert queries.count_things(1) == 1


def test_find_or_create_makes_one(town):
    first = actions.find_or_create_sensor(town.context, external_key="s-1", name="Sonde")
    again = actions.find_or_create_sensor(town.context, external_key="s-1", name="Anders")
    assert first == again


def test_several_changes_are_one_transaction(town):
    def work(tx):
        actions.create_thing(town.context, tx=tx, name="Halb")
        actions.record_in(tx, town.context, [actions.ReadingBatch(town.datastream_id, [1], [1.0])])
        actions.create_datastream(town.context, tx=tx, name="Ohne Ding", thing_id=999_999)

    with pytest.raises(MissingFieldError):
        actions.transact(work)
    assert queries.count_things(1) == 1
    assert queries.count_observations(1) == 0


def test_an_undivided_transaction_has_a_limit(town):
    batch = actions.ReadingBatch(town.datastream_id, range(100_001), [0.0] * 100_001)
    with pytest.raises(BatchTooLargeError):
        actions.transact(lambda tx: actions.record_in(tx, town.context, [batch]))


def test_deleting_a_thing_takes_its_series_and_nothing_else(town):
    other = make_town()
    town.record([1], [1.0])
    other.record([1], [2.0])
    actions.delete_thing(town.context, town.thing_id)
    assert [d.id for d in queries.list_datastreams(1)] == [other.datastream_id]
    assert queries.count_observations(1) == 1
    with queries.reader() as reader:
        assert reader.select("SELECT count(*) FROM obs_observation") == [(1,)]
        assert reader.select("SELECT count(*) FROM obs_hour_bucket") == [(1,)]


def test_deleting_a_feature_takes_the_readings_about_it(town):
    feature = actions.create_feature(
        town.context, name="Ufer", feature={"type": "Point", "coordinates": [7.7, 51.8]}
    )
    town.record([1, 2, 3], [1.0, 2.0, 3.0], feature_ids=[None, feature, None])
    actions.delete_feature(town.context, feature)
    assert values(town) == [(1, 1.0), (3, 3.0)]
    check_hours(town, town.datastream_id)
    check_state(town, town.datastream_id)


# --- flags -------------------------------------------------------------------------------------


def test_a_flag_takes_readings_out_of_the_hours_and_back(town):
    times = [i * HOUR // 4 for i in range(12)]
    town.record(times, [float(i) for i in range(12)])
    changed = actions.flag_observations(
        town.context, town.datastream_id, HOUR, 2 * HOUR, Quality.BAD
    )
    assert changed == 4
    hours = queries.read_hours(1, town.datastream_id)
    assert (hours.n.tolist(), hours.n_bad.tolist()) == ([4, 0, 4], [0, 4, 0])
    assert queries.read_chart(1, town.datastream_id).n.sum() == 8
    actions.flag_observations(town.context, town.datastream_id, 0, 3 * HOUR, Quality.GOOD)
    check_hours(town, town.datastream_id)
    assert queries.read_latest(1)[town.datastream_id].quality == Quality.GOOD


# --- single readings ---------------------------------------------------------------------------


def test_a_changed_reading_keeps_its_id_and_its_old_value(town):
    (first, second) = town.record([HOUR, 3 * HOUR], [1.0, 3.0]).rows[0].ids
    actions.update_observation(town.context, second, result=7.5)
    assert queries.read_latest(1)[town.datastream_id].result == 7.5
    actions.update_observation(town.context, first, time_us=5 * HOUR, result="spät")
    rows = queries.read_observations(1, town.datastream_id)
    assert [(r.id, r.time_us, r.result) for r in rows] == [
        (first, 5 * HOUR, "spät"),
        (second, 3 * HOUR, 7.5),
    ]
    check_hours(town, town.datastream_id)
    assert [h["verb"] for h in queries.list_history(1, town.datastream_id)] == ["change"] * 2


def test_a_reading_moved_to_another_series_keeps_its_id(town):
    other = town.add_datastream(name="Temperatur")
    town.record([1, 2], [1.0, 2.0], other)
    (moved, _) = town.record([1, 2], [10.0, 20.0]).rows[0].ids
    actions.update_observation(town.context, moved, datastream_id=other)
    actions.update_observation(town.context, moved, result=11.0)
    rows = queries.read_observations(1, other, newest_first=False)
    assert [(r.result, r.id == moved) for r in rows] == [(1.0, False), (11.0, True), (2.0, False)]
    assert town.record([1], [11.0], other).rows[0].ids == [moved]
    actions.update_observation(town.context, moved, datastream_id=town.datastream_id)
    assert [r.id for r in queries.read_observations(1, town.datastream_id)][-1] == moved
    for series in (town.datastream_id, other):
        check_hours(town, series)
        check_state(town, series)
    actions.delete_observation(town.context, moved)
    with pytest.raises(UnknownEntityError):
        actions.delete_observation(town.context, moved)


def test_deleting_the_last_reading_empties_the_state(town):
    (only,) = town.record([1], [1.0]).rows[0].ids
    actions.delete_observation(town.context, only)
    row = queries.read_datastream(1, town.datastream_id)
    assert (row.n, row.first_time_us, row.latest, row.state) == (0, None, None, "empty")
    assert queries.read_latest(1) == {}
    assert len(queries.read_hours(1, town.datastream_id)) == 0


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("datastream_id", 999_999, UnknownLinkError),
        ("feature_id", 999_999, UnknownLinkError),
        ("feature_id", None, BadFieldError),
        ("parameters", {"a": "\x00"}, BadFieldError),
        ("qualifiers", 5, BadFieldError),
        ("valid_start_us", "gestern", BadFieldError),
        ("farbe", "rot", UnknownFieldError),
    ],
)
def test_a_wrong_change_of_a_reading_changes_nothing(town, field, value, error):
    (reading,) = town.record([1], [1.0]).rows[0].ids
    with pytest.raises(error):
        actions.update_observation(town.context, reading, **{"result": 2.0, field: value})
    assert values(town) == [(1, 1.0)]
    assert queries.list_history(1, town.datastream_id) == []


# --- imports -----------------------------------------------------------------------------------


def importing(town, label):
    number = actions.start_import(town.context, label=label)
    context = replace(town.context, import_id=number, policy=DuplicatePolicy.CORRECT)
    return number, replace(town, context=context)


def test_an_import_is_counted_and_undone_as_a_whole(town):
    town.record([1, 2, 3], [1.0, "alt", 3.0])
    before = queries.read_observations(1, town.datastream_id)
    number, importer = importing(town, "Tabelle")
    importer.record([2, 3, 3, 4], ["neu", 3.0, 30.0, 4.0])
    importer.record(list(range(100, 1100)), [0.5] * 1000)
    kept = queries.read_import(1, number)
    assert (kept.n_created, kept.n_corrected, kept.n_duplicate) == (1001, 2, 1)
    assert actions.undo_import(importer.context, number) == 1001
    assert queries.read_observations(1, town.datastream_id) == before
    assert queries.read_import(1, number).undone_us is not None
    check_hours(town, town.datastream_id)
    check_state(town, town.datastream_id)


def test_undoing_twice_is_like_undoing_once(town):
    town.record([1], [1.0])
    number, importer = importing(town, "Tabelle")
    importer.record([1, 2], [5.0, 2.0])
    actions.undo_import(town.context, number)
    town.record([1, 2], [6.0, 7.0])
    assert actions.undo_import(town.context, number) == 0
    assert values(town) == [(1, 1.0), (1, 6.0), (2, 7.0)]


def test_undoing_an_import_keeps_what_was_corrected_after_it(town):
    town.record([1], [1.0])
    first, one = importing(town, "Erste")
    one.record([1], [2.0])
    one.record([1], [3.0])
    second, two = importing(town, "Zweite")
    two.record([1], [4.0])
    actions.undo_import(town.context, first)
    assert values(town) == [(1, 4.0)]
    actions.undo_import(town.context, second)
    assert values(town) == [(1, 1.0)]


def test_an_undone_import_can_be_imported_again(town):
    times = list(range(0, 4000, 4))
    number, importer = importing(town, "Tabelle")
    importer.record(times, [1.5] * 1000)
    actions.undo_import(town.context, number)
    _, importer = importing(town, "Tabelle noch einmal")
    assert importer.record(times, [1.5] * 1000).created == 1000
    check_state(town, town.datastream_id)


# --- foreign ids look unknown ------------------------------------------------------------------


def test_nothing_of_another_municipality_can_be_seen_or_touched(town):
    foreign = make_town(tenant_id=2)
    (reading,) = foreign.record([1], [1.0]).rows[0].ids
    number, importer = importing(foreign, "Fremd")
    importer.record([5], [5.0])
    mine, series = town.context, foreign.datastream_id
    outcome = actions.record_observations(mine, [actions.ReadingBatch(series, [9], [9.0])])
    assert list(outcome.rows[0].statuses) == ["unknown_datastream"]
    for touch in (
        lambda: queries.read_series(1, series),
        lambda: queries.read_chart(1, series),
        lambda: queries.read_hours(1, series),
        lambda: queries.read_observations(1, series),
        lambda: next(queries.stream_rows(1, series)),
        lambda: queries.count_observations(1, series, 0, 10),
        lambda: queries.read_datastream(1, series),
        lambda: queries.read_thing(1, foreign.thing_id),
        lambda: queries.read_import(1, number),
        lambda: actions.update_observation(mine, reading, result=9.0),
        lambda: actions.delete_observation(mine, reading),
        lambda: actions.flag_observations(mine, series, 0, 10, Quality.BAD),
        lambda: actions.undo_import(mine, number),
        lambda: actions.update_thing(mine, foreign.thing_id, name="Meins"),
        lambda: actions.update_datastream(mine, series, name="Meins"),
        lambda: actions.delete_datastream(mine, series),
        lambda: actions.delete_location(mine, foreign.location_id),
    ):
        with pytest.raises(UnknownEntityError):
            touch()
    for link in (
        lambda: town.add_datastream(thing_id=foreign.thing_id),
        lambda: town.add_datastream(sensor_id=foreign.sensor_id),
        lambda: actions.create_thing(mine, name="A", location_ids=[foreign.location_id]),
        lambda: actions.set_thing_locations(mine, foreign.thing_id, []),
        lambda: actions.update_observation(
            mine, town.record([1], [1.0]).rows[0].ids[0], datastream_id=series
        ),
    ):
        with pytest.raises(UnknownLinkError):
            link()
    assert queries.count_observations(1, series) == 0
    assert queries.read_latest(1, [series]) == {}
    assert queries.list_datastreams(1, ids=[series]) == []
    assert [s.tenant_id for s in (town, foreign)] == [1, 2]
    assert values(foreign) == [(1, 1.0), (5, 5.0)]


def test_two_municipalities_may_use_the_same_key(town):
    foreign = make_town(tenant_id=2)
    one = actions.find_or_create_thing(town.context, external_key="x", name="A")
    other = actions.find_or_create_thing(foreign.context, external_key="x", name="A")
    assert one != other


def test_the_audit_names_who_did_it(town):
    with queries.reader() as reader:
        rows = reader.select("SELECT DISTINCT tenant_id, actor_kind FROM obs_audit")
    assert rows == [(1, SYSTEM.kind)]
