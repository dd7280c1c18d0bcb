"""Setting up, changing and deleting by hand."""

from dataclasses import replace

import pytest

from mehrwert.observations import actions, queries
from mehrwert.observations.choices import DuplicatePolicy
from mehrwert.observations.errors import UnknownEntityError

from .pages import HOUR, elsewhere, now_us, place, text_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
__all__ = ["elsewhere", "place"]

NEW = {
    "name": "Pegel Mühlbach",
    "description": "Misst den Wasserstand.",
    "place_name": "Wehr",
    "lat": "51,96236",
    "lon": "7,62571",
    "approximate": "on",
    "reihe-property_name": "Wasserstand",
    "reihe-unit_symbol": "m",
    "reihe-expected_interval_s": "900",
    "reihe-aggregation": "mean",
    "reihe-protection": "open",
    "reihe-source": "eigener Sensor",
}


def things(town):
    return queries.list_glances(town.tenant.pk)


def test_a_thing_with_its_first_series_is_one_form(place):
    answer = place.post("messstellen/neu/", NEW)
    (thing,) = things(place)
    (series,) = thing.series
    assert answer["Location"] == place.path(f"messreihen/{series.id}/")
    assert (thing.name, thing.place, thing.is_approximate) == ("Pegel Mühlbach", "Wehr", True)
    assert (thing.lat, thing.lon) == (51.96236, 7.62571)
    assert series.name == "Wasserstand, Pegel Mühlbach"
    assert "Jetzt fehlt der erste Wert" in text_of(place.client.get(answer["Location"]))


def test_a_second_series_shares_property_and_sensor(place):
    place.post("messstellen/neu/", NEW)
    (thing,) = things(place)
    data = {
        key.removeprefix("reihe-"): value for key, value in NEW.items() if key.startswith("reihe-")
    }
    place.post(f"messstellen/{thing.id}/neue-messreihe/", {**data, "name": "zweite"})
    rows = queries.list_datastreams(place.tenant.pk)
    assert len(rows) == 2
    assert len({row.property_id for row in rows}) == 1
    assert len({row.sensor_id for row in rows}) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Name der Messstelle"),
        ({"lat": ""}, "Breite und Länge"),
        ({"lat": "91"}, "90"),
        ({"lon": "abc"}, "Länge"),
        ({"reihe-property_name": ""}, "Messgröße"),
        ({"reihe-aggregation": "median"}, "Das steht nicht zur Wahl."),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_stored(place, change, sentence):
    answer = place.post("messstellen/neu/", {**NEW, **change})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert things(place) == []


def test_moving_a_thing_keeps_where_it_was(place):
    thing, _ = place.thing("Pegel", lon=7.6, lat=51.9)
    data = {"name": "Pegel neu", "description": "", "place_name": "", "lat": "51,95", "lon": "7,61"}
    place.post(f"messstellen/{thing}/bearbeiten/", data)
    about = queries.read_thing(place.tenant.pk, thing)
    assert (about.name, about.lat, about.lon) == ("Pegel neu", 51.95, 7.61)
    with queries.reader() as r:
        rows = r.select("SELECT count(*) FROM obs_historical_location WHERE thing_id=?", (thing,))
    assert rows[0][0] == 2


def test_a_place_that_turns_out_to_be_exact_loses_its_mark(place):
    thing, _ = place.thing("Pegel", approximate=True)
    data = {"name": "Pegel", "description": "", "place_name": "", "lat": "51,95", "lon": "7,6"}
    place.post(f"messstellen/{thing}/bearbeiten/", data)
    (glance,) = things(place)
    assert not glance.is_approximate


def test_changing_a_series_keeps_an_interval_that_is_not_on_the_list(place):
    _, series = place.thing("Pegel", series={"expected_interval_s": 450})
    form = text_of(place.get(f"messreihen/{series}/bearbeiten/"))
    assert '<option value="450" selected>alle 450 Sekunden</option>' in form


