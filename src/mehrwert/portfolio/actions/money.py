"""What the capital value of a project rests on, and the effect that was measured."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.portfolio.actions.common import audit, changeable
from mehrwert.portfolio.actions.lights import set_effect
from mehrwert.portfolio.models import MeasuredEffect, MoneyPlan, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyInput:
    """See ``MoneyPlan``; None is: nobody knows."""

    base_year: int
    years: int = 5
    own_rate: Decimal | None = None
    own_rate_source: str = ""
    benefit_budget: Decimal | None = None
    benefit_other: Decimal | None = None
    benefit_reason: str = ""
    hours_saved: Decimal | None = None
    yearly_base: Decimal | None = None
    yearly_uses: int | None = None
    shared_once: Decimal | None = None
    shared_yearly: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectInput:
    """A measured effect; see ``MeasuredEffect``."""

    evaluation_ref: str
    title: str
    theta: float
    low: float
    high: float
    good_is_up: bool
    evidence_class: int
    law: dict[str, Any]
    measured_us: int


def plan_money(project: Project, given: MoneyInput, *, actor: Actor) -> MoneyPlan:
    """Keep years, rate and benefit of a project.

    Raises:
        ProjectEndedError: It is ended.
    """
    with transaction.atomic():
        project = changeable(project)
        row, _ = MoneyPlan.objects.update_or_create(
            tenant_id=project.tenant_id,
            project=project,
            defaults={**asdict(given), "changed_us": now_us()},
        )
        after = {name: value for name, value in asdict(given).items() if value is not None}
        audit(actor, "plan", project, after=after)
    return row


def set_measured_effect(solution_slug: str, given: EffectInput, *, actor: Actor) -> int:
    """Keep the newest measured effect beside each project of this solution.

    Called by the room that measures; P(capital value > 0) is worked out from it.

    Returns:
        How many projects it belongs to.
    """
    tenant_id = current_tenant_id()
    with transaction.atomic():
        projects = list(Project.objects.filter(solution__slug=solution_slug))
        for project in projects:
            MeasuredEffect.objects.update_or_create(
                tenant_id=tenant_id, project=project, defaults=asdict(given)
            )
            after = {"effect": given.title, "class": given.evidence_class}
            audit(actor, "evidence", project, after=after)
    return len(projects)


def retract_effect(evaluation_ref: str, project: Project | None, *, actor: Actor) -> int:
    """Take back what an evaluation said: in the list of projects and in their money.

    Called when a finding is withdrawn, its result cannot be measured after all, or the evaluation
    does not belong to the project any more. Bears being called twice.

    Returns:
        How many projects lost a measured effect.
    """
    with transaction.atomic():
        kept = MeasuredEffect.objects.filter(evaluation_ref=evaluation_ref)
        rows = list(kept.select_related("project"))
        for row in rows:
            audit(actor, "withdraw", row.project, before={"effect": row.title})
        kept.delete()
        if project is not None:
            set_effect(project, "", None)
    return len(rows)
