"""Pages of Messstellen and Messreihen show what is there, to those who may see it."""

import json

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from mehrwert.observations import queries
from mehrwert.observations.choices import Quality

from .pages import HOUR, MINUTE, at, elsewhere, now_us, place, text_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
__all__ = ["elsewhere", "place"]

READING = ["", "messstellen.csv", "punkte.json"]
OF_THING = ["messstellen/{thing}/"]
OF_SERIES = [
    f"messreihen/{{series}}/{rest}" for rest in ("", "punkte.json", "werte.csv", "bild.svg")
]
EDITING = [
    "messstellen/neu/",
    "messstellen/{thing}/bearbeiten/",
    "messstellen/{thing}/loeschen/",
    "messstellen/{thing}/neue-messreihe/",
    "messreihen/{series}/bearbeiten/",
    "messreihen/{series}/loeschen/",
    "messreihen/{series}/kennzeichnen/",
]


@pytest.fixture
def pegel(place):
    """A gauge that rose within the last day; ids of thing and series."""
    thing, series = place.thing("Pegel Erlenbach", place="Brücke Bachweg")
    place.record_up_to(series, now_us() - MINUTE, [0.61 + i * 0.81 / 95 for i in range(96)])
    return thing, series


@pytest.mark.parametrize("path", [*READING, *OF_THING, *OF_SERIES, *EDITING])
def test_every_page_opens_for_an_editor(place, pegel, path):
    assert place.get(path.format(thing=pegel[0], series=pegel[1])).status_code == 200


@pytest.mark.parametrize("path", [*READING, *OF_THING, *OF_SERIES])
def test_a_viewer_reads(place, pegel, path):
    found = place.get(path.format(thing=pegel[0], series=pegel[1]), role="viewer")
    assert found.status_code == 200


@pytest.mark.parametrize("path", EDITING)
def test_a_viewer_cannot_edit(place, pegel, path):
    found = place.get(path.format(thing=pegel[0], series=pegel[1]), role="viewer")
    assert found.status_code == 403


@pytest.mark.parametrize("path", [*OF_THING, *OF_SERIES, *EDITING[1:]])
def test_ids_of_another_municipality_do_not_exist_here(elsewhere, place, pegel, path):
    found = elsewhere.get(path.format(thing=pegel[0], series=pegel[1]))
    assert found.status_code == 404


@pytest.mark.parametrize("path", [*OF_THING, *OF_SERIES])
def test_unknown_ids_are_not_found(place, path):
    assert place.get(path.format(thing=999999, series=999999)).status_code == 404


def test_nobody_else_sees_our_list(elsewhere, place, pegel):
    assert "Pegel Erlenbach" not in text_of(elsewhere.get(ansicht="liste"))
    assert json.loads(elsewhere.get("punkte.json").content)["features"] == []


def test_an_empty_municipality_is_told_what_to_do_first(place):
    text = text_of(place.get())
    assert "Noch keine Messwerte" in text
    assert place.path("messstellen/neu/") in text


def test_the_list_shows_value_place_and_state(place, pegel):
    text = text_of(place.get(ansicht="liste"))
    for part in ("Pegel Erlenbach", "Brücke Bachweg", "1,42 m", "frisch", "Auental (erfunden)"):
        assert part in text


def test_silent_things_come_first_with_their_duration(place, pegel):
    _, silent = place.thing("Baum Am Hang")
    place.record_up_to(silent, now_us() - 41 * HOUR - MINUTE, [1.0, 2.0, 3.0, 4.0])
    text = text_of(place.get(ansicht="liste"))
    table = text[text.index("<tbody>") :]
    assert "schweigt seit 41 Stunden" in table
    assert table.index("Baum Am Hang") < table.index("Pegel Erlenbach")


def test_map_and_list_show_the_same_under_a_filter(place, pegel):
    place.thing("Wetter Kirchplatz", series={"property_name": "Lufttemperatur"})
    features = json.loads(place.get("punkte.json", groesse="Wasserstand").content)["features"]
    listed = text_of(place.get(groesse="Wasserstand", ansicht="liste"))
    assert [f["properties"]["name"] for f in features] == ["Pegel Erlenbach"]
    table = listed[listed.index("<tbody>") :]
    assert "Pegel Erlenbach" in table
    assert "Wetter Kirchplatz" not in table


def test_the_map_marks_what_is_only_roughly_known(place):
    place.thing("Zählstelle", approximate=True)
    (feature,) = json.loads(place.get("punkte.json").content)["features"]
    assert feature["properties"]["note"] == "Ort nur ungefähr bekannt"
    assert 'stroke-dasharray="3 3"' in text_of(place.get())
    assert "Ort ungefähr" in text_of(place.get(ansicht="liste"))


def test_a_filter_can_be_taken_back_by_its_chip(place, pegel):
    text = text_of(place.get(q="gibt es nicht", zustand="fresh"))
    assert "Nichts passt zu diesen Filtern" in text
    assert "„gibt es nicht“" in text
    assert "Alle entfernen" in text


def test_nonsense_in_the_address_shows_the_plain_list(place, pegel):
    text = text_of(place.get(zustand="kaputt", sortierung="§", ansicht="3d", seite="-7"))
    assert "Pegel Erlenbach" in text


@pytest.mark.parametrize("view", ["karte", "liste"])
def test_the_list_needs_few_statements_however_many_things(place, view):
    def statements():
        with CaptureQueriesContext(connections["default"]) as seen:
            place.get(ansicht=view)
        return len(seen)

    place.thing("Erste")
    statements()
    few = statements()
    for i in range(12):
        place.thing(f"Weitere {i}")
    assert statements() == few


