"""Reads rules, alerts, the past as a rule would have seen it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Case, QuerySet, When

from mehrwert.alerts.choices import RuleKind, Severity
from mehrwert.alerts.models import Alert, AlertRule, Message
from mehrwert.alerts.rules import Backtest, Condition, replay, replay_silence
from mehrwert.base.clock import now_us
from mehrwert.observations import queries as observations
from mehrwert.observations.choices import Quality

DAY_US = 86_400_000_000
MOST_READINGS = 500_000
_WORST_FIRST = Case(
    When(severity=Severity.ALARM.value, then=0),
    When(severity=Severity.WARNING.value, then=1),
    default=2,
)


@dataclass(frozen=True, slots=True)
class Past:
    """A back-test of ``n`` readings between ``start_us`` and ``end_us``."""

    backtest: Backtest
    n: int
    start_us: int
    end_us: int


def list_rules() -> "QuerySet[AlertRule]":
    """Return the rules of the municipality by title."""
    return AlertRule.objects.order_by("title", "pk")


def list_alerts(*, is_open: bool | None = None) -> "QuerySet[Alert]":
    """Return alerts, newest first; or only those that are over.

    Those that last come by severity, the oldest of each first: what is wrong now.
    """
    rows = Alert.objects.select_related("rule")
    if is_open is not None:
        rows = rows.filter(ended_us__isnull=is_open)
    if is_open:
        return rows.order_by(_WORST_FIRST, "began_us", "pk")
    return rows.order_by("-began_us", "-pk")


def count_open() -> int:
    """Return how many alerts last."""
    return Alert.objects.filter(ended_us=None).count()


def list_messages(alert: Alert) -> list[Message]:
    """Return what went out for an alert, and what waits to go out."""
    return list(Message.objects.filter(alert=alert).order_by("due_us", "pk"))


def list_tests(rule: AlertRule, limit: int = 20) -> list[Message]:
    """Return the newest messages that only tried the ways of a rule."""
    return list(Message.objects.filter(rule=rule, alert=None).order_by("-pk")[:limit])


def count_given_up() -> int:
    """Return how many messages of alerts that last never got to where they should."""
    lost = Message.objects.filter(sent_us=None, dropped_us__isnull=False, alert__ended_us=None)
    return lost.exclude(alert=None).exclude(error="").count()


def read_readings(
    tenant_id: int, datastream_id: int, start_us: int, end_us: int | None = None
) -> tuple[list[int], list[float]]:
    """Return times and values that a rule may look at: numbers that nobody called wrong."""
    return _usable(observations.read_series(tenant_id, datastream_id, start_us, end_us))


def read_readings_of(
    tenant_id: int, starts_us: Mapping[int, int]
) -> dict[int, tuple[list[int], list[float]]]:
    """Return what rules may look at of several series, of each from a time of its own on."""
    found = observations.read_many(tenant_id, starts_us)
    return {number: _usable(series) for number, series in found.items()}


def _usable(series: observations.Series) -> tuple[list[int], list[float]]:
    usable = np.isfinite(series.values) & (series.qualities != Quality.BAD)
    return series.times_us[usable].tolist(), series.values[usable].tolist()


def try_values(
    condition: Condition,
    times_us: Sequence[int],
    values: Sequence[float],
    *,
    damage_value: float | None = None,
) -> Past:
    """Run a rule over readings that nobody has stored; not for combined rules.

    Args:
        condition: The rule.
        times_us: Rising times, µs.
        values: Readings, as long as ``times_us``.
        damage_value: Where damage begins; None = unknown.
    """
    first, last = (times_us[0], times_us[-1]) if times_us else (0, 0)
    if condition.kind is RuleKind.SILENT:
        tested = replay_silence(condition, times_us, values)
    else:
        tested = replay(condition, times_us, values, damage_value)
    return Past(tested, len(times_us), first, last)


def try_out(
    tenant_id: int,
    datastream_id: int,
    condition: Condition,
    *,
    days: int,
    damage_value: float | None = None,
    others: Mapping[str, int] | None = None,
) -> Past:
    """Run a rule over the newest days of a series, as if it had been there.

    Args:
        tenant_id: The municipality that asks.
        datastream_id: The series.
        condition: The rule.
        days: How far back from its latest reading.
        damage_value: Where damage begins; None = unknown, then nothing is judged.
        others: Further series of a combined rule, by name.

    Raises:
        UnknownEntityError: No such series in the municipality.
    """
    about = observations.read_datastream(tenant_id, datastream_id)
    end = (about.last_time_us if about.n else None) or now_us()
    start = end - days * DAY_US
    times, values = read_readings(tenant_id, datastream_id, start, end + 1)
    times, values = times[-MOST_READINGS:], values[-MOST_READINGS:]
    if condition.kind is RuleKind.SILENT:
        return Past(replay_silence(condition, times, values), len(times), start, end)
    more = {
        name: read_readings(tenant_id, series_id, start, end + 1)
        for name, series_id in (others or {}).items()
    }
    tested = replay(condition, times, values, damage_value, more)
    return Past(tested, len(times), start, end)
