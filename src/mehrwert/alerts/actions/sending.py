"""Messages: who gets one and when, and the sending itself."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F

from mehrwert.alerts.actions.delivering import deliver
from mehrwert.alerts.choices import Severity, Step
from mehrwert.alerts.models import Alert, AlertRule, Message
from mehrwert.alerts.rules import due_at
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us, to_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.tenant import tenant_scope
from mehrwert.base.wakeup import wake

BELL = "alerts"
MOST_TRIES = 8
FIRST_WAIT_US = 30_000_000
LEASE_US = 120_000_000
AT_ONCE = 200


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


def send_due(at_us: int | None = None) -> int:
    """Send what is due, of all municipalities; return how many went out.

    A message that cannot be sent is tried again, each time after twice the wait, at most
    ``MOST_TRIES`` times, a test once; the page of the alert or rule says why.
    """
    at = now_us() if at_us is None else at_us
    due = Message._base_manager.filter(sent_us=None, dropped_us=None, due_us__lte=at)
    keys = list(due.order_by("due_us").values_list("pk", "tenant_id")[:AT_ONCE])
    return sum(_send(pk, tenant_id, at) for pk, tenant_id in keys)


def _send(pk: int, tenant_id: int, at_us: int) -> bool:
    """Send one message, held for ``LEASE_US`` meanwhile.

    A crash between sending and noting it repeats one message; forgetting an alarm would be worse.
    Webhooks and gateways can tell the repetition by its key.
    """
    with tenant_scope(tenant_id):
        claimed = Message.objects.filter(
            pk=pk, sent_us=None, dropped_us=None, due_us__lte=at_us
        ).update(due_us=at_us + LEASE_US, tries=F("tries") + 1)
        if not claimed:
            return False
        message = Message.objects.select_related("alert", "rule").get(pk=pk)
        try:
            deliver(message)
        except MehrwertError as error:
            _put_back(message, at_us, sentence_of(error))
            return False
        Message.objects.filter(pk=pk).update(sent_us=at_us, error="")
        return True


def _put_back(message: Message, at_us: int, reason: str) -> None:
    most = 1 if message.step == Step.TEST.value else MOST_TRIES
    Message.objects.filter(pk=message.pk).update(
        dropped_us=at_us if message.tries >= most else None,
        due_us=at_us + FIRST_WAIT_US * 2 ** (message.tries - 1),
        error=reason[:200],
    )
