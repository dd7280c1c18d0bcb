"""What the page of a use case knows: latest values, limits of rules, pace, alerts that last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mehrwert.alerts.choices import RuleKind, Shape, Standing
from mehrwert.alerts.models import Alert, AlertRule, Maintenance
from mehrwert.alerts.rules import Outlook, outlook, slope_per_h
from mehrwert.alerts.use_cases import UseCase
from mehrwert.observations import queries as observations
from mehrwert.observations.choices import Freshness
from mehrwert.observations.queries import SeriesGlance, ThingGlance

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
MOST_COUNTED = 60
# a „hot day“ of the Deutscher Wetterdienst reaches it; counts where no rule names another limit
HOT_C = 30.0
ORDER = (
    Standing.DUE,
    Standing.SOON,
    Standing.SILENT,
    Standing.FINE,
    Standing.NO_LIMIT,
    Standing.EMPTY,
)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One series of a use case as it stands now.

    Attributes:
        thing: Where it is measured.
        series: The series.
        day: (hour, mean) of the 24 hours before its latest reading.
        limit: Where the first of its rules is met; None = no such rule watches.
        rule_id: That rule.
        alert: The heaviest alert of the series that lasts.
        pace: Change per hour lately, in its unit.
        outlook: How it stands against the limit.
    """

    thing: ThingGlance
    series: SeriesGlance
    day: tuple[tuple[int, float], ...]
    limit: float | None
    rule_id: int | None
    alert: Alert | None
    pace: float | None
    outlook: Outlook

    @property
    def value(self) -> float | None:
        """Return the latest value, None if there is no number."""
        value = self.series.value
        return float(value) if isinstance(value, int | float) else None


@dataclass(frozen=True, slots=True)
class HeatMonth:
    """30 days of hourly means: how many lay above a limit, and what nine in ten stayed below."""

    limit: float
    n_hot: int
    ninth: float


@dataclass(frozen=True, slots=True)
class CountRow:
    """What one place counted on its last whole day, and on the same day a week before."""

    thing: ThingGlance
    series: SeriesGlance
    day: int | None
    total: float | None
    before: float | None
    last_days: tuple[float | None, ...]


def list_maintenance(thing_ids: Iterable[int] | None = None) -> list[Maintenance]:
    """Return what must be done again and again by name, of these things or of all."""
    rows = Maintenance.objects.select_related("plan").order_by("title", "pk")
    return list(rows if thing_ids is None else rows.filter(thing_id__in=list(thing_ids)))


def read_situation(
    tenant_id: int, cases: Sequence[UseCase]
) -> list[tuple[UseCase, list[CaseRow] | list[CountRow]]]:
    """Return every use case with its rows; the things of the municipality are read once."""
    things = observations.list_glances(tenant_id)
    return [
        (
            case,
            read_counts(tenant_id, case, things)
            if case.shape is Shape.COUNTS
            else read_case(tenant_id, case, things),
        )
        for case in cases
    ]


def read_case(
    tenant_id: int, case: UseCase, things: Sequence[ThingGlance] | None = None
) -> list[CaseRow]:
    """Return the series of a use case, the most urgent first; ``things`` spares a look."""
    pairs = _pairs(tenant_id, case, things)
    if not pairs:
        return []
    ids = [series.id for _, series in pairs]
    limits = _limits(case, ids)
    alerts = _alerts(ids)
    days = observations.read_last_days(tenant_id, ids)
    rows = [
        _row(case, thing, series, days.get(series.id, ()), limits.get(series.id), alerts)
        for thing, series in pairs
    ]
    return sorted(rows, key=_urgency if case.shape is not Shape.RANKING else _by_value)


