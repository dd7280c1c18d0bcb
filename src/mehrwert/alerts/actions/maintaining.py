"""Maintenance: set up, counted by the clock, put into rounds when due, done."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from mehrwert.alerts.actions.maintained import audit_maintenance
from mehrwert.alerts.actions.tasks import visit_thing
from mehrwert.alerts.models import Maintenance, TaskPlan
from mehrwert.alerts.queries import read_readings
from mehrwert.alerts.rules import running_s
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.observations import queries as observations

# readings of so long a stretch are counted in one go
STRETCH_US = 90 * 86_400_000_000


@dataclass(frozen=True, slots=True)
class MaintenanceChoice:
    """What somebody wants; ``done_us`` is when it was done last."""

    title: str
    thing_id: int
    done_us: int
    every_days: int | None = None
    every_hours: int | None = None
    datastream_id: int | None = None
    running_above: float | None = None
    plan_id: int | None = None


def save_maintenance(
    tenant_id: int, row: Maintenance | None, choice: MaintenanceChoice, *, actor: Actor
) -> Maintenance:
    """Set up a maintenance or change it; running is counted anew from when it was done last.

    Raises:
        UnknownEntityError: No such thing or series in the municipality.
    """
    observations.read_thing(tenant_id, choice.thing_id)
    if choice.datastream_id is not None:
        observations.read_datastream(tenant_id, choice.datastream_id)
    values: dict[str, Any] = asdict(choice)
    begun = {"run_s": 0.0, "counted_us": choice.done_us, "raised_us": None}
    with transaction.atomic():
        verb, saved = "change", row
        if saved is None:
            verb = "create"
            saved = Maintenance(tenant_id=tenant_id, created_us=now_us(), done_by=actor.label[:200])
        for name, value in {**values, **begun}.items():
            setattr(saved, name, value)
        saved.save()
        audit_maintenance(saved, actor, verb, after=values)
    count_running(saved)
    return saved


def delete_maintenance(row: Maintenance, *, actor: Actor) -> None:
    """Delete a maintenance; what was done stays in the journal."""
    with transaction.atomic():
        audit_maintenance(row, actor, "delete", before={"title": row.title})
        row.delete()


def look_at_maintenance(at_us: int | None = None) -> int:
    """Count running and put what is due into its round, of all municipalities; return how many."""
    at = now_us() if at_us is None else at_us
    raised = 0
    for row in Maintenance._base_manager.order_by("pk"):
        with tenant_scope(row.tenant_id):
            count_running(row)
            if row.used(at) >= 1 and row.raised_us is None and row.plan_id is not None:
                raised += _put_into_round(row, row.plan_id, at)
    return raised


def count_running(row: Maintenance) -> None:
    """Add what a machine ran since it was counted last. Called twice it counts once."""
    if row.datastream_id is None or row.running_above is None:
        return
    while True:
        end = row.counted_us + STRETCH_US
        times, values = read_readings(row.tenant_id, row.datastream_id, row.counted_us, end)
        if len(times) < 2 or times[-1] <= row.counted_us:
            return
        ran, before = running_s(times, values, row.running_above), row.counted_us
        row.run_s, row.counted_us = row.run_s + ran, times[-1]
        same = Maintenance.objects.filter(pk=row.pk, counted_us=before)
        if not same.update(run_s=row.run_s, counted_us=row.counted_us):
            row.refresh_from_db()
            return


def _put_into_round(row: Maintenance, plan_id: int, at_us: int) -> bool:
    with transaction.atomic():
        mine = Maintenance.objects.filter(pk=row.pk, raised_us=None, plan=plan_id)
        if not mine.update(raised_us=at_us):
            return False
        plan = TaskPlan.objects.select_for_update().get(pk=plan_id)
        return visit_thing(plan, row.thing_id)
