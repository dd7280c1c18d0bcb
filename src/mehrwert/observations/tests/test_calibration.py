"""OBS-43: raw stays, true values stand beside it with their uncertainty, for a time."""

import json

import numpy as np
import pytest

from mehrwert.observations import actions, handlers, queries
from mehrwert.observations.actions import CalibrationChoice
from mehrwert.observations.choices import Quality
from mehrwert.observations.curves import Curve, calibrated, check_points
from mehrwert.observations.errors import CalibratedAlreadyError, CurveError, UnknownEntityError
from mehrwert.observations.events import ObservationsRecorded
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
