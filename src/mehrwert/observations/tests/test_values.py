"""OBS-47: a person corrects, adds or deletes one reading on a page; all of it goes back."""

import json
from collections import namedtuple

import pytest

from mehrwert.base.clock import now_us
from mehrwert.observations import actions, queries
from mehrwert.observations.actions import CalibrationChoice
from mehrwert.observations.choices import Quality
from mehrwert.observations.models import ObservationsOutboxEvent

from .pages import HOUR, at, elsewhere, place, text_of
from .test_recording import check_hours

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
__all__ = ["elsewhere", "place"]
Keeper = namedtuple("Keeper", "tenant_id")
GIVEN = {"value": "1,25", "quality": int(Quality.GOOD), "reason": "am Lattenpegel gelesen"}


def rows_of(place, series):
    return queries.read_observations(place.tenant.pk, series, newest_first=False)


def check_store(place, series):
    """Compare the hours with the readings."""
    check_hours(Keeper(place.tenant.pk), series)


@pytest.fixture
def series(place):
    """Three readings of a level; the second one is obviously wrong."""
    _, number = place.thing("Pegel")
    place.record(number, [HOUR, 2 * HOUR, 3 * HOUR], [1.0, 125.0, 1.5])
    return number


def path_of(place, series, which=1):
    return f"messreihen/{series}/werte/{rows_of(place, series)[which].id}/"


def given_for(place, path, **more):
    """Return what the form would send: with what the page showed."""
    page = place.get(path)
    return {**GIVEN, "seen": page.context["form"].initial["seen"], **more}


def test_a_typed_value_replaces_a_wrong_one_and_says_so(place, series):
    path = path_of(place, series)
    assert "Unverändert, wie er ankam." in text_of(place.get(path))
    answer = place.post(path, given_for(place, path))
    assert answer.status_code == 302
    row = rows_of(place, series)[1]
    assert (row.result, row.quality, row.qualifiers) == (1.25, Quality.GOOD, "corrected")
    page = text_of(place.get(path))
    for said in ("1,25 m", "von Hand berichtigt", "vorher 125 m", "am Lattenpegel gelesen"):
        assert said in page
    assert ObservationsOutboxEvent.objects.filter(name="ObservationsCorrected").count() == 1
    assert place.get(f"messreihen/{series}/?stufe=messwerte").status_code == 200
    check_store(place, series)


def test_a_correction_goes_back_with_its_flag_and_can_be_done_again(place, series):
    path = path_of(place, series)
    before = rows_of(place, series)
    place.post(path, given_for(place, path))
    (change,) = place.get(path).context["changes"]
    back = change["url"].removeprefix(place.path())
    assert place.post(back, {"reason": "war doch richtig"}).status_code == 302
    assert rows_of(place, series) == before
    lines = [line["verb"] for line in place.get(path).context["changes"]]
    assert lines == ["frühere Werte zurückgeholt", "geändert, inzwischen zurückgenommen"]
    again = place.get(path).context["changes"][0]["url"].removeprefix(place.path())
    place.post(again, {"reason": "doch nicht"})
    assert rows_of(place, series)[1].result == 1.25


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value": "hoch"}, "Zahl"),
        ({"value": ""}, "Bitte füllen Sie"),
        ({"reason": " "}, "Bitte füllen Sie"),
        ({"quality": "7"}, "Bitte wählen Sie"),
        ({"seen": json.dumps(99.0)}, "inzwischen von jemand anderem geändert"),
    ],
)
def test_wrong_input_is_told_and_nothing_typed_is_lost(place, series, wrong, said):
    path = path_of(place, series)
    before = rows_of(place, series)
    answer = place.post(path, given_for(place, path, **wrong))
    assert answer.status_code == 422
    assert said in text_of(answer)
    kept = {name: answer.context["form"][name].value() for name in GIVEN}
    assert kept == {name: {**GIVEN, **wrong}[name] for name in GIVEN} | {
        "quality": str(wrong.get("quality", GIVEN["quality"]))
    }
    assert rows_of(place, series) == before


def test_after_somebody_else_was_faster_the_second_try_counts(place, series):
    path = path_of(place, series)
    mine = given_for(place, path)
    place.post(path, {**mine, "value": "1,3"})
    late = place.post(path, mine)
    assert late.status_code == 422
    assert "1,3 m" in text_of(late)
    seen = late.context["form"]["seen"].value()
    assert place.post(path, {**mine, "seen": seen}).status_code == 302
    assert rows_of(place, series)[1].result == 1.25


def test_the_same_value_again_changes_nothing(place, series):
    path = path_of(place, series, 0)
    unchecked = rows_of(place, series)[0]
    actions.update_observation(place.context, unchecked.id, quality=int(Quality.GOOD))
    place.post(path, given_for(place, path, value="1"))
    assert rows_of(place, series)[0].qualifiers is None


def test_a_wrong_value_that_nobody_knows_better_is_flagged_alone(place, series):
    flag = place.get(path_of(place, series)).context["flag_url"]
    form = place.client.get(flag).context["forms"][0][1]
    given = {"quality": int(Quality.BAD), "reason": "Fliege im Sensor"}
    place.client.post(flag, {**form.initial, **given})
    assert [row.quality for row in rows_of(place, series)] == [0, Quality.BAD, 0]


