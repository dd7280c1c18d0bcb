"""Messages: who gets one and when."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mehrwert.alerts.choices import Severity, Step
from mehrwert.alerts.models import Alert, AlertRule, Message
from mehrwert.alerts.rules import due_at
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us, to_us
from mehrwert.base.wakeup import wake

BELL = "alerts"


def plan_messages(
    rule: AlertRule, alert: Alert, step: Step, addresses: Iterable[str], due_us: int
) -> None:
    """Put messages into the queue, after the quiet hours if they must wait."""
    quiet = None
    if rule.quiet_from is not None and rule.quiet_until is not None:
        quiet = (rule.quiet_from, rule.quiet_until)
    zone = ZoneInfo(settings.TIME_ZONE)
    due = to_us(due_at(from_us(due_us), Severity(rule.severity), quiet, zone))
    for address in addresses:
        Message.objects.get_or_create(
            alert=alert,
            step=step.value,
            address=address,
            defaults={"tenant_id": rule.tenant_id, "due_us": due},
        )
    transaction.on_commit(lambda: wake(BELL))


def escalate(alert: Alert) -> None:
    """Let the messages to the next in line go out now."""
    Message.objects.filter(
        alert=alert, step=Step.ESCALATED.value, sent_us=None, dropped_us=None
    ).update(due_us=now_us())


def try_ways(rule: AlertRule, *, actor: Actor) -> int:
    """Send a test to everybody a rule would tell; return to how many. The rule's page shows how."""
    addresses = dict.fromkeys([*rule.recipients, *rule.escalate_to])
    with transaction.atomic():
        for address in addresses:
            Message.objects.create(
                tenant_id=rule.tenant_id,
                rule=rule,
                step=Step.TEST.value,
                address=address,
                due_us=now_us(),
            )
        record_audit(
            actor=actor,
            verb="test",
            kind="alert_rule",
            object_id=rule.pk,
            label=rule.title,
            after={"recipients": len(addresses)},
            tenant_id=rule.tenant_id,
        )
        transaction.on_commit(lambda: wake(BELL))
    return len(addresses)
