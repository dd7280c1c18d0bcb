"""OBS-53: years beside each other, percentiles, heat days; on the page, as CSV and picture."""

import csv
import io
from datetime import date

import numpy as np
import pytest

from mehrwert.observations.choices import Aggregation, DayKind
from mehrwert.observations.periods import Columns
from mehrwert.observations.years import EPOCH, kinds_of, months_of, same_stretch, years_of

from .pages import HOUR, at, place

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
__all__ = ["place"]


def columns(first, lows, highs, n=2):
    start = (first - EPOCH).days
    low, high = np.array(lows, dtype=float), np.array(highs, dtype=float)
    count = np.full(len(low), n)
    return Columns(
        start + np.arange(len(low)), count, (low + high) / 2 * n, low, high, high, count * 0
    )


def test_hot_and_cold_days_are_counted_by_the_extremes_of_a_day():
    days = columns(date(2025, 12, 31), [-5, -1, 12, 20, 18], [-1, 3, 25, 36, 30])
    newest, before = years_of(days, Aggregation.MEAN, kinds_of("°C", "Lufttemperatur"), limit=25)
    assert (newest.year, newest.n_days, newest.low, newest.high) == (2026, 4, -1, 36)
    assert newest.days == {
        DayKind.HOT: 2,
        DayKind.SUMMER: 3,
        DayKind.TROPICAL: 1,
        DayKind.FROST: 1,
        DayKind.ICE: 0,
    }
    assert newest.n_above == 3
    assert (before.year, before.days[DayKind.ICE], before.n_expected) == (2025, 1, 1)
    assert newest.is_part  # the mean of four days is not that of 2026


@pytest.mark.parametrize(
    ("unit", "name", "has_days"),
    [
        ("°C", "Lufttemperatur, 2 m", True),
        ("degC", "Air temperature", True),
        ("°C", "Bodentemperatur", False),
        ("°C", "Raumtemperatur", False),
        ("m", "Lufttemperatur", False),
        (None, "Lufttemperatur", False),
    ],
)
def test_only_temperatures_of_the_air_have_hot_days(unit, name, has_days):
    assert bool(kinds_of(unit, name)) is has_days


def test_percentiles_are_those_of_the_days_and_a_day_flagged_bad_is_none():
    days = columns(date(2026, 1, 1), range(101), range(101))
    (year,) = years_of(days, Aggregation.MEAN, ())
    assert year.percentiles == (10, 50, 90)
    bad = Columns(days.keys, days.n * 0, *([days.sum * np.nan] * 4), days.n)
    assert years_of(bad, Aggregation.MEAN, ()) == []
    assert months_of(bad, Aggregation.MEAN) == {}
    assert same_stretch(bad, Aggregation.MEAN) is None


@pytest.mark.parametrize(("kind", "value"), [(Aggregation.SUM, 310), (Aggregation.MEAN, 5)])
def test_a_month_is_summed_up_as_its_series(kind, value):
    days = columns(date(2026, 1, 1), [5.0] * 40, [5.0] * 40)
    months = months_of(days, kind)[2026]
    assert months[0] == value
    assert months[2:] == [None] * 10


def test_the_same_days_are_compared_or_none():
    """A leap day is compared with the day before; too many gaps forbid a comparison."""
    two = columns(date(2027, 1, 1), [1.0] * 365 + [3.0] * 60, [1.0] * 365 + [3.0] * 60)
    pair = same_stretch(two, Aggregation.MEAN)
    assert (pair.until, pair.value, pair.before) == (date(2028, 2, 29), 3.0, 1.0)
    total = same_stretch(two, Aggregation.SUM)
    assert (total.value, total.before) == (60 * 6.0, 59 * 2.0)
    assert same_stretch(two, Aggregation.LAST) is None
    short = columns(date(2027, 2, 1), [1.0] * 360, [1.0] * 360)
    assert same_stretch(short, Aggregation.MEAN) is None


def test_the_page_shows_what_the_table_and_the_picture_hold(place):
    warm = {"property_name": "Lufttemperatur", "unit_symbol": "°C", "source": "eigener Sensor"}
    _, series = place.thing("Marktplatz", series=warm)
    path = f"messreihen/{series}/jahre"
    assert "Noch keine Werte" in place.get(f"{path}/").content.decode()
    for year, top in ((2024, 31.0), (2025, 29.0)):
        times = [at(year, 1, 1) + n * 24 * HOUR + 12 * HOUR for n in range(200)]
        place.record(series, times, [10.0] * 199 + [top])
    page = place.get(f"{path}/", ab="10").content.decode().replace("\u00a0", " ")
    assert "Hitzetage (ab 30 °C)" in page
    assert "Tage ab 10 °C" in page
    assert "weniger als in denselben Tagen 2024" in page
    assert "eigener Sensor" in page
    assert "Stand" in page
    head, newest, before = csv.reader(
        io.StringIO(place.get(f"{path}.csv", ab="10").content.decode())
    )
    told = [dict(zip(head, row, strict=True)) for row in (newest, before)]
    assert [row["Jahr"] for row in told] == ["2025", "2024"]
    assert [row["Hitzetage (ab 30 °C)"] for row in told] == ["0", "1"]
    assert [row["Tage ab 10 °C"] for row in told] == ["200", "200"]
    assert told[0]["Dezember"] == ""
    assert place.get(f"{path}.svg").content.startswith(b"<?xml")
    assert "Jahre im Vergleich" in place.get(f"messreihen/{series}/").content.decode()
    wrong = place.get(f"{path}/", ab="heiß").content.decode()
    assert "eine Zahl" in wrong.lower() or "Zahl ein" in wrong
