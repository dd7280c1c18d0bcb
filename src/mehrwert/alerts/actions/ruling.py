"""Rules: make, change, switch on and off, delete."""

from dataclasses import asdict, dataclass
from datetime import time
from typing import Any

from django.db import transaction

from mehrwert.alerts.actions.tasks import let_go
from mehrwert.alerts.choices import RuleKind, Severity
from mehrwert.alerts.errors import MissingSeriesError, NotNumericError, UnknownPlanError
from mehrwert.alerts.models import Alert, AlertInput, AlertRule, TaskPlan
from mehrwert.alerts.rules import Condition, condition_of, names_of, parse
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.observations import queries as observations


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """What somebody wants a rule to be; the fields are those of ``AlertRule``."""

    title: str
    kind: RuleKind
    threshold: float = 0.0
    hysteresis: float = 0.0
    hold_s: int = 0
    window_s: int = 0
    expression: str = ""
    others: tuple[tuple[str, int], ...] = ()
    damage_value: float | None = None
    severity: Severity = Severity.WARNING
    advice: str = ""
    recipients: tuple[str, ...] = ()
    escalate_to: tuple[str, ...] = ()
    escalate_after_s: int = 0
    quiet_from: time | None = None
    quiet_until: time | None = None
    plan_id: int | None = None

    @property
    def condition(self) -> Condition:
        """Return what the rule waits for."""
        return condition_of(
            self.kind,
            self.threshold,
            self.hysteresis,
            self.hold_s,
            self.window_s,
            self.expression,
        )

    def columns(self) -> dict[str, Any]:
        """Return the values as the table holds them."""
        values = asdict(self)
        del values["others"]
        return {
            **values,
            "kind": self.kind.value,
            "severity": self.severity.value,
            "recipients": list(self.recipients),
            "escalate_to": list(self.escalate_to),
        }

    def told(self) -> dict[str, Any]:
        """Return the values as the audit keeps them; addresses of people stay out."""
        values = self.columns() | {"others": dict(self.others)}
        for name in ("recipients", "escalate_to"):
            values[name] = len(values[name])
        for name in ("quiet_from", "quiet_until"):
            values[name] = None if values[name] is None else values[name].isoformat("minutes")
        return values


def create_rule(
    tenant_id: int, datastream_id: int, choice: RuleChoice, *, actor: Actor
) -> AlertRule:
    """Make a rule; it rests until ``switch_rule``.

    Raises:
        UnknownEntityError: No such series in the municipality.
        NotNumericError: The rule compares numbers and a series holds none.
        ExpressionError: The combined condition is none.
        MissingSeriesError: It names a series that was not chosen.
        UnknownPlanError: No such plan in the municipality.
    """
    _check(tenant_id, datastream_id, choice)
    with transaction.atomic():
        row = AlertRule.objects.create(
            tenant_id=tenant_id,
            datastream_id=datastream_id,
            created_us=now_us(),
            **choice.columns(),
        )
        _put_inputs(row, choice)
        _audit(row, actor, "create", after=choice.told())
    return row


def save_rule(row: AlertRule, choice: RuleChoice, *, actor: Actor) -> None:
    """Change a rule. One that watches begins anew with the next reading; an open alert ends.

    Raises:
        NotNumericError, ExpressionError, MissingSeriesError, UnknownPlanError: as ``create_rule``.
    """
    _check(row.tenant_id, row.datastream_id, choice)
    with transaction.atomic():
        locked = AlertRule.objects.select_for_update().get(pk=row.pk)
        before = choice_of(locked).told()
        for name, value in choice.columns().items():
            setattr(locked, name, value)
        if locked.is_active:
            _begin(locked)
        locked.save()
        _put_inputs(locked, choice)
        _audit(locked, actor, "update", before=before, after=choice.told())


def switch_rule(row: AlertRule, *, is_active: bool, actor: Actor) -> None:
    """Let a rule watch from the next reading on, or let it rest; an open alert ends."""
    with transaction.atomic():
        locked = AlertRule.objects.select_for_update().get(pk=row.pk)
        if locked.is_active == is_active:
            return
        locked.is_active = is_active
        _begin(locked)
        locked.save()
        _audit(locked, actor, "switch_on" if is_active else "rest")


def delete_rule(row: AlertRule, *, actor: Actor, is_forgotten: bool = False) -> None:
    """Delete a rule; what it raised stays in the list of alerts unless it ``is_forgotten``."""
    with transaction.atomic():
        locked = AlertRule.objects.select_for_update().get(pk=row.pk)
        _begin(locked)
        if is_forgotten:
            Alert.objects.filter(rule=locked).delete()
        _audit(locked, actor, "delete", before=choice_of(locked).told())
        locked.delete()


def choice_of(row: AlertRule) -> RuleChoice:
    """Return what a rule is."""
    names = [name for name in RuleChoice.__slots__ if name not in CONVERTED]
    return RuleChoice(
        **{name: getattr(row, name) for name in names},
        kind=RuleKind(row.kind),
        severity=Severity(row.severity),
        recipients=tuple(row.recipients),
        escalate_to=tuple(row.escalate_to),
        others=tuple(sorted(row.others().items())),
    )


CONVERTED = frozenset({"kind", "severity", "recipients", "escalate_to", "others"})


def _check(tenant_id: int, datastream_id: int, choice: RuleChoice) -> None:
    if choice.plan_id is not None and not TaskPlan.objects.filter(pk=choice.plan_id).exists():
        raise UnknownPlanError
    for series_id in (datastream_id, *dict(choice.others).values()):
        latest = observations.read_datastream(tenant_id, series_id).latest
        is_number = latest is None or isinstance(latest.result, int | float)
        if choice.kind is not RuleKind.SILENT and not is_number:
            raise NotNumericError
    if choice.kind is RuleKind.COMBINED:
        missing = names_of(parse(choice.expression)) - {"A", *dict(choice.others)}
        if missing:
            raise MissingSeriesError(name=min(missing))


def _put_inputs(row: AlertRule, choice: RuleChoice) -> None:
    AlertInput.objects.filter(rule=row).delete()
    AlertInput.objects.bulk_create(
        AlertInput(tenant_id=row.tenant_id, rule=row, name=name, datastream_id=series_id)
        for name, series_id in choice.others
    )


def _begin(row: AlertRule) -> None:
    """Forget where a rule stood: what was stored up to now raises nothing."""
    if row.open_alert_id is not None:
        Alert.objects.filter(pk=row.open_alert_id, ended_us=None).update(ended_us=now_us())
        let_go(Alert.objects.get(pk=row.open_alert_id))
    series = observations.read_datastream(row.tenant_id, row.datastream_id)
    row.open_alert, row.since_us = None, None
    row.last_us = series.last_time_us if series.n else None


def _audit(row: AlertRule, actor: Actor, verb: str, **values: Any) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="alert_rule",
        object_id=row.pk,
        label=row.title,
        tenant_id=row.tenant_id,
        **values,
    )
