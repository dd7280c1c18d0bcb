"""From six fields to a project, and what becomes known later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from mehrwert.base.actions import emit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.catalogue.models import Solution
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio.actions.common import audit, changeable
from mehrwert.portfolio.actions.lights import refresh_lights
from mehrwert.portfolio.choices import GATES
from mehrwert.portfolio.errors import CorrectionReasonError
from mehrwert.portfolio.events import ProjectCreated
from mehrwert.portfolio.models import Gate, Project
from mehrwert.portfolio.rules.ruleset import PORTFOLIO

# what may be filled in after the six fields
LATER = (
    "title", "field_of_action", "goal", "unit", "starts_on", "sponsor", "operator",
    "beneficiaries", "benefit_kind", "strategy_goal", "ends_on", "financing", "budget_line",
    "budget_is_permanent", "is_line_owned", "planned_eur", "running_eur", "rhythm_months",
    "standard", "is_conformant", "available_percent",
)  # fmt: skip


# declared before the start, then only corrected (EVI-23)
FIXED_AT_START = ("beneficiaries", "benefit_kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """The six fields; ``solution`` None means that there is none."""

    title: str
    field_of_action: str
    goal: str
    unit: str
    starts_on: date
    solution: Solution | None = None


def create_project(given: NewProject, *, is_demo: bool = False, actor: Actor) -> Project:
    """Begin a project; everything else is unknown and may stay so until it goes live."""
    tenant_id = current_tenant_id()
    with transaction.atomic():
        row = Project.objects.create(
            tenant_id=tenant_id,
            title=given.title,
            field_of_action=given.field_of_action,
            goal=given.goal,
            unit=given.unit,
            starts_on=given.starts_on,
            solution=given.solution,
            solution_version=given.solution.version if given.solution else None,
            rhythm_months=_default_rhythm(tenant_id),
            is_demo=is_demo,
            created_us=now_us(),
            changed_us=now_us(),
        )
        Gate.objects.bulk_create(Gate(tenant_id=tenant_id, project=row, key=key) for key in GATES)
        audit(actor, "create", row)
        event = ProjectCreated(row.pk, str(row.uuid), row.solution_id)
        emit(event, tenant_id=tenant_id)
    return row


def _default_rhythm(tenant_id: int) -> int:
    """Return how many months lie between reports: 3 in small towns, else 1 (decisions 43)."""
    people = Tenant.objects.values_list("population", flat=True).get(pk=tenant_id)
    is_small = people is None or people < PORTFOLIO.small_town_below
    return 3 if is_small else 1


def update_project(row: Project, values: Mapping[str, Any], *, actor: Actor) -> Project:
    """Fill in what became known; names that may not be changed are ignored.

    From the day a project begins, for whom it is stands fixed: what was declared is changed only as
    a correction with its reason, ``correction_reason`` (EVI-23).

    Raises:
        ProjectEndedError: It is ended.
        CorrectionReasonError: It begun, and for whom it is would change without a reason.
    """
    with transaction.atomic():
        row = changeable(row)
        changed = {
            name: value
            for name, value in values.items()
            if name in LATER and getattr(row, name) != value
        }
        if not changed:
            return row
        before = {name: getattr(row, name) for name in changed}
        corrected = _corrected(row, before)
        reason = str(values.get("correction_reason") or "").strip()
        if corrected and not reason:
            raise CorrectionReasonError
        for name, value in changed.items():
            setattr(row, name, value)
        row.changed_us = now_us()
        row.save(update_fields=[*changed, "changed_us"])
        said = {**changed, "reason": reason} if corrected else changed
        audit(actor, "correct" if corrected else "update", row, before=before, after=said)
        return refresh_lights(row)


def _corrected(row: Project, before: Mapping[str, Any]) -> bool:
    """Say whether something changes that was declared before the start and stands fixed."""
    has_begun = row.starts_on <= timezone.localdate()
    return has_begun and any(before.get(name) for name in FIXED_AT_START)


def plan_gates(row: Project, days: Mapping[str, date | None], *, actor: Actor) -> None:
    """Plan when gates are passed; the first date said is kept beside the newest.

    Args:
        row: The project.
        days: Gate → planned day, None for no date. Gates passed are left alone.
        actor: Who plans.

    Raises:
        ProjectEndedError: It is ended.
    """
    with transaction.atomic():
        row = changeable(row)
        before, after = {}, {}
        for gate in Gate.objects.filter(project=row, passed_on=None, key__in=days):
            day = days[gate.key]
            if gate.planned_on == day:
                continue
            before[gate.key], after[gate.key] = gate.planned_on, day
            gate.planned_on = day
            gate.first_planned_on = gate.first_planned_on or day
            gate.save(update_fields=["planned_on", "first_planned_on"])
        if after:
            audit(actor, "plan", row, before=before, after=after)
            refresh_lights(row)
