"""Plans of rounds: make, change, delete."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from mehrwert.alerts.choices import PlanScope, TaskKind
from mehrwert.alerts.models import TaskPlan
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """What somebody wants a plan to be; ``start`` is (longitude, latitude) in degrees."""

    title: str
    kind: TaskKind = TaskKind.OTHER
    scope: PlanScope = PlanScope.WHERE_MEASURED
    thing_ids: tuple[int, ...] = ()
    advice: str = ""
    start_name: str = ""
    start: tuple[float, float] | None = None
    returns: bool = True

    def columns(self) -> dict[str, Any]:
        """Return the values as the table holds them."""
        values = asdict(self)
        lon, lat = values.pop("start") or (None, None)
        return {
            **values,
            "kind": self.kind.value,
            "scope": self.scope.value,
            "thing_ids": list(self.thing_ids),
            "start_lon": lon,
            "start_lat": lat,
        }


def create_plan(tenant_id: int, choice: PlanChoice, *, actor: Actor) -> TaskPlan:
    """Make a plan; rules that name it raise its rounds."""
    with transaction.atomic():
        row = TaskPlan.objects.create(tenant_id=tenant_id, created_us=now_us(), **choice.columns())
        _audit(row, actor, "create", after=choice.columns())
    return row


def save_plan(row: TaskPlan, choice: PlanChoice, *, actor: Actor) -> None:
    """Change a plan; a round that is open stays as it is."""
    with transaction.atomic():
        locked = TaskPlan.objects.select_for_update().get(pk=row.pk)
        before = plan_choice_of(locked).columns()
        for name, value in choice.columns().items():
            setattr(locked, name, value)
        locked.save()
        _audit(locked, actor, "update", before=before, after=choice.columns())


def delete_plan(row: TaskPlan, *, actor: Actor) -> None:
    """Delete a plan; its rounds stay, its rules go on without one."""
    with transaction.atomic():
        _audit(row, actor, "delete", before=plan_choice_of(row).columns())
        row.delete()


def plan_choice_of(row: TaskPlan) -> PlanChoice:
    """Return what a plan is."""
    has_start = row.start_lon is not None and row.start_lat is not None
    return PlanChoice(
        title=row.title,
        kind=TaskKind(row.kind),
        scope=PlanScope(row.scope),
        thing_ids=tuple(row.thing_ids),
        advice=row.advice,
        start_name=row.start_name,
        start=(row.start_lon or 0.0, row.start_lat or 0.0) if has_start else None,
        returns=row.returns,
    )


def _audit(row: TaskPlan, actor: Actor, verb: str, **values: dict[str, Any]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="task_plan",
        object_id=row.pk,
        label=row.title,
        tenant_id=row.tenant_id,
        **values,
    )