def read_heat(tenant_id: int, rows: Sequence[CaseRow]) -> dict[int, HeatMonth]:
    """Return by series what the 30 days before the newest reading were like."""
    newest = max((row.series.last_time_us or 0 for row in rows), default=0)
    if not newest:
        return {}
    end = (newest // HOUR_US + 1) * HOUR_US
    means = observations.read_hour_means(
        tenant_id, [row.series.id for row in rows], end - 30 * DAY_US, end
    )
    limits = {row.series.id: HOT_C if row.limit is None else row.limit for row in rows}
    return {
        number: HeatMonth(
            limits[number],
            int((found.means > limits[number]).sum()),
            float(np.percentile(found.means, 90)),
        )
        for number, found in means.items()
        if len(found.means)
    }


def read_counts(
    tenant_id: int, case: UseCase, things: Sequence[ThingGlance] | None = None
) -> list[CountRow]:
    """Return what places counted on their last whole day, the largest first.

    One series stands for a place: the first of its properties, in general the sum of all channels.
    """
    first: dict[int, tuple[ThingGlance, SeriesGlance]] = {}
    for thing, series in _pairs(tenant_id, case, things):
        first.setdefault(thing.id, (thing, series))
    rows = [_count_row(tenant_id, *pair) for pair in list(first.values())[:MOST_COUNTED]]
    return sorted(rows, key=lambda row: (row.total is None, -(row.total or 0), row.thing.name))


def _pairs(
    tenant_id: int, case: UseCase, things: Sequence[ThingGlance] | None
) -> list[tuple[ThingGlance, SeriesGlance]]:
    things = observations.list_glances(tenant_id) if things is None else things
    return [(thing, series) for thing in things for series in _fitting(case, thing)]


def _fitting(case: UseCase, thing: ThingGlance) -> list[SeriesGlance]:
    """Return the series of a thing that belong to a use case; monthly figures do not."""
    return [
        series
        for series in thing.series
        if case.has(series.property_name) and (series.gap_us or 0) < 7 * DAY_US
    ]


def _limits(case: UseCase, ids: Sequence[int]) -> dict[int, tuple[float, int]]:
    """Return by series the limit that is reached first, and its rule."""
    kind = RuleKind.BELOW if case.is_low_bad else RuleKind.ABOVE
    found: dict[int, tuple[float, int]] = {}
    rules = AlertRule.objects.filter(datastream_id__in=ids, kind=kind.value, is_active=True)
    for series_id, limit, pk in rules.values_list("datastream_id", "threshold", "pk"):
        known = found.get(series_id)
        if known is None or (limit > known[0] if case.is_low_bad else limit < known[0]):
            found[series_id] = (limit, pk)
    return found


def _alerts(ids: Sequence[int]) -> dict[int, Alert]:
    lasting = Alert.objects.filter(datastream_id__in=ids, ended_us=None).order_by("began_us", "pk")
    found: dict[int, Alert] = {}
    heavy = {"alarm": 0, "warning": 1}
    for alert in sorted(lasting, key=lambda a: heavy.get(a.severity, 2)):
        found.setdefault(alert.datastream_id, alert)
    return found


def _row(
    case: UseCase,
    thing: ThingGlance,
    series: SeriesGlance,
    hours: Sequence[tuple[int, int, float, float]],
    limit: tuple[float, int] | None,
    alerts: Mapping[int, Alert],
) -> CaseRow:
    pace = slope_per_h([h for h, *_ in hours], [last for *_, last in hours], case.pace_h)
    value, edge = series.value, limit[0] if limit else None
    if not series.n or not isinstance(value, int | float):
        found = Outlook(Standing.EMPTY)
    elif series.state in {Freshness.SILENT, Freshness.CLOSED}:
        found = Outlook(Standing.SILENT)
    else:
        found = outlook(float(value), pace, edge, is_low_bad=case.is_low_bad, soon_h=case.soon_h)
    return CaseRow(
        thing,
        series,
        tuple((hour, total / n) for hour, n, total, _ in hours),
        edge,
        limit[1] if limit else None,
        alerts.get(series.id),
        pace,
        found,
    )


def _urgency(row: CaseRow) -> tuple[int, float, str]:
    at = row.outlook
    near = at.hours if at.standing is Standing.SOON else at.left
    return (ORDER.index(at.standing), near if near is not None else 0.0, row.thing.name)


def _by_value(row: CaseRow) -> tuple[bool, float, str]:
    is_known = row.value is not None and row.outlook.standing is not Standing.SILENT
    return (not is_known, -(row.value or 0.0), row.thing.name)


def _count_row(tenant_id: int, thing: ThingGlance, series: SeriesGlance) -> CountRow:
    if series.last_time_us is None:
        return CountRow(thing, series, None, None, None, ())
    end = (series.last_time_us // HOUR_US + 1) * HOUR_US
    days = observations.read_local_days(tenant_id, series.id, end - 16 * DAY_US, end)
    totals = dict(zip(days.keys.tolist(), days.sum.tolist(), strict=True))
    last = max(totals, default=None)
    if last is None:
        return CountRow(thing, series, None, None, None, ())
    whole = last - 1
    shown = tuple(totals.get(day) for day in range(whole - 13, whole + 1))
    return CountRow(thing, series, whole, totals.get(whole), totals.get(whole - 7), shown)