def test_readings_of_one_minute_are_told_apart(place):
    _, series = place.thing("Pegel")
    place.record(series, [HOUR, HOUR + 20_000_000], [1.0, 2.0])
    page = text_of(place.get(f"messreihen/{series}/werte/"))
    assert "02:00 Uhr" in page
    assert "02:00:20 Uhr" in page


def test_a_word_is_corrected_too_and_what_is_neither_is_only_shown(place):
    _, series = place.thing("Schranke")
    place.record(series, [HOUR, 2 * HOUR], ["zuu", {"a": 1}])
    path = path_of(place, series, 0)
    place.post(path, given_for(place, path, value="zu"))
    assert rows_of(place, series)[0].result == "zu"
    assert place.get(path_of(place, series, 1)).context["form"] is None


def test_a_missing_value_is_added_with_its_mark_and_deleted_again(place, series):
    new = f"messreihen/{series}/werte/neu/"
    moment = at(2026, 3, 1, 12)
    given = {**GIVEN, "time": "2026-03-01T12:00", "quality": int(Quality.FILLED)}
    answer = place.post(new, given)
    row = rows_of(place, series)[-1]
    assert answer["Location"].endswith(f"/werte/{row.id}/")
    assert (row.time_us, row.result, row.quality) == (moment, 1.25, Quality.FILLED)
    page = text_of(place.client.get(answer["Location"]))
    assert "von Hand ergänzt" in page
    assert "am Lattenpegel gelesen" in page
    twice = place.post(new, given)
    assert twice.status_code == 422
    assert "gibt es schon einen Wert" in text_of(twice)
    path = path_of(place, series, -1)
    assert place.post(f"{path}loeschen/", {"reason": ""}).status_code == 422
    assert place.post(f"{path}loeschen/", {"reason": "falscher Tag"}).status_code == 302
    assert len(rows_of(place, series)) == 3
    (edit,) = queries.list_edits(place.tenant.pk, series)
    assert (edit.verb, edit.reason) == ("delete", "falscher Tag")
    actions.take_back_edit(place.context, series, edit.id, reason="war richtig")
    assert rows_of(place, series)[-1] == row
    check_store(place, series)


def test_a_value_of_the_future_or_of_no_time_is_refused(place, series):
    new = f"messreihen/{series}/werte/neu/"
    for time, said in (("2999-01-01T00:00", "Zukunft"), ("gestern", "Tag und Uhrzeit")):
        answer = place.post(new, {**GIVEN, "time": time})
        assert answer.status_code == 422
        assert said in text_of(answer)
    assert len(rows_of(place, series)) == 3


def test_a_value_that_is_added_to_counts_stands_for_as_long_as_the_others(place):
    _, series = place.thing("Zählung")
    start = at(2026, 3, 1, 12)
    place.record(series, [start], [4.0], ends_us=[start + HOUR])
    place.post(f"messreihen/{series}/werte/neu/", {**GIVEN, "time": "2026-03-01T13:00"})
    assert rows_of(place, series)[1].end_us == start + 2 * HOUR


def test_calculated_values_lead_to_the_raw_ones(place, series):
    choice = CalibrationChoice(from_us=0, points=((1, 1.5),))
    actions.add_calibration(place.context, series, choice, name="kalibriert")
    actions.recalibrate(place.context, series, 0, now_us())
    derived = queries.list_calibrations(place.tenant.pk, series)[0].derived_id
    page = place.get(path_of(place, derived))
    assert page.context["form"] is None
    assert f"/messreihen/{series}/werte/" in page.content.decode()
    new = f"messreihen/{derived}/werte/neu/"
    refused = place.post(new, {**GIVEN, "time": "2026-03-01T12:00"})
    assert refused.status_code == 409
    assert place.post(f"{path_of(place, derived)}loeschen/", {"reason": "?"}).status_code == 409


def test_the_list_goes_back_in_time_without_skipping_a_value(place):
    _, series = place.thing("Pegel")
    times = [n // 2 * HOUR for n in range(120)]
    place.record(series, times, [float(n) for n in range(120)])
    url, seen = place.path(f"messreihen/{series}/werte/"), set()
    while url:
        page = place.client.get(url)
        seen |= {line["row"].result for line in page.context["lines"]}
        url = page.context["older_url"]
    assert seen == {float(n) for n in range(120)}
    early = place.get(f"messreihen/{series}/werte/", bis="1960-01-01T00:00")
    assert "Hier gibt es keine Werte" in text_of(early)


def test_others_change_nothing(place, elsewhere, series):
    path = path_of(place, series)
    given = given_for(place, path)
    assert place.post(path, given, role="viewer").status_code == 403
    assert place.get(path, role="viewer").context["form"] is None
    foreign = elsewhere.thing("Pegel")[1]
    for other in (path, f"messreihen/{foreign}/werte/{rows_of(place, series)[1].id}/"):
        assert elsewhere.post(other, given).status_code == 404
        assert elsewhere.post(f"{other}loeschen/", {"reason": "?"}).status_code == 404
    assert rows_of(place, series)[1].result == 125.0
