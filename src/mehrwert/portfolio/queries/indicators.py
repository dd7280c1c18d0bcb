"""Reads indicators, their values, the baseline, and the figures of the dashboard."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Q, QuerySet

from mehrwert.base.clock import from_us, to_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.observations.queries import (
    Bucket,
    BucketSize,
    list_datastreams,
    read_buckets_of_time,
)
from mehrwert.portfolio.choices.indicators import IndicatorType, Origin
from mehrwert.portfolio.models import (
    Baseline,
    DashboardFigure,
    Indicator,
    IndicatorValue,
    IndicatorVersion,
    Project,
)
from mehrwert.portfolio.rules.indicators import (
    Version,
    is_alarm,
    is_met,
    is_stale,
    same_series,
)
from mehrwert.portfolio.rules.periods import add_months
from mehrwert.portfolio.rules.ruleset import PORTFOLIO

SPARK_PERIODS = 13
MONTHS_BACK = 36
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator as it stands today.

    ``values`` are the newest of their periods in order, only those that may be compared with the
    last one. ``last`` is None if there never was a value.
    """

    indicator: Indicator
    version: IndicatorVersion
    values: tuple[IndicatorValue, ...]
    is_stale: bool

    @property
    def last(self) -> IndicatorValue | None:
        """Return the newest value."""
        return self.values[-1] if self.values else None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the dashboard with its target."""

    row: DashboardFigure
    shown: Shown
    is_met: bool | None
    is_alarm: bool


def list_indicators(project: Project | None = None) -> "QuerySet[Indicator]":
    """Return indicators with their newest definition: of one project or of all."""
    rows = Indicator.objects.select_related("current", "project").filter(current__isnull=False)
    rows = rows.order_by("current__name", "pk")
    return rows if project is None else rows.filter(project=project)


def has_outcome(project: Project) -> bool:
    """Say whether an indicator of the project shows an effect (EVI-21)."""
    kinds = (IndicatorType.OUTCOME.value, IndicatorType.IMPACT.value)
    return Indicator.objects.filter(project=project, current__type__in=kinds).exists()


def list_versions(indicator: Indicator) -> list[IndicatorVersion]:
    """Return all definitions of an indicator, the oldest first."""
    return list(IndicatorVersion.objects.filter(indicator=indicator).order_by("number"))


def plain_versions(rows: Iterable[IndicatorVersion]) -> list[Version]:
    """Return versions as the rules compare them."""
    return [Version(v.number, v.valid_from, v.breaks_series, v.break_reason) for v in rows]


def newest_values(
    versions: Sequence[int], *, since: date | None = None
) -> dict[int, list[IndicatorValue]]:
    """Return version → the value of each period that stands, in order; one statement."""
    rows = IndicatorValue.objects.filter(version__in=versions)
    if since is not None:
        rows = rows.filter(period__gte=since)
    found: dict[int, list[IndicatorValue]] = {}
    for value in standing(newest_of_each(rows, "version"), lambda one: one.version_id):
        found.setdefault(value.version_id, []).append(value)
    return found


def newest_of_each(rows: "QuerySet[IndicatorValue]", series: str) -> "QuerySet[IndicatorValue]":
    """Return the newest own and the newest association value of each period, by period."""
    is_shared = Q(origin=Origin.ASSOCIATION.value)
    newest = rows.values(series, "period").annotate(
        own=Max("pk", filter=~is_shared), shared=Max("pk", filter=is_shared)
    )
    picked = Q(pk__in=newest.values("own")) | Q(pk__in=newest.values("shared"))
    return IndicatorValue.objects.filter(picked).order_by("period", "pk")


def standing(
    rows: Iterable[IndicatorValue], series_of: Callable[[IndicatorValue], Any]
) -> list[IndicatorValue]:
    """Return one value for each period: the own one, else that of the association (EVI-27)."""
    found: dict[tuple[Any, date], IndicatorValue] = {}
    for value in rows:
        place = (series_of(value), value.period)
        before = found.get(place)
        if before is None or _rank(value) >= _rank(before):
            found[place] = value
    return sorted(found.values(), key=_by_period)


def _rank(value: IndicatorValue) -> int:
    """Return 2 for an own value, 1 for one of the association, 0 for none."""
    if value.value is None:
        return 0
    return 1 if value.origin == Origin.ASSOCIATION.value else 2


def show_all(indicators: Sequence[Indicator], today: date) -> list[Shown]:
    """Return indicators as they stand today; two statements for any number of them."""
    versions: dict[int, list[IndicatorVersion]] = {}
    for row in IndicatorVersion.objects.filter(indicator__in=[i.pk for i in indicators]):
        versions.setdefault(row.indicator_id, []).append(row)
    every = [v.pk for rows in versions.values() for v in rows]
    values = newest_values(every, since=add_months(today.replace(day=1), -36))
    return [_shown(one, versions.get(one.pk, []), values, today) for one in indicators]


def _shown(
    indicator: Indicator,
    versions: list[IndicatorVersion],
    values: dict[int, list[IndicatorValue]],
    today: date,
) -> Shown:
    current = indicator.current
    assert current is not None
    every = sorted((v for row in versions for v in values.get(row.pk, [])), key=_by_period)
    if every:
        start, end = same_series(plain_versions(versions), every[-1].period)
        every = [v for v in every if _within(v.period, start, end)]
    limits = PORTFOLIO.stale_months
    last = every[-1].period if every else None
    stale = last is None or is_stale(last, current.delay_class, today, limits)
    return Shown(indicator, current, tuple(every[-SPARK_PERIODS:]), stale)


def _by_period(value: IndicatorValue) -> tuple[date, int]:
    return value.period, value.pk


def _within(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def list_values(indicator: Indicator) -> "QuerySet[IndicatorValue]":
    """Return every value ever entered, newest period and newest entry first."""
    rows = IndicatorValue.objects.select_related("version").filter(version__indicator=indicator)
    return rows.order_by("-period", "-pk")


def read_baseline(project: Project) -> Baseline | None:
    """Return the frozen values from before the start."""
    return Baseline.objects.select_related("version").filter(project=project).first()


def list_figures(today: date) -> list[Figure]:
    """Return the figures of the dashboard in their order; three statements."""
    rows = list(
        DashboardFigure.objects.select_related("indicator__current", "indicator__project").order_by(
            "position", "pk"
        )
    )
    shown = show_all([row.indicator for row in rows], today)
    return [_figure(row, one) for row, one in zip(rows, shown, strict=True)]


def _figure(row: DashboardFigure, shown: Shown) -> Figure:
    last = shown.last
    if last is None or last.value is None or shown.is_stale:
        return Figure(row, shown, None, False)
    better = shown.version.good_direction
    return Figure(
        row,
        shown,
        is_met(last.value, row.target, better),
        is_alarm(last.value, row.alarm_limit, better),
    )


def values_before(indicator: Indicator, day: date) -> list[IndicatorValue]:
    """Return the newest values of periods before the month of a day that may be compared."""
    versions = list_versions(indicator)
    found = newest_values([v.pk for v in versions])
    every = sorted((v for rows in found.values() for v in rows), key=_by_period)
    start, _end = same_series(plain_versions(versions), day)
    first = day.replace(day=1)
    return [
        v
        for v in every
        if v.value is not None and v.period < first and _within(v.period, start, None)
    ]


def months_to_take(indicator: Indicator, today: date) -> list[tuple[date, float]]:
    """Return monthly values of the series behind an indicator that were not taken over yet."""
    current = indicator.current
    if current is None or current.datastream_id is None or current.period != "month":
        return []
    tenant_id = current_tenant_id()
    streams = list_datastreams(tenant_id, ids=[current.datastream_id])
    if not streams:
        return []
    known = IndicatorValue.objects.filter(version__indicator=indicator, value__isnull=False)
    there = set(known.values_list("period", flat=True))
    last = today.replace(day=1)
    first = add_months(last, -MONTHS_BACK)
    buckets = read_buckets_of_time(
        tenant_id, streams[0].id, BucketSize(unit="month"), _us(first), _us(last)
    )
    found = [(_month(bucket.start_us), _of(bucket, streams[0].aggregation)) for bucket in buckets]
    return [(month, value) for month, value in found if month not in there]


def _of(bucket: Bucket, aggregation: str) -> float:
    return {"sum": bucket.sum, "last": bucket.last}.get(aggregation, bucket.mean)


def _month(at_us: int) -> date:
    return from_us(at_us).astimezone(BERLIN).date().replace(day=1)


def _us(day: date) -> int:
    return to_us(datetime.combine(day, time(), tzinfo=BERLIN))