def test_a_thing_shows_its_series_place_and_history(place, pegel):
    text = text_of(place.get(f"messstellen/{pegel[0]}/"))
    for part in (
        "Pegel Erlenbach",
        "1,42 m",
        "alle 15 Minuten",
        "CC BY 4.0",
        "51,95000° N",
        "angelegt",
    ):
        assert part in text


def test_a_series_without_values_says_how_the_first_one_is_sent(place):
    _, series = place.thing("Neuer Sensor")
    text = text_of(place.get(f"messreihen/{series}/"))
    assert "/sta/auental/v1.1/Observations" in text
    assert f"&quot;@iot.id&quot;: {series}" in text or f'"@iot.id": {series}' in text


def test_a_series_is_told_in_a_sentence_and_drawn_without_javascript(place, pegel):
    text = text_of(place.get(f"messreihen/{pegel[1]}/", zeitraum="24h"))
    assert "von 0,61 auf 1,42 m." in text
    assert "<svg" in text
    assert "Als Tabelle" in text


def test_a_series_can_be_cited(place, pegel):
    text = text_of(place.get(f"messreihen/{pegel[1]}/"))
    assert "Auental (erfunden): Pegel Erlenbach, Wasserstand." in text
    assert "Abgerufen am" in text


def test_numbers_and_texts_follow_the_language(place, pegel):
    page = place.client.get("/en" + place.path(f"messreihen/{pegel[1]}/"))
    assert "1.42 m" in text_of(page)
    assert "Latest value" in text_of(page)


@pytest.mark.parametrize("step", ["werte", "stunde", "tag", "woche", "monat"])
@pytest.mark.parametrize("window", ["24h", "7t", "30t", "jahr", "alles"])
def test_every_window_and_step_opens(place, pegel, window, step):
    page = place.get(f"messreihen/{pegel[1]}/", zeitraum=window, stufe=step)
    assert page.status_code == 200


def test_nonsense_for_a_stretch_shows_the_usual_one(place, pegel):
    page = place.get(f"messreihen/{pegel[1]}/", zeitraum="immer", stufe="x", von="gestern", bis="9")
    assert page.status_code == 200
    assert "7 Tage" in text_of(page)


def test_an_own_stretch_includes_its_last_day(place):
    _, series = place.thing("Zählstelle", series={"aggregation": "sum", "unit_symbol": None})
    place.record(series, [at(2026, 7, day, 12) for day in (1, 2, 3)], [1.0, 20.0, 300.0])
    address = f"messreihen/{series}/punkte.json"
    points = json.loads(place.get(address, von="2026-07-02", bis="2026-07-03", stufe="tag").content)
    assert points["mean"] == [20.0, 300.0]
    assert points["kind"] == "bars"


def test_points_keep_peaks_and_are_never_more_than_asked_for(place):
    _, series = place.thing("Pegel", series={"expected_interval_s": 60})
    values = [1.0] * 6000
    values[3210] = 9.0
    place.record_up_to(series, now_us(), values, step_us=MINUTE)
    answer = place.get(f"messreihen/{series}/punkte.json", zeitraum="alles", punkte="500")
    points = json.loads(answer.content)
    assert len(points["t"]) <= 502
    assert max(v for v in points["max"] if v is not None) == 9.0


def test_a_gap_is_null_in_the_points(place):
    _, series = place.thing("Pegel")
    now = now_us()
    place.record_up_to(series, now - 10 * HOUR, [1.0] * 20)
    place.record_up_to(series, now, [2.0] * 8)
    points = json.loads(place.get(f"messreihen/{series}/punkte.json", zeitraum="24h").content)
    assert points["mean"].count(None) == 1
    assert points["mean"].index(None) == 20


def test_what_is_flagged_bad_is_not_drawn_but_told(place, pegel):
    now = now_us()
    data = {
        "von": local(now - 3 * HOUR),
        "bis": local(now - HOUR),
        "quality": str(int(Quality.BAD)),
        "reason": "Treibgut",
    }
    answer = place.post(f"messreihen/{pegel[1]}/kennzeichnen/", data)
    assert answer.status_code == 302
    text = text_of(place.get(f"messreihen/{pegel[1]}/", zeitraum="24h"))
    assert "8 Werte sind als falsch gekennzeichnet" in text
    assert "Treibgut" in text


def test_a_flag_can_be_taken_back(place, pegel):
    now = now_us()
    data = {
        "von": local(now - 3 * HOUR),
        "bis": local(now - HOUR),
        "quality": str(int(Quality.SUSPECT)),
        "reason": "Eis",
    }
    place.post(f"messreihen/{pegel[1]}/kennzeichnen/", data)
    (change,) = [c for c in changes_of(place, pegel[1]) if c.verb == "flag"]
    back = {"changed_us": str(change.after["changed_us"])}
    answer = place.post(f"messreihen/{pegel[1]}/kennzeichnen/zuruecknehmen/", back)
    assert answer.status_code == 302
    flags = queries.count_flags(place.tenant.pk, pegel[1], 0, 2**62)
    assert flags == {}
    assert "zurückgenommen" in text_of(place.get(f"messreihen/{pegel[1]}/"))


def test_flagging_needs_a_reason_and_a_stretch(place, pegel):
    answer = place.post(f"messreihen/{pegel[1]}/kennzeichnen/", {"quality": "2"})
    assert answer.status_code == 422
    assert "3 Angaben fehlen noch oder passen nicht" in text_of(answer)


def changes_of(place, series):
    return queries.list_changes(place.tenant.pk, [("datastream", series)])


def local(at_us):
    from mehrwert.base.clock import from_us
    from mehrwert.observations.periods import BERLIN

    return from_us(at_us).astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M:%S")
