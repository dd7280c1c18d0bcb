"""Local days, weeks and months are right, also when the clocks change."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from mehrwert.observations.choices import Aggregation
from mehrwert.observations.periods import (
    BERLIN,
    Span,
    Step,
    Window,
    absent_us,
    by_hour,
    by_local_day,
    default_step,
    fitting_step,
    local_offsets,
    next_start,
    own_span,
    period_start,
    periods_of,
    widened,
    window_span,
)
from mehrwert.observations.queries import HourSeries
from mehrwert.observations.rules import DAY_US, HOUR_US

EVER = Span(0, 2**62)


def us(year, month, day, hour=0, minute=0, zone=BERLIN):
    return int(datetime(year, month, day, hour, minute, tzinfo=zone).timestamp()) * 1_000_000


def hours_of(start_us, count, value=1.0, per_hour=4):
    """Hour buckets with ``per_hour`` readings of ``value`` each."""
    first = start_us // HOUR_US
    n = np.full(count, per_hour)
    values = np.full(count, value)
    zeros = np.zeros(count, dtype=np.int64)
    hours = np.arange(first, first + count)
    return HourSeries(hours, n, values * per_hour, values, values, values, values, zeros)


def summed(buckets, step, aggregation=Aggregation.SUM, gap_us=HOUR_US // 4, bounds=EVER):
    columns = by_hour(buckets) if step is Step.HOUR else by_local_day(buckets)
    return periods_of(columns, step, aggregation, gap_us=gap_us, bounds=bounds)


@pytest.mark.parametrize(
    ("day", "length"), [((2026, 3, 29), 23), ((2026, 7, 1), 24), ((2026, 10, 25), 25)]
)
def test_a_day_of_the_clock_change_has_23_or_25_hours(day, length):
    buckets = hours_of(us(*day) - 2 * DAY_US, 5 * 24)
    found = {p.start.date(): p for p in summed(buckets, Step.DAY)}
    assert found[date(*day)].n == 4 * length
    assert found[date(*day)].value == 4.0 * length
    assert found[date(*day)].coverage == 1.0


def test_both_hours_of_the_autumn_night_stay_apart():
    buckets = hours_of(us(2026, 10, 25, 1), 4)
    clock = [(p.start.hour, p.start.utcoffset()) for p in summed(buckets, Step.HOUR)]
    assert [hour for hour, _ in clock] == [1, 2, 2, 3]
    assert len(set(clock)) == 4


def test_offsets_equal_those_of_the_zone_for_every_hour_of_two_years():
    hours = np.arange(us(2025, 1, 1) // HOUR_US, us(2027, 1, 1) // HOUR_US)
    expected = [
        datetime.fromtimestamp(int(h) * 3600, tz=UTC).astimezone(BERLIN).utcoffset().seconds // 3600
        for h in hours
    ]
    assert local_offsets(hours).tolist() == expected


def test_weeks_begin_on_monday_and_months_on_the_first():
    buckets = hours_of(us(2026, 6, 29), 40 * 24)
    weeks = [p.start.date() for p in summed(buckets, Step.WEEK)]
    months = [p.start.date() for p in summed(buckets, Step.MONTH)]
    assert {day.weekday() for day in weeks} == {0}
    assert weeks[0] == date(2026, 6, 29)
    assert months == [date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]


@pytest.mark.parametrize(
    ("aggregation", "value"),
    [(Aggregation.MEAN, 2.0), (Aggregation.SUM, 12.0), (Aggregation.LAST, 3.0)],
)
def test_the_value_of_a_day_follows_the_aggregation(aggregation, value):
    start = us(2026, 7, 1) // HOUR_US
    one_and_three = HourSeries(
        np.array([start, start + 5]),
        np.array([3, 3]),
        np.array([3.0, 9.0]),
        np.array([1.0, 3.0]),
        np.array([1.0, 3.0]),
        np.array([1.0, 3.0]),
        np.array([1.0, 3.0]),
        np.array([0, 2]),
    )
    (period,) = summed(one_and_three, Step.DAY, aggregation)
    assert (period.value, period.low, period.high, period.n_bad) == (value, 1.0, 3.0, 2)


def test_what_is_absent_counts_thin_and_missing_days():
    bounds = Span(us(2026, 7, 1), us(2026, 7, 5))
    half_a_day = summed(hours_of(us(2026, 7, 1), 12), Step.DAY, bounds=bounds)
    assert absent_us(half_a_day, bounds) == 84 * HOUR_US
    unknown = summed(hours_of(us(2026, 7, 1), 12), Step.DAY, gap_us=None, bounds=bounds)
    assert absent_us(unknown, bounds) == 3 * DAY_US


def test_hours_that_are_flagged_bad_as_a_whole_are_counted_but_not_shown():
    start = us(2026, 7, 1) // HOUR_US
    nothing = np.array([np.nan, 5.0])
    buckets = HourSeries(
        np.array([start, start + 1]),
        np.array([0, 2]),
        np.array([np.nan, 10.0]),
        *([nothing] * 4),
        np.array([4, 0]),
    )
    (day,) = summed(buckets, Step.DAY)
    (hour,) = summed(buckets, Step.HOUR)
    assert (day.n, day.n_bad, day.value, day.low) == (2, 4, 10.0, 5.0)
    assert (hour.n, hour.n_bad) == (2, 0)


def test_a_day_without_readings_is_absent():
    first, second = hours_of(us(2026, 7, 1), 24), hours_of(us(2026, 7, 3), 24)
    columns = [
        np.concatenate((getattr(first, name), getattr(second, name)))
        for name in HourSeries.__slots__
    ]
    days = [p.start.day for p in summed(HourSeries(*columns), Step.DAY)]
    assert days == [1, 3]


def test_coverage_counts_only_what_could_have_come():
    buckets = hours_of(us(2026, 7, 1, 12), 6)
    bounds = Span(us(2026, 7, 1, 12), us(2026, 7, 2, 0))
    (day,) = summed(buckets, Step.DAY, bounds=bounds)
    assert day.coverage == pytest.approx(0.5)
    (unknown,) = summed(buckets, Step.DAY, gap_us=None)
    assert unknown.coverage is None


@pytest.mark.parametrize(
    ("aggregation", "days", "step"),
    [
        (Aggregation.MEAN, 400, Step.READINGS),
        (Aggregation.SUM, 1, Step.READINGS),
        (Aggregation.SUM, 7, Step.HOUR),
        (Aggregation.SUM, 365, Step.DAY),
        (Aggregation.SUM, 3000, Step.MONTH),
    ],
)
def test_counts_are_added_up_unless_somebody_chooses(aggregation, days, step):
    assert default_step(aggregation, Span(0, days * DAY_US)) is step


@pytest.mark.parametrize(
    ("step", "days", "fitting"),
    [
        (Step.HOUR, 30, Step.HOUR),
        (Step.HOUR, 365, Step.DAY),
        (Step.DAY, 365 * 8, Step.WEEK),
        (Step.READINGS, 365 * 8, Step.READINGS),
    ],
)
def test_a_step_that_would_be_too_fine_becomes_coarser(step, days, fitting):
    assert fitting_step(step, Span(0, days * DAY_US)) is fitting


def test_a_window_ends_now_while_the_series_speaks():
    now = us(2026, 7, 16, 14)
    assert window_span(Window.DAY, 0, now - HOUR_US, now) == Span(now - DAY_US, now)


def test_a_window_of_an_old_series_ends_with_its_last_reading():
    now, last = us(2026, 11, 26), us(2026, 8, 22)
    span = window_span(Window.WEEK, 0, last, now)
    assert span == Span(last + 1 - 7 * DAY_US, last + 1)


def test_without_readings_the_window_ends_now():
    assert window_span(Window.WEEK, None, None, 10 * DAY_US).end_us == 10 * DAY_US


def test_turned_ends_are_turned_back_and_an_empty_stretch_becomes_a_day():
    early, late = datetime(2026, 7, 1, tzinfo=BERLIN), datetime(2026, 7, 3, tzinfo=BERLIN)
    assert own_span(late, early, EVER) == Span(us(2026, 7, 1), us(2026, 7, 3))
    assert own_span(early, early, EVER).length_us == DAY_US


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step.DAY, Span(us(2026, 7, 15), us(2026, 7, 17))),
        (Step.WEEK, Span(us(2026, 7, 13), us(2026, 7, 20))),
        (Step.MONTH, Span(us(2026, 7, 1), us(2026, 8, 1))),
        (Step.HOUR, Span(us(2026, 7, 15, 14), us(2026, 7, 16, 15))),
    ],
)
def test_a_stretch_is_widened_to_whole_periods(step, expected):
    assert widened(Span(us(2026, 7, 15, 14, 30), us(2026, 7, 16, 14, 30)), step) == expected


def test_december_is_followed_by_january():
    assert next_start(period_start(date(2026, 12, 31), Step.MONTH), Step.MONTH) == date(2027, 1, 1)
