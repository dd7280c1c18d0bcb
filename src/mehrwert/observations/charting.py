"""One stretch of one series made ready to be drawn, told and listed.

Page, points for the browser, picture and CSV all come from the same ``Plot``: they cannot differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from mehrwert.base.clock import now_us
from mehrwert.figures import Points
from mehrwert.observations.choices import Aggregation, Freshness, Quality
from mehrwert.observations.periods import (
    BERLIN,
    MOST_POINTS,
    Columns,
    Period,
    Span,
    Step,
    Window,
    absent_us,
    by_hour,
    default_step,
    fitting_step,
    midnight,
    own_span,
    periods_of,
    widened,
    window_span,
)
from mehrwert.observations.queries import (
    ChartSeries,
    DatastreamRow,
    count_flags,
    read_chart,
    read_ends,
    read_hours,
    read_local_days,
)
from mehrwert.observations.trend import Buckets, Reading, Trend, gap_places, silence_us, trend_of

SECOND_US = 1_000_000
PAGE_POINTS = 800


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see. ``step`` is None if nobody chose one."""

    window: Window
    span: Span
    step: Step | None
    points: int


@dataclass(frozen=True, slots=True)
class Plot:
    """A stretch ready to be shown.

    ``periods`` is set for sums of hours, days, weeks and months; ``chart`` for readings.
    ``is_coarser``: the step asked for would have been too many points.
    """

    series: DatastreamRow
    asked: Asked
    step: Step
    is_coarser: bool
    points: Points
    trend: Trend
    periods: tuple[Period, ...]
    chart: ChartSeries | None
    n_bad: int
    flags: dict[Quality, int] | None

    @property
    def is_bars(self) -> bool:
        """Say whether sums stand as bars: amounts belong to a stretch, not to an instant."""
        return bool(self.periods) and self.series.aggregation == Aggregation.SUM


def asked_of(query: Mapping[str, str], series: DatastreamRow, at_us: int | None = None) -> Asked:
    """Read from an address what is wanted; nonsense means the default.

    ``von`` and ``bis`` are seconds since 1970 (a zoomed chart) or local dates (a form); a day given
    as ``bis`` belongs to the stretch.
    """
    now = now_us() if at_us is None else at_us
    window = Window(query["zeitraum"]) if query.get("zeitraum") in set(Window) else Window.WEEK
    start, end = moment_of(query.get("von", "")), moment_of(query.get("bis", ""), is_end=True)
    if start or end:
        window = Window.OWN
    usual = window_span(
        Window.WEEK if window is Window.OWN else window,
        series.first_time_us,
        series.last_time_us,
        now,
    )
    span = own_span(start, end, usual) if window is Window.OWN else usual
    step = Step(query["stufe"]) if query.get("stufe") in set(Step) else None
    wanted = query.get("punkte", "")
    points = min(int(wanted), MOST_POINTS) if wanted.isdecimal() else PAGE_POINTS
    return Asked(window, span, step, max(points, 50))


def moment_of(text: str, *, is_end: bool = False) -> datetime | None:
    """Return the time that seconds, a local date or a local date with time mean; else None."""
    try:
        if text.isdecimal() and len(text) > 6:
            return datetime.fromtimestamp(int(text), tz=UTC)
        if len(text) == 10:
            day = date.fromisoformat(text)
            return midnight(day + timedelta(days=1) if is_end else day)
        moment = datetime.fromisoformat(text) if text else None
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=BERLIN) if moment and moment.tzinfo is None else moment


def plot_of(tenant_id: int, series: DatastreamRow, asked: Asked) -> Plot:
    """Fetch and prepare what is asked for."""
    aggregation = Aggregation(series.aggregation)
    wanted = asked.step or default_step(aggregation, asked.span)
    step = fitting_step(wanted, asked.span)
    if step is Step.READINGS:
        return _plot_readings(tenant_id, series, asked)
    return _plot_periods(tenant_id, series, asked, (wanted, step))


def _plot_periods(
    tenant_id: int, series: DatastreamRow, asked: Asked, steps: tuple[Step, Step]
) -> Plot:
    wanted, step = steps
    aggregation = Aggregation(series.aggregation)
    span = widened(asked.span, step)
    expected = expected_span(series, span)
    ends = (span.start_us, span.end_us)
    if step is Step.HOUR:
        columns = by_hour(read_hours(tenant_id, series.id, *ends))
    else:
        columns = read_local_days(tenant_id, series.id, *ends)
    periods = periods_of(columns, step, aggregation, gap_us=series.gap_us, bounds=expected)
    buckets = _period_buckets(periods, columns)
    absent = absent_us(periods, expected)
    return Plot(
        series=series,
        asked=Asked(asked.window, span, asked.step, asked.points),
        step=step,
        is_coarser=step is not wanted,
        points=_period_points(periods, is_bars=aggregation is Aggregation.SUM),
        trend=_trend(tenant_id, series, span, buckets, absent),
        periods=tuple(periods),
        chart=None,
        n_bad=int(columns.n_bad.sum()),
        flags=None,
    )