def test_a_series_can_be_changed(place):
    _, series = place.thing("Pegel")
    data = {
        "property_name": "Durchfluss",
        "name": "Abfluss",
        "unit_symbol": "l/s",
        "expected_interval_s": "3600",
        "aggregation": "mean",
        "protection": "internal",
        "sensor_name": "",
        "source": "",
        "licence": "",
        "credit": "",
    }
    place.post(f"messreihen/{series}/bearbeiten/", data)
    about = queries.read_datastream(place.tenant.pk, series)
    found = (about.name, about.property_name, about.unit_symbol, about.protection)
    assert found == ("Abfluss", "Durchfluss", "l/s", "internal")


def test_deleting_a_series_asks_with_count_export_and_name(place):
    _, series = place.thing("Pegel")
    place.record_up_to(series, now_us(), [1.0] * 1234)
    text = text_of(place.get(f"messreihen/{series}/loeschen/"))
    assert "1.234 Messwerte" in text
    assert f"messreihen/{series}/werte.csv?umfang=alles" in text
    answer = place.post(f"messreihen/{series}/loeschen/", {"typed": "wasserstand"})
    assert answer.status_code == 422
    assert queries.read_datastream(place.tenant.pk, series).n == 1234


def test_the_typed_name_deletes(place):
    thing, series = place.thing("Pegel")
    place.post(f"messreihen/{series}/loeschen/", {"typed": "Wasserstand"})
    with pytest.raises(UnknownEntityError):
        queries.read_datastream(place.tenant.pk, series)
    place.post(f"messstellen/{thing}/loeschen/", {"typed": "Pegel"})
    assert things(place) == []


def test_nobody_changes_things_of_another_municipality(elsewhere, place):
    thing, series = place.thing("Pegel")
    assert elsewhere.post(f"messstellen/{thing}/loeschen/", {"typed": "Pegel"}).status_code == 404
    flag = {"changed_us": "1"}
    answer = elsewhere.post(f"messreihen/{series}/kennzeichnen/zuruecknehmen/", flag)
    assert answer.status_code == 404
    assert len(things(place)) == 1


def test_a_viewer_changes_nothing(place):
    thing, _ = place.thing("Pegel")
    answer = place.post(f"messstellen/{thing}/loeschen/", {"typed": "Pegel"}, role="viewer")
    assert answer.status_code == 403
    assert len(things(place)) == 1


def test_a_changed_value_comes_back_from_the_page_with_a_reason(place):
    """OBS-47: who changed what and why stands there; one of many can go back alone."""
    _, series = place.thing("Pegel")
    place.record(series, [HOUR, 2 * HOUR], [1.25, 2.5])
    number = actions.start_import(place.context, label="falsch.csv")
    wrong = replace(place.context, policy=DuplicatePolicy.CORRECT, import_id=number)
    batch = actions.ReadingBatch(series, [HOUR, 2 * HOUR], [125.0, 250.0])
    actions.record_observations(wrong, [batch])
    assert "falsch.csv" in place.get(f"messreihen/{series}/aenderungen/").content.decode()
    (edit,) = queries.list_edits(place.tenant.pk, series)
    path = f"messreihen/{series}/aenderungen/{edit.id}/"
    page = place.get(path).content.decode()
    assert "2 Werte zurückholen" in page
    seq = queries.read_edit(place.tenant.pk, series, edit.id)[1][0].seq
    assert place.post(path, {"reason": ""}).status_code == 422
    answer = place.post(f"{path}?wert={seq}", {"reason": "Komma verrutscht"})
    assert answer.status_code == 302
    assert queries.read_series(place.tenant.pk, series).values.tolist() == [1.25, 250.0]
    text = place.get(f"messreihen/{series}/aenderungen/").content.decode()
    assert "Komma verrutscht" in text
    assert "frühere Werte zurückgeholt" in text
    assert "Alle Änderungen" in place.get(f"messreihen/{series}/").content.decode()
