"""OBS-43: raw stays, true values stand beside it with their uncertainty, for a time."""

import json
from dataclasses import replace

import numpy as np
import pytest

from mehrwert.base.clock import now_us
from mehrwert.base.models import Job
from mehrwert.observations import actions, handlers, jobs, queries
from mehrwert.observations.actions import CalibrationChoice
from mehrwert.observations.choices import Quality
from mehrwert.observations.curves import Curve, calibrated, check_points
from mehrwert.observations.errors import CalibratedAlreadyError, CurveError, UnknownEntityError
from mehrwert.observations.events import (
    ObservationsCorrected,
    ObservationsDeleted,
    ObservationsRecorded,
)
from mehrwert.observations.models import ObservationsOutboxEvent

from .pages import place

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
__all__ = ["place"]
HOUR = 3_600_000_000
END = 2**62


def test_one_pair_shifts_more_are_joined_by_lines():
    raw, times = np.array([0.0, 1.0, 1.5, 3.0]), np.arange(4)
    shift = Curve(1, 0, None, ((1.0, 1.2),), None)
    line = Curve(2, 2, 3, ((1.0, 1.0), (2.0, 3.0)), 0.1)
    values, used = calibrated(times, raw, [line, shift])
    assert values.round(9).tolist() == [0.2, 1.2, 2.0, 3.2]
    assert used.tolist() == [1, 1, 0, 1], "the newer one counts while it is valid"
    assert line.applied(np.array([3.0])).tolist() == [5.0], "lines go on beyond the ends"
    values, used = calibrated(times, raw, [line])
    assert (values.tolist(), used.tolist()) == ([0.0, 1.0, 2.0, 3.0], [-1, -1, 0, -1])


def test_pairs_that_make_no_curve_are_refused():
    assert check_points([(2, 3), (1, 1)]) == ((1.0, 1.0), (2.0, 3.0))
    for wrong in ([], [(1, 1), (1, 2)], [(1, float("nan"))]):
        with pytest.raises(CurveError):
            check_points(wrong)


def derived_of(place, raw_id):
    return queries.list_calibrations(place.tenant.pk, raw_id)[0].derived_id


def values_of(place, series_id):
    return queries.read_observations(place.tenant.pk, series_id, limit=100)[::-1]


def extras_of(series_id):
    """Return what the readings say of their calibration, as SensorThings clients see it."""
    sql = "SELECT parameters FROM obs_observation_extra WHERE datastream_id=? ORDER BY seq"
    with queries.reader() as r:
        return [json.loads(row[0]) for row in r.select(sql, (series_id,))]


def calibrate(place, raw_id, **given):
    choice = CalibrationChoice(**given)
    number = actions.add_calibration(place.context, raw_id, choice, name="Wasserstand, kalibriert")
    actions.recalibrate(place.context, raw_id, choice.from_us, END)
    return number


