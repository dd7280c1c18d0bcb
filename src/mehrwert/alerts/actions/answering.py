"""What people do with an alert: take care of it, write down what was the matter."""

from django.db import transaction

from mehrwert.alerts.choices import Step
from mehrwert.alerts.models import Alert, Message
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us


def answer(alert: Alert, *, actor: Actor) -> None:
    """Say that somebody takes care; what would have gone to the next in line is dropped.

    The first answer counts; a second one changes nothing.
    """
    with transaction.atomic():
        at = now_us()
        taken = Alert.objects.filter(pk=alert.pk, answered_us=None).update(
            answered_us=at, answered_by=actor.label[:200]
        )
        if not taken:
            return
        Message.objects.filter(
            alert=alert, step=Step.ESCALATED.value, sent_us=None, dropped_us=None
        ).update(dropped_us=at)
        _audit(alert, actor, "answer")


def write_note(alert: Alert, note: str, *, actor: Actor) -> None:
    """Keep what was the matter, for those who read the list later."""
    with transaction.atomic():
        before = alert.note
        Alert.objects.filter(pk=alert.pk).update(note=note[:500])
        _audit(alert, actor, "update", before={"note": before}, after={"note": note[:500]})


def _audit(alert: Alert, actor: Actor, verb: str, **values: dict[str, str]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="alert",
        object_id=alert.pk,
        label=alert.title,
        tenant_id=alert.tenant_id,
        **values,
    )
