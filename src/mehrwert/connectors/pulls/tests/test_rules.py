"""Recipes, waiting, stretches, rows (OBS-12)."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.connectors.pulls.choices import RECIPE_TEXTS
from mehrwert.connectors.pulls.errors import PullInputError, UnreadableError
from mehrwert.connectors.pulls.rules import rows
from mehrwert.connectors.pulls.rules.planning import DAY_US, fill, lost_us, stretches, wait_s
from mehrwert.connectors.pulls.rules.recipe import RowShape, Value, find_recipe, list_recipes
from mehrwert.connectors.pulls.rules.rows import Clock
from mehrwert.connectors.pulls.rules.table import values_of

NOW = 1_777_629_600_000_000


def test_every_text_of_a_recipe_can_be_read_in_english():
    said = {text for recipe in list_recipes() for text in (recipe.name, recipe.text)}
    for recipe in list_recipes():
        for ask in recipe.asks:
            said |= {ask.label, *(label for _, label in ask.choices)} | ({ask.help} - {""})
    assert said == set(RECIPE_TEXTS)


def test_recipes_of_public_sources_say_licence_and_credit():
    public = [recipe for recipe in list_recipes() if recipe.host]
    assert len(public) == 4
    assert all(recipe.licence and recipe.credit and recipe.interval_s for recipe in public)
    assert all(one.url.startswith(f"https://{r.host}/") for r in public for one in r.urls)


@pytest.mark.parametrize(
    ("slug", "answers", "field"),
    [
        ("pegelonline", {"station": "../../x?y=", "series": "W"}, "station"),
        ("pegelonline", {"station": "BONN", "series": "Z"}, "series"),
        ("dwd_temperatur", {"station": "123456"}, "station"),
        ("umweltbundesamt", {"station": "", "component": "5"}, "station"),
        ("sensorthings", {"address": "file:///etc", "series": "1"}, "address"),
    ],
)
def test_an_answer_that_does_not_fit_is_told(slug, answers, field):
    with pytest.raises(PullInputError) as refused:
        find_recipe(slug).check(answers)
    assert refused.value.data["field"] == field


def test_an_answer_cannot_leave_its_place_in_the_address():
    recipe = find_recipe("pegelonline")
    (stretch, *_) = stretches(recipe, None, NOW)
    url = fill(recipe.urls[0].url, {"station": "A/../B", "series": "W"}, stretch)
    assert "/stations/A%2F..%2FB/W/measurements.json?start=2026-03-31T10%3A00%3A00Z&end=" in url
    assert find_recipe("dwd_temperatur").check({"station": "433"}) == {"station": "00433"}


@given(st.integers(0, 10**6), st.sampled_from([60, 900, 86_400]), st.integers(0, 10**9))
@settings(max_examples=40)
def test_waiting_grows_and_has_an_end(failures, every, asked):
    assert wait_s(0, every) == every
    waits = [wait_s(n, every) for n in range(1, 12)]
    assert waits == sorted(waits)
    assert waits[0] == 60
    assert 60 <= wait_s(failures + 1, every, asked) <= 86_400


def test_what_was_missed_is_asked_for_in_stretches_as_far_as_the_source_goes_back():
    recipe = find_recipe("pegelonline")
    found = stretches(recipe, NOW - 20 * DAY_US, NOW)
    assert found[0].from_us == NOW - 20 * DAY_US - 7_200_000_000
    assert [one.to_us for one in found[:-1]] == [one.from_us for one in found[1:]]
    assert found[-1].to_us == NOW
    assert len(found) == 2
    assert stretches(recipe, NOW - 90 * DAY_US, NOW)[0].from_us == NOW - 31 * DAY_US
    lost = lost_us(recipe, NOW - 90 * DAY_US, NOW)
    assert (lost.from_us, lost.to_us) == (NOW - 90 * DAY_US, NOW - 31 * DAY_US)
    assert lost_us(recipe, NOW - DAY_US, NOW) is None


def utc(*given):
    return int(datetime(*given, tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        ("Europe/Berlin", "01.07.2026 12:00", (2026, 7, 1, 10)),
        ("Europe/Berlin", "2026-01-01T12:00:00+00:00", (2026, 1, 1, 12)),
        ("+01:00", "2026-07-01 12:00:00", (2026, 7, 1, 11)),
        ("UTC", "202607011200", (2026, 7, 1, 12)),
    ],
)
def test_times_are_read_in_their_zone(zone, text, moment):
    assert Clock(RowShape(zone=zone)).read(text) == utc(*moment)


def test_the_repeated_hour_is_told_apart_by_its_order():
    clock = Clock(RowShape(zone="Europe/Berlin"))
    texts = ["25.10.2026 02:30", "25.10.2026 02:45", "25.10.2026 02:00", "25.10.2026 02:15"]
    assert [clock.read(text) for text in texts] == [
        utc(2026, 10, 25, 0, 30),
        utc(2026, 10, 25, 0, 45),
        utc(2026, 10, 25, 1, 0),
        utc(2026, 10, 25, 1, 15),
    ]


def test_a_table_in_german():
    text = "Zeit;Pegel;Notiz\r\n01.07.2026 12:00;1,25;\r\n01.07.2026 12:15;;kaputt\r\n01.07"
    shape = RowShape(time_at="Zeit", zone="Europe/Berlin")
    found = rows.csv_rows(text.encode("cp1252"), shape, values_of("Pegel; Pegelstand; Meter; m"))
    assert [dict(row.values) for row in found] == [{"v0": 1.25}, {}]
    with pytest.raises(UnreadableError):
        rows.csv_rows(text.encode(), shape, values_of("Abfluss"))


@pytest.mark.parametrize("lines", ["", ";x", "a;b;c;d;median"])
def test_columns_that_cannot_be_used(lines):
    with pytest.raises(PullInputError):
        values_of(lines)


def test_an_archive_that_would_be_too_large_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(rows, "MOST_UNZIPPED", 1000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("produkt_x.txt", "0" * 100_000)
    with pytest.raises(UnreadableError):
        rows.unzip(made.getvalue(), "produkt_")
    with pytest.raises(UnreadableError):
        rows.unzip(b"PK\x03\x04 broken", "produkt_")


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"{}", b'[{"value": 1}]', b"[1, 2]"])
def test_answers_of_another_form_are_told(body):
    recipe = find_recipe("pegelonline")
    with pytest.raises(UnreadableError):
        rows.json_rows(body, recipe.rows, [Value("value", "/value", "W")], {})