def _period_buckets(periods: list[Period], columns: Columns) -> Buckets:
    usable = columns.n > 0
    return Buckets(
        np.array([round(p.start.timestamp()) * SECOND_US for p in periods], dtype=np.int64),
        np.array([p.low for p in periods]),
        np.array([p.high for p in periods]),
        columns.sum[usable],
        columns.n[usable],
    )


def _plot_readings(tenant_id: int, series: DatastreamRow, asked: Asked) -> Plot:
    span = asked.span
    chart = read_chart(tenant_id, series.id, span.start_us, span.end_us, asked.points)
    flags = count_flags(tenant_id, series.id, span.start_us, span.end_us)
    buckets = Buckets(chart.t, chart.min, chart.max, chart.sum, chart.n)
    silence = silence_us(chart.t, chart.width_us, series.gap_us, expected_span(series, span))
    return Plot(
        series=series,
        asked=asked,
        step=Step.READINGS,
        is_coarser=False,
        points=_reading_points(chart, series.gap_us),
        trend=_trend(tenant_id, series, span, buckets, silence),
        periods=(),
        chart=chart,
        n_bad=0 if flags is None else flags.get(Quality.BAD, 0),
        flags=flags,
    )


def _trend(
    tenant_id: int, series: DatastreamRow, span: Span, buckets: Buckets, missing_us: int
) -> Trend:
    found = read_ends(tenant_id, series.id, span.start_us, span.end_us)
    ends = None
    if found is not None:
        ends = Reading(found.first_us, found.first), Reading(found.last_us, found.last)
    return trend_of(
        buckets,
        ends,
        aggregation=Aggregation(series.aggregation),
        length_us=expected_span(series, span).length_us,
        missing_us=missing_us,
    )


def expected_span(series: DatastreamRow, span: Span) -> Span:
    """Return the part of a stretch in which the series could have had readings."""
    first = span.start_us if series.first_time_us is None else series.first_time_us
    has_ended = series.state is Freshness.CLOSED
    gap = series.gap_us or 0
    last = (series.last_time_us or 0) + gap if has_ended else now_us()
    start = max(span.start_us, first)
    return Span(start, max(start, min(span.end_us, last)))


def _reading_points(chart: ChartSeries, gap_us: int | None) -> Points:
    breaks = gap_places(chart.t, chart.width_us, gap_us)
    times = chart.t / SECOND_US
    middle = (times[breaks - 1] + times[breaks]) / 2 if len(breaks) else times[:0]
    columns = [np.insert(column, breaks, np.nan) for column in (chart.mean, chart.min, chart.max)]
    mean, low, high = ([None if v != v else v for v in column.tolist()] for column in columns)
    return Points(np.insert(times, breaks, middle).tolist(), mean, low, high)


def _period_points(periods: list[Period], *, is_bars: bool) -> Points:
    """Return periods as points; missing ones leave a gap in a line, bars carry their ends."""
    if is_bars:
        starts = [period.start.timestamp() for period in periods]
        ends = [period.end.timestamp() for period in periods]
        return Points(starts, [period.value for period in periods], ends=ends)
    t: list[float] = []
    mean: list[float | None] = []
    low: list[float | None] = []
    high: list[float | None] = []
    for index, period in enumerate(periods):
        if index and periods[index - 1].end < period.start:
            t.append(periods[index - 1].end.timestamp())
            for column in (mean, low, high):
                column.append(None)
        t.append(period.start.timestamp())
        mean.append(period.value)
        low.append(period.low)
        high.append(period.high)
    return Points(t, mean, low, high)


def points_json(plot: Plot) -> dict[str, Any]:
    """Return what ``base/chart.js`` draws: seconds, values of seven digits, gaps as null."""
    points = plot.points
    answer: dict[str, Any] = {
        "unit": plot.series.unit_symbol or "",
        "step": plot.step.value,
        "kind": "bars" if plot.is_bars else "line",
        "t": list(points.t),
        "mean": [_short(value) for value in points.mean],
    }
    if plot.is_bars:
        answer["ends"] = list(points.ends)
    else:
        answer["min"] = [_short(value) for value in points.low]
        answer["max"] = [_short(value) for value in points.high]
    return answer


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.7g}")
