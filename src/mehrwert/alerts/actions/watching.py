"""Rules look at new readings and at the clock. Called twice, nothing is raised twice.

The state of a rule, its alert, the messages and the event are written in one transaction, under a
lock on the rule: a restart in between repeats nothing and forgets nothing.
"""

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.db.models import Q

from mehrwert.alerts.actions.sending import plan_messages
from mehrwert.alerts.actions.tasks import follow_up, let_go
from mehrwert.alerts.choices import Change, RuleKind, Step
from mehrwert.alerts.events import AlertEnded, AlertRaised
from mehrwert.alerts.models import Alert, AlertRule
from mehrwert.alerts.queries import read_readings
from mehrwert.alerts.rules import (
    Moment,
    State,
    advance,
    advance_clock,
    advance_combined,
    lead_in_us,
)
from mehrwert.base.actions import emit, publish_live
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.observations.errors import UnknownEntityError

TOPIC = "alerts"
LOW = frozenset({RuleKind.BELOW, RuleKind.FALLS})


def look_at_readings(tenant_id: int, datastream_ids: Iterable[int]) -> int:
    """Let the rules of some series go on with what was stored since; return how many changed.

    Readings that come late, before the last one a rule has seen, raise nothing any more.
    """
    with tenant_scope(tenant_id):
        ids = list(datastream_ids)
        own = Q(datastream_id__in=ids) | Q(inputs__datastream_id__in=ids)
        rules = AlertRule.objects.filter(own, is_active=True).distinct()
        return sum(_look(rule_id) for rule_id in list(rules.values_list("pk", flat=True)))


def look_at_clock(at_us: int | None = None) -> int:
    """Let the rules of all municipalities that wait for silence go on; return how many changed."""
    at = now_us() if at_us is None else at_us
    rows = AlertRule._base_manager.filter(
        kind=RuleKind.SILENT.value, is_active=True, open_alert=None, last_us__isnull=False
    ).values_list("pk", "tenant_id", "last_us", "hold_s")
    changed = 0
    for rule_id, tenant_id, last, hold_s in rows.iterator():
        if last is not None and at - last > hold_s * 1_000_000:
            with tenant_scope(tenant_id):
                changed += _look(rule_id, at)
    return changed


def _look(rule_id: int, clock_us: int | None = None) -> bool:
    with transaction.atomic():
        rule = AlertRule.objects.select_for_update().filter(pk=rule_id, is_active=True).first()
        if rule is None:
            return False
        state, moments = _go_on(rule, clock_us)
        if state == rule.state and not moments:
            return False
        for moment in moments:
            if moment.change is Change.RAISED:
                _raise(rule, moment)
            else:
                _end(rule, moment)
        rule.last_us, rule.since_us = state.last_us, state.since_us
        rule.save(update_fields=["last_us", "since_us", "open_alert"])
        return bool(moments)


def _go_on(rule: AlertRule, clock_us: int | None) -> tuple[State, list[Moment]]:
    condition, state = rule.condition, rule.state
    start = 0 if state.last_us is None else state.last_us - lead_in_us(condition)
    try:
        times, values = read_readings(rule.tenant_id, rule.datastream_id, start)
    except UnknownEntityError:
        return state, []
    _keep_peak(rule, times, values)
    if condition.kind is RuleKind.COMBINED:
        series = {"A": (times, values), **_others(rule, start)}
        return advance_combined(condition, state, series)
    state, moments = advance(condition, state, times, values)
    if clock_us is not None:
        state, by_clock = advance_clock(condition, state, clock_us)
        moments += by_clock
    return state, moments


def _others(rule: AlertRule, start_us: int) -> dict[str, tuple[list[int], list[float]]]:
    """Return the readings of the further series; one that was deleted has none."""
    found = {}
    for name, datastream_id in rule.others().items():
        with suppress(UnknownEntityError):
            found[name] = read_readings(rule.tenant_id, datastream_id, start_us)
    return found


def _keep_peak(rule: AlertRule, times: list[int], values: list[float]) -> None:
    alert = rule.open_alert
    if alert is None or alert.peak is None:
        return
    seen = [v for t, v in zip(times, values, strict=True) if t >= alert.began_us]
    furthest = min if rule.kind in LOW else max
    peak = furthest([alert.peak, *seen])
    if peak != alert.peak:
        Alert.objects.filter(pk=alert.pk).update(peak=peak)


def _raise(rule: AlertRule, moment: Moment) -> None:
    alert, is_new = Alert.objects.get_or_create(
        tenant_id=rule.tenant_id,
        rule=rule,
        began_us=moment.at_us,
        defaults={
            "datastream_id": rule.datastream_id,
            "title": rule.title,
            "kind": rule.kind,
            "severity": rule.severity,
            "advice": rule.advice,
            "raised_us": now_us(),
            "value": moment.value,
            "peak": moment.value,
        },
    )
    rule.open_alert = alert
    if not is_new:
        return
    plan_messages(rule, alert, Step.FIRST, rule.recipients, now_us())
    if rule.escalate_to:
        due = now_us() + rule.escalate_after_s * 1_000_000
        plan_messages(rule, alert, Step.ESCALATED, rule.escalate_to, due)
    follow_up(rule, alert)
    emit(
        AlertRaised(
            alert.pk, rule.pk, rule.datastream_id, rule.severity, moment.at_us, moment.value
        ),
        tenant_id=rule.tenant_id,
    )
    publish_live(rule.tenant_id, TOPIC, {"alert": alert.pk, "state": "raised"})


def _end(rule: AlertRule, moment: Moment) -> None:
    alert = rule.open_alert
    rule.open_alert = None
    if alert is None:
        return
    Alert.objects.filter(pk=alert.pk, ended_us=None).update(ended_us=moment.at_us)
    let_go(alert)
    plan_messages(rule, alert, Step.ENDED, rule.recipients, now_us())
    emit(AlertEnded(alert.pk, rule.pk, rule.datastream_id, moment.at_us), tenant_id=rule.tenant_id)
    publish_live(rule.tenant_id, TOPIC, {"alert": alert.pk, "state": "ended"})
