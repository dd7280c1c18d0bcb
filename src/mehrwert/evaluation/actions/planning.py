"""From the first question to the frozen plan."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.canonical import fingerprint
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.evaluation import queries
from mehrwert.evaluation.choices import EvaluationState
from mehrwert.evaluation.errors import PlanFrozenError, PlanIncompleteError, SeriesMissingError
from mehrwert.evaluation.guarding import refuse_strong_plan
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.plans import plan_to_json
from mehrwert.evaluation.rules import Plan, plan_document
from mehrwert.evaluation.rules.months import BERLIN, first_day
from mehrwert.evaluation.rules.plan import MISSING
from mehrwert.evidence.actions import register_plan
from mehrwert.municipalities.models import Tenant
from mehrwert.observations.queries import list_datastreams
from mehrwert.stats.effect_rules import EFFECTS


def create_evaluation(plan: Plan, *, solution: str, is_demo: bool, actor: Actor) -> Evaluation:
    """Begin an evaluation; its plan may be changed until it is frozen.

    Raises:
        SeriesMissingError: A chosen series is not one of the municipality.
        TooStrongWordsError: Goal or name claims an effect before anything is measured.
    """
    refuse_strong_plan(plan.goal, plan.mechanism, solution)
    tenant_id = current_tenant_id()
    _check_series(plan)
    with transaction.atomic():
        row = Evaluation.objects.create(
            tenant_id=tenant_id,
            title=plan.title,
            solution=solution,
            plan=plan_to_json(plan),
            start_month=plan.start_month,
            is_demo=is_demo,
            created_us=now_us(),
        )
        _audit(actor, "create", row)
    return row


def update_plan(row: Evaluation, plan: Plan, *, solution: str, actor: Actor) -> Evaluation:
    """Change the plan of a draft.

    Raises:
        PlanFrozenError: It is fixed.
        SeriesMissingError: A chosen series is not one of the municipality.
        TooStrongWordsError: Goal or name claims an effect before anything is measured.
    """
    refuse_strong_plan(plan.goal, plan.mechanism, solution)
    _check_series(plan)
    with transaction.atomic():
        row = _draft(row)
        row.title, row.solution, row.plan = plan.title, solution, plan_to_json(plan)
        row.start_month = plan.start_month
        row.save(update_fields=["title", "solution", "plan", "start_month"])
        _audit(actor, "update", row)
    return row


def discard_draft(row: Evaluation, *, actor: Actor) -> None:
    """Forget a draft that nobody froze.

    Raises:
        PlanFrozenError: It is fixed; a registered plan never disappears.
    """
    with transaction.atomic():
        row = _draft(row)
        _audit(actor, "delete", row)
        row.delete()


def freeze_plan(row: Evaluation, *, actor: Actor, at_us: int | None = None) -> Evaluation:
    """Fix a plan for good, give it its public hash, and put it into the register.

    Args:
        row: A draft.
        actor: Who fixes it.
        at_us: The clock; now unless given.

    Raises:
        PlanFrozenError: It is fixed already.
        PlanIncompleteError: Something is missing, or there is no baseline and no reason why.
    """
    at = at_us or now_us()
    with transaction.atomic():
        row = _draft(row)
        plan = queries.plan_of(row)
        _refuse_incomplete(plan)
        tenant = Tenant.objects.get(pk=row.tenant_id)
        document = plan_document(plan, municipality=tenant.name)
        row.plan_hash, row.frozen_us = fingerprint(document), at
        row.state = EvaluationState.FROZEN.value
        row.due_on = due_day(plan)
        row.is_before_start = from_us(at).astimezone(BERLIN).date() < first_day(plan.start_month)
        row.save()
        register_plan(
            row.reference,
            {
                "municipality": tenant.name,
                "title": plan.title,
                "solution_root": plan.solution_root,
                "indicator_key": plan.indicator_key,
                "scale": plan.scale,
                "plan_hash": row.plan_hash,
                "document": document,
                "is_before_start": row.is_before_start,
                "due_on": row.due_on,
                "is_demo": row.is_demo,
            },
            frozen_us=at,
        )
        _audit(actor, "freeze", row, {"plan_hash": row.plan_hash})
    return row


def due_day(plan: Plan) -> date:
    """Return when the result is due: six months after the end of the window (EVI-171)."""
    return first_day(plan.last_month + 1 + EFFECTS.synthesis.due_months)


def _refuse_incomplete(plan: Plan) -> None:
    if missing := queries.list_missing(plan):
        sentences = [gettext(MISSING[code]) % data for code, data in missing]
        raise PlanIncompleteError(reasons=" ".join(sentences))


def _draft(row: Evaluation) -> Evaluation:
    found = Evaluation.objects.select_for_update().get(pk=row.pk)
    if found.state != EvaluationState.DRAFT.value:
        raise PlanFrozenError
    return found


def _check_series(plan: Plan) -> None:
    wanted = {plan.datastream_id, *plan.comparisons, *plan.no_effect, *plan.exposure} - {0}
    known = {stream.id for stream in list_datastreams(current_tenant_id(), ids=sorted(wanted))}
    if wanted - known:
        raise SeriesMissingError


def _audit(actor: Actor, verb: str, row: Evaluation, after: dict[str, str] | None = None) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="evaluation",
        object_id=row.pk,
        label=row.title,
        after=after,
        tenant_id=row.tenant_id,
    )
