"""The sentence about a stretch says what happened, and what is missing."""

from datetime import datetime

import numpy as np
import pytest
from django.utils.translation import override

from mehrwert.observations.choices import Aggregation
from mehrwert.observations.periods import BERLIN, Span
from mehrwert.observations.rules import DAY_US, HOUR_US
from mehrwert.observations.trend import Buckets, Course, Reading, gap_places, silence_us, trend_of
from mehrwert.observations.wording import trend_sentence

NOW = datetime(2026, 7, 16, 14, 5, tzinfo=BERLIN)
NOW_US = int(NOW.timestamp() * 1_000_000)
START = NOW_US - 24 * HOUR_US


def trend(values, *, aggregation=Aggregation.MEAN, start=START, step=HOUR_US, span=None):
    """The facts of readings one step apart; None leaves a gap."""
    times = [start + i * step for i, v in enumerate(values) if v is not None]
    known = np.array([v for v in values if v is not None], dtype=float)
    ends = None
    if times:
        ends = Reading(times[0], known[0]), Reading(times[-1], known[-1])
    ones = np.ones(len(known), dtype=np.int64)
    t = np.array(times, dtype=np.int64)
    span = span or Span(start, start + len(values) * step)
    return trend_of(
        Buckets(t, known, known, known, ones),
        ends,
        aggregation=aggregation,
        length_us=span.length_us,
        missing_us=silence_us(t, 0, step, span),
    )


def sentence(values, unit="m", **options):
    return trend_sentence(trend(values, **options), unit, NOW).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "course"),
    [
        ([], Course.NONE),
        ([1.0], Course.ONE),
        ([0.61, 0.8, 1.42], Course.UP),
        ([1.42, 0.8, 0.61], Course.DOWN),
        ([1.0, 2.0, 1.01], Course.SAME),
        ([3.0, 3.0, 3.0], Course.SAME),
    ],
)
def test_the_course_of_a_stretch(values, course):
    assert trend(values).course is course


def test_a_rise_is_told_with_both_ends():
    text = sentence([0.61 + i * 0.81 / 23 for i in range(24)])
    assert text == "Stieg seit gestern 14:05 Uhr von 0,61 auf 1,42 m."


def test_a_peak_between_the_ends_is_told():
    text = sentence([1.0] * 10 + [2.5] + [1.0] * 13)
    assert text == (
        "Blieb seit gestern 14:05 Uhr ungefähr gleich, zuletzt 1 m. Höchster Wert 2,5 m (heute)."
    )


def test_a_gap_is_named_with_its_length():
    text = sentence([0.5] * 6 + [None] * 10 + [1.5] * 8)
    assert text.endswith("Es fehlen Werte aus zusammen 10 Stunden.")


def test_silence_up_to_now_counts_as_missing():
    late = trend([1.0, 2.0, 3.0], span=Span(START, START + DAY_US))
    assert late.missing_us == 21 * HOUR_US


def test_nothing_is_called_missing_when_no_interval_is_known():
    times = np.array([0, DAY_US], dtype=np.int64)
    assert silence_us(times, 0, None, Span(0, DAY_US)) == 0


def test_no_value_is_said_plainly():
    assert sentence([]) == "In diesem Zeitraum gibt es keine Werte."


def test_counts_are_told_as_a_sum_and_per_day():
    text = sentence([10.0] * 72, unit="", aggregation=Aggregation.SUM, start=NOW_US - 3 * DAY_US)
    assert text.endswith("zusammen 720. Das sind im Mittel 240 am Tag.")


def test_an_old_stretch_is_told_with_dates_not_with_since():
    text = sentence([1.0, 5.0, 9.0], start=NOW_US - 90 * DAY_US, step=5 * DAY_US)
    assert text == "17. April 2026 bis 27. April 2026: stieg von 1 auf 9 m."


def test_the_sentence_is_english_for_english_readers():
    with override("en"):
        text = sentence([0.61 + i * 0.81 / 23 for i in range(24)])
    assert text == "Rose since yesterday 14:05 from 0.61 to 1.42 m."


def test_a_line_breaks_at_three_missing_readings_or_an_empty_bucket():
    raw = np.array([0, 1, 2, 6, 7], dtype=np.int64) * HOUR_US
    buckets = np.array([0, 1, 3], dtype=np.int64) * HOUR_US
    assert gap_places(raw, 0, HOUR_US).tolist() == [3]
    assert gap_places(buckets, HOUR_US, HOUR_US // 60).tolist() == [2]
    assert gap_places(raw, 0, None).tolist() == []
