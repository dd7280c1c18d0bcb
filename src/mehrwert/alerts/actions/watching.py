"""Rules look at new readings and at the clock. Called twice, nothing is raised twice.

The state of a rule, its alert, the messages, the round and the event are written in one
transaction, under a lock on the rule: a restart in between repeats nothing and forgets nothing.
Rules of one batch share their readings. How far a rule has read without anything happening is kept
in memory (``seen.py``) and written now and then: after a restart it reads that stretch again.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from mehrwert.alerts.actions.seen import Seen
from mehrwert.alerts.actions.sending import plan_messages
from mehrwert.alerts.actions.standing import Rule, Standing, rules_on, standing_of
from mehrwert.alerts.actions.tasks import follow_up, let_go
from mehrwert.alerts.choices import Change, RuleKind, Step
from mehrwert.alerts.events import AlertEnded, AlertRaised
from mehrwert.alerts.models import Alert, AlertInput, AlertRule
from mehrwert.alerts.queries import read_readings_of
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

TOPIC = "alerts"
# rules per look
AT_ONCE = 1_000
seen = Seen()
LOW = frozenset({RuleKind.BELOW, RuleKind.FALLS})


def look_at_readings(tenant_id: int, datastream_ids: Iterable[int]) -> int:
    """Let the rules of some series go on with what was stored since; return how many changed.

    Readings that come late, before the last one a rule has seen, raise nothing any more.
    """
    with tenant_scope(tenant_id):
        pks = rules_on(datastream_ids)
        return sum(_look(pks[i : i + AT_ONCE]) for i in range(0, len(pks), AT_ONCE))


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
                changed += _look([rule_id], at)
    return changed


class _Readings:
    """What the rules of one batch may look at; each series is read once, all of them together."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.inputs = _inputs(rules)
        lasting = [rule.open_alert_id for rule in rules if rule.open_alert_id is not None]
        self.alerts = Alert.objects.in_bulk(lasting) if lasting else {}
        starts: dict[int, int] = {}
        for rule in rules:
            start = _start(rule, seen.state_of(rule))
            for series_id in (rule.datastream_id, *self.inputs.get(rule.pk, {}).values()):
                starts[series_id] = min(start, starts.get(series_id, start))
        self._read = read_readings_of(rules[0].tenant_id, starts) if rules else {}

    def of(self, series_id: int) -> tuple[list[int], list[float]] | None:
        """Return times and values, None for a series that was deleted."""
        return self._read.get(series_id)


def _look(pks: Sequence[int], clock_us: int | None = None) -> int:
    """Let some rules go on; only those that change are looked at again under a lock.

    Most readings change nothing: these rules need no transaction but a note of where they stand.
    """
    rules = standing_of(pks)
    readings = _Readings(rules)
    quiet, loud = [], []
    for rule in rules:
        state, moments = _go_on(rule, readings, clock_us)
        if moments:
            loud.append(rule.pk)
        elif seen.must_be_written(rule, state):
            quiet.append((state, rule))
        else:
            seen.keep(rule, state)
    _note(quiet)
    return _change(loud, clock_us) if loud else 0


def _note(quiet: Sequence[tuple[State, Standing]]) -> None:
    """Write where rules stand that nobody has changed meanwhile; the others look again later."""
    if not quiet:
        return
    table = AlertRule._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET last_us=%s, since_us=%s WHERE id=%s AND is_active"
            " AND last_us IS NOT DISTINCT FROM %s AND since_us IS NOT DISTINCT FROM %s",
            [
                (state.last_us, state.since_us, rule.pk, rule.last_us, rule.since_us)
                for state, rule in sorted(quiet, key=lambda pair: pair[1].pk)
            ],
        )


def _change(pks: Sequence[int], clock_us: int | None) -> int:
    """Raise and end alerts in one transaction, the rules locked in the order of their ids."""
    changed = 0
    with transaction.atomic():
        active = AlertRule.objects.filter(pk__in=pks, is_active=True).order_by("pk")
        locked = active.select_for_update()
        rules = list(locked.prefetch_related("open_alert"))
        readings = _Readings(rules)
        for rule in rules:
            state, moments = _go_on(rule, readings, clock_us)
            for moment in moments:
                (_raise if moment.change is Change.RAISED else _end)(rule, moment)
            rule.last_us, rule.since_us = state.last_us, state.since_us
            rule.save(update_fields=["last_us", "since_us", "open_alert"])
            changed += bool(moments)
    return changed


def _go_on(rule: Rule, readings: _Readings, clock_us: int | None) -> tuple[State, list[Moment]]:
    condition, state = rule.condition, seen.state_of(rule)
    own = readings.of(rule.datastream_id)
    if own is None:
        return state, []
    if rule.open_alert_id is not None:
        _keep_peak(rule, readings.alerts.get(rule.open_alert_id), *own)
    if condition.kind is RuleKind.COMBINED:
        others = {name: readings.of(n) for name, n in readings.inputs.get(rule.pk, {}).items()}
        known = {name: column for name, column in others.items() if column is not None}
        return advance_combined(condition, state, {"A": own, **known})
    state, moments = advance(condition, state, *own)
    if clock_us is not None:
        state, by_clock = advance_clock(condition, state, clock_us)
        moments += by_clock
    return state, moments


def _inputs(rules: Sequence[Rule]) -> dict[int, dict[str, int]]:
    """Return the further series of combined rules by name, for each of the rules."""
    combined = [rule.pk for rule in rules if rule.kind == RuleKind.COMBINED.value]
    found: dict[int, dict[str, int]] = {}
    for row in AlertInput.objects.filter(rule_id__in=combined) if combined else ():
        found.setdefault(row.rule_id, {})[row.name] = row.datastream_id
    return found


def _start(rule: Rule, state: State) -> int:
    """Return from when on a rule needs to see readings, in µs."""
    return 0 if state.last_us is None else state.last_us - lead_in_us(rule.condition)


def _keep_peak(rule: Rule, alert: Alert | None, times: list[int], values: list[float]) -> None:
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
