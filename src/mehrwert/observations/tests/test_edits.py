"""OBS-47: whatever was done to single readings can be taken back, with author and reason."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mehrwert.base.actor import SYSTEM
from mehrwert.observations import actions, queries
from mehrwert.observations.choices import DuplicatePolicy, Quality
from mehrwert.observations.errors import (
    CalculatedReadingError,
    MissingFieldError,
    UnknownEntityError,
)
from mehrwert.observations.models import ObservationsOutboxEvent

from .fixtures import OWN_TABLES, make_town
from .test_actions import audit
from .test_recording import check_hours, check_state, values

pytestmark = OWN_TABLES
HOUR = 3_600_000_000


def edits(town):
    return queries.list_edits(1, town.datastream_id)


def take_back(town, number=0, **more):
    edit = edits(town)[number]
    return actions.take_back_edit(
        town.context, town.datastream_id, edit.id, reason="war doch richtig", **more
    )


def whole(town):
    """Return everything clients see of the readings, in order of time."""
    sql = (
        "SELECT o.time, o.seq, o.result, o.duration, o.result_time, o.feature_id, o.quality,"
        " e.result, e.parameters, e.valid_start, e.valid_end, e.result_quality, e.qualifiers"
        " FROM obs_observation o LEFT JOIN obs_observation_extra e"
        " ON e.datastream_id=o.datastream_id AND e.seq=o.seq"
        " WHERE o.datastream_id=? ORDER BY o.time, o.seq"
    )
    with queries.reader() as r:
        return r.select(sql, (town.datastream_id,))


def rich(town):
    """Record a number, a text and an interval, each with everything that it may have."""
    extra = actions.Extra({"calibration": 7}, 5, 6, {"dq": "gut"}, "geschätzt")
    outcome = town.record(
        [HOUR, 2 * HOUR, 3 * HOUR],
        [2**60 + 1, "hoch", 1.5],
        ends_us=[None, 2 * HOUR + 9, None],
        result_times_us=[HOUR + 5, None, None],
        qualities=[1, 0, 2],
        extras=[extra, None, extra],
    )
    return outcome.rows[0].ids


def test_a_changed_a_moved_and_a_deleted_reading_come_back_whole(town):
    ids = rich(town)
    before = whole(town)
    news = {"time_us": 9 * HOUR, "end_us": 9 * HOUR + 3, "parameters": None, "qualifiers": "x"}
    for number in ids:
        actions.update_observation(town.context, number, result=7.0, quality=3, **news)
        assert take_back(town).n == 1
        assert whole(town) == before
        actions.delete_observation(town.context, number)
        assert len(whole(town)) == 2
        assert take_back(town).n == 1
        assert whole(town) == before
    check_hours(town, town.datastream_id)
    check_state(town, town.datastream_id)
    assert audit("take_back")[-1][3].count("war doch richtig") == 1
    newest = edits(town)[0]
    assert (newest.verb, newest.actor_label) == ("restore", town.context.actor.label)
    assert newest.reason == "war doch richtig"


def test_one_that_went_to_another_series_comes_back_under_its_id(town):
    other = make_town()
    (number,) = town.record([HOUR], [1.0]).rows[0].ids
    actions.update_observation(town.context, number, datastream_id=other.datastream_id, result=9.0)
    assert values(town) == []
    assert take_back(town).n == 1
    (row,) = queries.read_observations(1, town.datastream_id)
    assert (row.id, row.result) == (number, 1.0)
    actions.delete_observation(town.context, number)
    take_back(town)
    assert queries.read_observations(1, town.datastream_id) == [row]


def test_an_edit_of_many_goes_back_at_once_or_reading_by_reading(town):
    town.record([1, 2, 3], [1.0, 2.0, 3.0])
    number = actions.start_import(town.context, label="Messwerte.csv")
    importing = replace(town.context, policy=DuplicatePolicy.CORRECT, import_id=number)
    wrong = actions.ReadingBatch(town.datastream_id, [1, 2, 3], [10.0, 20.0, 30.0])
    actions.record_observations(importing, [wrong])
    (edit,) = edits(town)
    assert (edit.verb, edit.n, edit.n_open, edit.label) == ("correct", 3, 3, "Messwerte.csv")
    told, shown = queries.read_edit(1, town.datastream_id, edit.id)
    assert told == edit
    assert [(v.before, v.now, v.is_open) for v in shown] == [
        (1.0, 10.0, True),
        (2.0, 20.0, True),
        (3.0, 30.0, True),
    ]
    assert take_back(town, seq=shown[1].seq).n == 1
    assert values(town) == [(1, 10.0), (2, 2.0), (3, 30.0)]
    rest = next(e for e in edits(town) if e.verb == "correct")
    done = actions.take_back_edit(town.context, town.datastream_id, rest.id, reason="falsche Datei")
    assert (done.n, done.overtaken) == (2, 0)
    assert values(town) == [(1, 1.0), (2, 2.0), (3, 3.0)]
    with pytest.raises(UnknownEntityError):
        actions.take_back_edit(town.context, town.datastream_id, rest.id, reason="noch einmal")
    actions.undo_import(town.context, number)
    assert values(town) == [(1, 1.0), (2, 2.0), (3, 3.0)]


def test_who_changed_a_reading_later_is_not_run_over_and_a_later_flag_stays(town):
    (number,) = town.record([HOUR], [1.0]).rows[0].ids
    actions.update_observation(town.context, number, result=2.0)
    actions.update_observation(town.context, number, result=3.0)
    assert [e.n_open for e in edits(town)] == [1, 0]
    assert take_back(town, 1) == actions.TakenBack(0, 1)
    actions.flag_stretch(town.context, town.datastream_id, (0, 2 * HOUR), Quality.BAD, reason="?")
    take_back(town)
    assert values(town) == [(HOUR, 2.0)]
    first = edits(town)[-1]
    actions.take_back_edit(town.context, town.datastream_id, first.id, reason="auch das")
    assert values(town) == [(HOUR, 1.0)]
    assert whole(town)[0][6] == Quality.BAD
    take_back(town)
    assert values(town) == [(HOUR, 2.0)], "what was taken back can be done again"


def test_it_needs_a_reason_the_right_town_and_a_series_that_is_measured(town):
    town.record([HOUR], [1.0])
    number = queries.read_observations(1, town.datastream_id)[0].id
    actions.update_observation(town.context, number, result=2.0)
    edit = edits(town)[0].id
    where = (town.datastream_id, edit)
    with pytest.raises(MissingFieldError):
        actions.take_back_edit(town.context, *where, reason="  ")
    with pytest.raises(UnknownEntityError):
        actions.take_back_edit(actions.WriteContext(2, "test", SYSTEM), *where, reason="fremd")
    with pytest.raises(UnknownEntityError):
        queries.read_edit(2, *where)
    actions.update_datastream(
        town.context, town.datastream_id, properties={"calibrated_from": town.datastream_id}
    )
    with pytest.raises(CalculatedReadingError):
        actions.take_back_edit(town.context, *where, reason="berechnet")


def test_listeners_hear_of_it(town):
    (number,) = town.record([HOUR], [1.0]).rows[0].ids
    actions.delete_observation(town.context, number)
    take_back(town)
    actions.update_observation(town.context, number, time_us=5 * HOUR)
    names = list(ObservationsOutboxEvent.objects.order_by("pk").values_list("name", "payload"))
    heard = [n for n, _ in names if n.startswith("Observations")]
    assert heard == [
        "ObservationsRecorded",
        "ObservationsDeleted",
        "ObservationsRecorded",
        "ObservationsCorrected",
    ]
    (news,) = names[-1][1]["datastreams"]
    assert (news["first_us"], news["last_us"]) == (HOUR, 5 * HOUR)


def test_the_past_is_told_as_it_was(town):
    (number,) = town.record([HOUR], [1.0]).rows[0].ids
    actions.delete_observation(town.context, number)
    take_back(town)
    deleted, back = (e.changed_us for e in reversed(edits(town)))

    def seen(at_us):
        return queries.read_series(1, town.datastream_id, as_of=at_us).values.tolist()

    assert (seen(deleted - 1), seen(deleted), seen(back)) == ([1.0], [], [1.0])


STEPS = st.lists(st.sampled_from(["change", "delete", "back"]), min_size=1, max_size=7)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_taking_back_newest_first_leads_to_where_it_began(town, steps):
    town = replace(town, datastream_id=town.add_datastream())
    (number,) = town.record([HOUR], [1.0]).rows[0].ids
    track = [whole(town)]
    for value, step in enumerate(steps):
        if step == "back" and len(track) > 1:
            take_back(town, next(i for i, e in enumerate(edits(town)) if _is_live(e)))
            track.pop()
        elif step == "change" and track[-1]:
            actions.update_observation(town.context, number, result=float(value + 5))
            track.append(whole(town))
        elif step == "delete" and track[-1]:
            actions.delete_observation(town.context, number)
            track.append([])
        assert whole(town) == track[-1]


def _is_live(edit):
    return edit.n_open and edit.verb in ("correct", "change", "delete")
