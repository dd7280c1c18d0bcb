"""Maintenance that was done: days and hours begin anew."""

from typing import Any

from django.db import transaction

from mehrwert.alerts.models import Maintenance, TaskPlan, TaskStop
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us


def finish_maintenance(row: Maintenance, *, actor: Actor) -> None:
    """Note that it was done just now; days and hours begin anew."""
    at = now_us()
    with transaction.atomic():
        Maintenance.objects.filter(pk=row.pk).update(
            done_us=at, done_by=actor.label[:200], run_s=0.0, counted_us=at, raised_us=None
        )
        audit_maintenance(row, actor, "done", after={"done_us": at})


def finish_visited(stop: TaskStop, plan: TaskPlan | None, *, actor: Actor) -> None:
    """Note as done what a place was visited for in a round."""
    due = Maintenance.objects.filter(thing_id=stop.thing_id, plan=plan).exclude(raised_us=None)
    for row in due if plan is not None else ():
        finish_maintenance(row, actor=actor)


def audit_maintenance(row: Maintenance, actor: Actor, verb: str, **values: dict[str, Any]) -> None:
    """Write into the journal what somebody did with a maintenance."""
    record_audit(
        actor=actor,
        verb=verb,
        kind="maintenance",
        object_id=row.pk,
        label=row.title,
        tenant_id=row.tenant_id,
        **values,
    )