def test_true_values_stand_beside_the_raw_ones_and_go_on_by_themselves(place):
    _, raw = place.thing("Pegel")
    place.record(raw, [HOUR, 2 * HOUR, 3 * HOUR], [1.0, 2.0, 3.0])
    number = calibrate(place, raw, from_us=2 * HOUR, points=((1, 1.5),), uncertainty=0.05)
    derived = derived_of(place, raw)
    rows = values_of(place, derived)
    assert [(row.time_us // HOUR, row.result) for row in rows] == [(2, 2.5), (3, 3.5)]
    assert extras_of(derived) == [{"calibration": number, "uncertainty": 0.05}] * 2
    assert [row.result for row in values_of(place, raw)] == [1.0, 2.0, 3.0]
    place.record(raw, [4 * HOUR], [4.0])
    row = ObservationsOutboxEvent.objects.filter(name="ObservationsRecorded").latest("pk")
    event = ObservationsRecorded.from_payload(row.payload)
    handlers.calibrate(event, tenant_id=place.tenant.pk)
    handlers.calibrate(event, tenant_id=place.tenant.pk)
    assert [row.result for row in values_of(place, derived)] == [2.5, 3.5, 4.5]
    assert queries.read_datastream(place.tenant.pk, derived).unit_symbol == "m"
    with pytest.raises(CalibratedAlreadyError):
        calibrate(place, derived, from_us=0, points=((1, 2),))


def test_a_better_comparison_rewrites_and_one_taken_back_leaves_doubt(place):
    """OBS-16: what changes is told as one correction; the old value stays in the history."""
    _, raw = place.thing("Pegel")
    place.record(raw, [n * HOUR for n in range(1, 4)], [1.0, 2.0, 3.0])
    calibrate(place, raw, from_us=HOUR, points=((1, 1.5),))
    better = calibrate(place, raw, from_us=HOUR, until_us=3 * HOUR, points=((1, 1.25),))
    derived = derived_of(place, raw)
    assert [row.result for row in values_of(place, derived)] == [1.25, 2.25, 3.5]
    told = ObservationsOutboxEvent.objects.filter(
        name="ObservationsCorrected", dispatched_us__isnull=True
    )
    assert told.count() == 1
    assert queries.list_history(place.tenant.pk, derived, limit=10)
    actions.end_calibration(place.context, raw, better)
    with pytest.raises(UnknownEntityError):
        actions.end_calibration(place.context, raw, better)
    first = queries.list_calibrations(place.tenant.pk, raw)[-1].curve.id
    actions.end_calibration(place.context, raw, first)
    actions.recalibrate(place.context, raw, 0, END)
    rows = values_of(place, derived)
    assert [row.result for row in rows] == [1.0, 2.0, 3.0]
    assert {row.quality for row in rows} == {int(Quality.SUSPECT)}


def test_the_page_takes_pairs_as_people_write_them(place):
    _, raw = place.thing("Pegel")
    place.record(raw, [HOUR], [0.5])
    path = f"messreihen/{raw}/kalibrierung/"
    given = {"pairs": "0,50; 0,48\n1,00 0,97", "von": "2026-01-05T10:00", "note": "Lattenpegel"}
    wrong = place.post(path, {**given, "pairs": "halb"})
    assert wrong.status_code == 422
    assert "ist kein Wertepaar" in wrong.content.decode()
    assert place.post(path, {**given, "bis": "2025-01-05T10:00"}).status_code == 422
    assert place.post(path, given).status_code == 302
    page = place.get(path).content.decode().replace("\u00a0", " ")
    assert "0,5 m → 0,48 m" in page
    assert "Lattenpegel" in page
    number = queries.list_calibrations(place.tenant.pk, raw)[0].curve.id
    assert place.post(f"{path}{number}/zuruecknehmen/", {}).status_code == 302
    assert "zurückgenommen" in place.get(path).content.decode()
    assert place.get(path, role="viewer").status_code == 403


def hear_all(place):
    """Hand what was told of readings to the listener, as the dispatcher does."""
    kinds = {
        "ObservationsCorrected": (ObservationsCorrected, handlers.follow_raw),
        "ObservationsDeleted": (ObservationsDeleted, handlers.follow_raw),
        "ObservationsRecorded": (ObservationsRecorded, handlers.calibrate),
    }
    for row in ObservationsOutboxEvent.objects.filter(name__in=kinds).order_by("pk"):
        kind, listener = kinds[row.name]
        listener(kind.from_payload(row.payload), tenant_id=place.tenant.pk)
        row.delete()


def test_no_true_value_outlives_the_raw_one_it_came_from(place):
    """Deleting, moving, correcting and taking back carry through; hours too."""
    _, raw = place.thing("Pegel")
    place.record(raw, [n * HOUR for n in range(1, 6)], [1.0, 2.0, 3.0, 4.0, 5.0])
    calibrate(place, raw, from_us=2 * HOUR, points=((1, 1.5),))
    derived = derived_of(place, raw)
    ids = [row.id for row in values_of(place, raw)]
    actions.delete_observation(place.context, ids[2])
    actions.update_observation(place.context, ids[3], time_us=9 * HOUR)
    actions.update_observation(place.context, ids[4], result=50.0)
    hear_all(place)

    def true_values():
        return [(row.time_us // HOUR, row.result) for row in values_of(place, derived)]

    assert true_values() == [(2, 2.5), (5, 50.5), (9, 4.5)]
    hours = queries.read_hours(place.tenant.pk, derived)
    assert dict(zip(hours.hours.tolist(), hours.sum.tolist(), strict=True)) == dict(true_values())
    for edit in queries.list_edits(place.tenant.pk, raw):
        actions.take_back_edit(place.context, raw, edit.id, reason="doch richtig")
    hear_all(place)
    assert true_values() == [(2, 2.5), (3, 3.5), (4, 4.5), (5, 5.5)]
    number = actions.start_import(place.context, label="x.csv")
    late = actions.ReadingBatch(raw, [7 * HOUR], [7.0])
    actions.record_observations(replace(place.context, import_id=number), [late])
    hear_all(place)
    assert true_values()[-1] == (7, 7.5)
    actions.undo_import(place.context, number)
    hear_all(place)
    assert true_values()[-1] == (5, 5.5)


def test_a_correction_reaches_values_whose_calibration_was_taken_back(place):
    _, raw = place.thing("Pegel")
    place.record(raw, [HOUR, 2 * HOUR], [1.0, 2.0])
    number = calibrate(place, raw, from_us=HOUR, points=((1, 1.5),))
    actions.end_calibration(place.context, raw, number)
    actions.recalibrate(place.context, raw, HOUR, END)
    place.record(raw, [3 * HOUR], [3.0])
    for row in values_of(place, raw):
        actions.update_observation(place.context, row.id, result=row.result + 10)
    hear_all(place)
    found = [row.result for row in values_of(place, derived_of(place, raw))]
    assert found == [11.0, 12.0], "what is calculated no more gets no new values"


def test_with_a_raw_series_go_and_come_its_true_values(place):
    thing, raw = place.thing("Pegel")
    place.record(raw, [HOUR], [1.0])
    calibrate(place, raw, from_us=HOUR, points=((1, 1.5),))
    derived = derived_of(place, raw)
    trash_id = actions.put_away_datastream(place.context, raw)
    assert queries.list_datastreams(place.tenant.pk) == []
    actions.take_back(place.context, trash_id)
    assert {s.id for s in queries.list_datastreams(place.tenant.pk)} == {raw, derived}
    alone = actions.put_away_datastream(place.context, derived)
    trash_id = actions.put_away_datastream(place.context, raw)
    actions.take_back(place.context, trash_id)
    assert [s.id for s in queries.list_datastreams(place.tenant.pk)] == [raw]
    actions.take_back(place.context, alone)
    actions.delete_thing(place.context, thing)
    with queries.reader() as r:
        for table in ("obs_datastream", "obs_observation", "obs_calibration", "obs_hour_bucket"):
            assert r.select(f"SELECT count(*) FROM {table}") == [(0,)]


def test_true_values_alone_in_the_trash_are_caught_up_when_they_come_back(place):
    """Nothing is written into the trash, no second series grows beside it, nothing is missed."""
    _, raw = place.thing("Pegel")
    place.record(raw, [n * HOUR for n in range(1, 4)], [1.0, 2.0, 3.0])
    calibrate(place, raw, from_us=HOUR, points=((1, 1.5),))
    derived = derived_of(place, raw)
    trash_id = actions.put_away_datastream(place.context, derived)
    ids = [row.id for row in values_of(place, raw)]
    place.record(raw, [4 * HOUR], [4.0])
    actions.update_observation(place.context, ids[0], result=10.0)
    actions.delete_observation(place.context, ids[1])
    hear_all(place)
    with queries.reader() as r:
        sql = "SELECT result FROM obs_observation WHERE datastream_id=? ORDER BY time"
        assert r.select(sql, (derived,)) == [(1.5,), (2.5,), (3.5,)]
    page = place.get(f"messreihen/{raw}/kalibrierung/")
    assert page.context["derived_url"] == ""
    given = {"pairs": "1 1,2", "von": "2026-01-05T10:00", "note": "Lattenpegel"}
    refused = place.post(f"messreihen/{raw}/kalibrierung/", given)
    assert refused.status_code == 422
    assert "liegen im Papierkorb" in refused.content.decode()
    assert "1 1,2" in refused.content.decode(), "what was typed stays"
    assert len(queries.list_calibrations(place.tenant.pk, raw)) == 1
    place.post(f"papierkorb/{trash_id}/", {})
    job = Job.objects.get()
    jobs.catch_up.func(**job.kwargs)
    assert [row.result for row in values_of(place, derived)] == [10.5, 3.5, 4.5]


def test_retention_of_raw_readings_is_that_of_their_true_values(place):
    _, raw = place.thing("Pegel")
    end = now_us() // HOUR * HOUR
    times = [end - n * HOUR for n in range(10 * 24)][::-1]
    place.record(raw, times, [1.0] * len(times))
    calibrate(place, raw, from_us=times[0], points=((1, 1.5),))
    derived = derived_of(place, raw)
    for target, days in ((raw, 5), (derived, 9)):
        policy = actions.set_policy(place.context, "series", target, raw_days=days, hour_days=None)
        actions.switch_policy(place.context, policy, is_active=True)
    hold = actions.put_hold(place.context, raw, "Gericht")
    assert actions.thin_readings() == 0, "a hold of the raw ones keeps the true ones"
    actions.lift_hold(place.context, hold)
    planned = queries.list_expiries(place.tenant.pk, end, only_active=True)
    plan = {expiry.datastream_id: expiry.n for expiry in planned}
    assert plan[raw] == plan[derived] > 4 * 24, "the dry run says so"
    hours = len(queries.read_hours(place.tenant.pk, derived).hours)
    actions.thin_readings()
    for series in (raw, derived):
        assert queries.read_series(place.tenant.pk, series).times_us[0] >= end - 5 * 24 * HOUR
    actions.follow_raw(place.context, raw, 0, END)
    assert len(queries.read_hours(place.tenant.pk, derived).hours) == hours
