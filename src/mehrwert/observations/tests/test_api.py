"""Downloads are complete, right for programs and for offices, and right when the clocks change."""

import asyncio
import csv
import io

import pytest
from lxml import etree

from .pages import HOUR, MINUTE, at, now_us, place

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
__all__ = ["place"]


def table(response, delimiter=","):
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.reader(io.StringIO(raw.decode("utf-8")), delimiter=delimiter))


def test_all_readings_come_with_their_distance_to_utc(place):
    _, series = place.thing("Pegel")
    first = at(2026, 10, 25, 1, 30)
    place.record(series, [first + i * HOUR for i in range(4)], [1.0, 2.5, 3.0, 4.0])
    rows = table(place.get(f"messreihen/{series}/werte.csv", umfang="alles"))
    assert rows[0][:4] == ["Beginn", "Abstand zu UTC", "Ende", "Wert"]
    assert [(row[0], row[1]) for row in rows[1:]] == [
        ("2026-10-25T01:30:00+02:00", "+02:00"),
        ("2026-10-25T02:30:00+02:00", "+02:00"),
        ("2026-10-25T02:30:00+01:00", "+01:00"),
        ("2026-10-25T03:30:00+01:00", "+01:00"),
    ]
    assert rows[2][3] == "2.5"


def test_offices_get_decimal_commas_semicolons_and_local_times(place):
    _, series = place.thing("Pegel")
    place.record(series, [at(2026, 7, 16, 14, 5)], [1.42])
    answer = place.get(f"messreihen/{series}/werte.csv", umfang="alles", format="excel")
    rows = table(answer, ";")
    assert rows[0][0] == "\ufeffBeginn"
    assert rows[1][:4] == ["16.07.2026 14:05:00", "UTC+02:00", "", "1,42"]
    assert answer["Content-Disposition"].endswith('filename="pegel-wasserstand.csv"')


def test_what_is_shown_is_only_the_stretch(place):
    _, series = place.thing("Pegel")
    place.record_up_to(series, now_us(), [1.0] * 400)
    rows = table(place.get(f"messreihen/{series}/werte.csv", zeitraum="24h"))
    assert 95 <= len(rows) - 1 <= 97


def test_days_come_with_count_and_coverage(place):
    _, series = place.thing("Zählstelle", series={"aggregation": "sum", "unit_symbol": None})
    start = at(2026, 3, 28)
    place.record(series, [start + i * 15 * MINUTE for i in range(2 * 96)], [2.0] * 192)
    answer = place.get(f"messreihen/{series}/werte.csv", zeitraum="alles", stufe="tag")
    rows = table(answer)
    assert [row[2] for row in rows[1:]] == ["192", "184", "8"]
    assert [row[6] for row in rows[1:]] == ["96", "92", "4"]
    assert [row[8] for row in rows[1:3]] == ["1", "1"]


def test_a_long_file_streams_under_asgi_in_pieces(place):
    _, series = place.thing("Pegel", series={"expected_interval_s": 60})
    place.record_up_to(series, now_us(), [1.0] * 4500, step_us=MINUTE)
    answer = place.get(f"messreihen/{series}/werte.csv", umfang="alles")

    async def pieces():
        return [piece async for piece in answer]

    found = asyncio.run(pieces())
    assert len(found) == 4
    assert b"".join(found).count(b"\r\n") == 4501


def test_the_list_has_a_row_per_series_and_no_formulas_for_offices(place):
    _, series = place.thing("=1+1", place="Wehr", approximate=True)
    place.record_up_to(series, now_us(), [1.42])
    rows = table(place.get("messstellen.csv", format="excel"), ";")
    assert rows[1][:5] == ["'=1+1", "Wehr", "51,95", "7,6", "1"]
    assert "1,42" in rows[1]
    plain = table(place.get("messstellen.csv"))
    assert plain[1][0] == "=1+1"


def test_the_list_follows_the_filter(place):
    place.thing("Pegel")
    place.thing("Wetter", series={"property_name": "Lufttemperatur"})
    rows = table(place.get("messstellen.csv", groesse="Lufttemperatur"))
    assert [row[0] for row in rows[1:]] == ["Wetter"]


def test_the_picture_is_a_file_with_fixed_colours(place):
    _, series = place.thing("Pegel")
    place.record_up_to(series, now_us(), [1.0, 2.0, 3.0])
    answer = place.get(f"messreihen/{series}/bild.svg", zeitraum="24h")
    assert etree.fromstring(answer.content).tag.endswith("svg")
    assert b"var(--" not in answer.content


def test_texts_and_objects_can_be_exported_too(place):
    _, series = place.thing("Ampel", series={"unit_symbol": None})
    place.record(series, [at(2026, 7, 1), at(2026, 7, 2), at(2026, 7, 3)], ["rot", {"a": 1}, True])
    rows = table(place.get(f"messreihen/{series}/werte.csv", umfang="alles"))
    assert [row[3] for row in rows[1:]] == ["rot", '{"a":1}', "1"]
