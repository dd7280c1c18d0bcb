"""Files a result: every evaluation ends with one, whatever it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.evaluation import queries
from mehrwert.evaluation.actions.telling import measured_by
from mehrwert.evaluation.choices import EvaluationState
from mehrwert.evaluation.errors import NotFrozenError, ReasonMissingError
from mehrwert.evaluation.events import ResultFiled
from mehrwert.evaluation.guarding import refuse_strong
from mehrwert.evaluation.models import Estimate, Evaluation, Result
from mehrwert.evaluation.rules import Plan
from mehrwert.evidence.actions import draft_finding
from mehrwert.evidence.choices import ResultKind
from mehrwert.municipalities.models import Municipality, Tenant
from mehrwert.portfolio.actions import retract_effect

KINDS = {
    "better": ResultKind.POSITIVE,
    "worse": ResultKind.NEGATIVE,
    "no_relevant_difference": ResultKind.NULL,
    "unclear": ResultKind.NULL,
}


@dataclass(frozen=True, slots=True)
class ResultInput:
    """What a person adds; the numbers come from the estimate and cannot be typed.

    ``is_not_measurable`` needs a reason. ``deviations`` says what came otherwise than planned.
    """

    is_not_measurable: bool = False
    reason: str = ""
    deviations: str = ""


def file_result(row: Evaluation, given: ResultInput, *, actor: Actor) -> Result:
    """File the result and draft the finding in one transaction (decisions 27).

    Filing again before the finding is released replaces the result: the newest estimate counts.

    Raises:
        NotFrozenError: There is no frozen plan to report on.
        ReasonMissingError: „Nicht messbar“ without a reason, or nothing was estimated.
        AlreadyReleasedError: The finding is public already.
        TooStrongWordsError: A text claims more than is known (EVI-183).
    """
    if row.state == EvaluationState.DRAFT.value:
        raise NotFrozenError
    estimate = None if given.is_not_measurable else _usable(row)
    kind = kind_of(estimate)
    if kind is ResultKind.NOT_MEASURABLE and not given.reason.strip():
        raise ReasonMissingError
    refuse_strong(row, given.reason, given.deviations)
    with transaction.atomic():
        result, _ = Result.objects.update_or_create(
            tenant_id=row.tenant_id,
            evaluation=row,
            defaults={
                "estimate": estimate,
                "kind": kind.value,
                "reason": given.reason.strip(),
                "deviations": given.deviations.strip(),
                "filed_us": now_us(),
                "filed_by": actor.label[:200],
            },
        )
        if row.state == EvaluationState.FROZEN.value:
            row.state = EvaluationState.REPORTED.value
            row.save(update_fields=["state"])
        draft_finding(row.reference, _finding(row, estimate, result))
        record_audit(
            actor=actor,
            verb="file_result",
            kind="evaluation",
            object_id=row.pk,
            label=row.title,
            after={"result": kind.value},
            tenant_id=row.tenant_id,
        )
        _tell(row, kind, estimate, actor)
    return result


def _tell(row: Evaluation, kind: ResultKind, estimate: Estimate | None, actor: Actor) -> None:
    """Announce the result; without a number what the portfolio kept is taken back at once."""
    plan = queries.plan_of(row)
    event = ResultFiled(row.pk, kind.value, plan.solution_root, plan.indicator_key)
    emit(event, tenant_id=row.tenant_id)
    if estimate is None:
        retract_effect(row.reference, row.project, actor=actor)
    else:
        emit(measured_by(row, estimate), tenant_id=row.tenant_id)


def kind_of(estimate: Estimate | None) -> ResultKind:
    """Return what an estimate says; nothing estimated is not measurable."""
    if estimate is None or estimate.record["effect"] is None:
        return ResultKind.NOT_MEASURABLE
    return KINDS[estimate.record["direction"]]


def _usable(row: Evaluation) -> Estimate | None:
    estimate = queries.newest_estimate(row)
    return estimate if estimate and estimate.record["effect"] else None


def _finding(row: Evaluation, estimate: Estimate | None, result: Result) -> dict[str, Any]:
    plan = queries.plan_of(row)
    tenant = Tenant.objects.get(pk=row.tenant_id)
    record = estimate.record if estimate else _nothing()
    study = queries.study_of(row, plan, record)
    return {
        **study,
        "municipality_key": f"{tenant.level}:{tenant.ars}",
        "municipality": tenant.name,
        "population": _population(tenant),
        "evaluator": plan.evaluator or tenant.name,
        "title": row.title,
        "solution_root": plan.solution_root,
        "solution": row.solution,
        "indicator_key": plan.indicator_key,
        "indicator": plan.indicator_name,
        "good_direction": plan.good_direction,
        "result": result.kind,
        "reason": result.reason,
        "start_month": plan.start_month,
        "is_demo": row.is_demo,
        "study": {
            "unit": plan.unit,
            "window": record["window"],
            "checks": record["checks"],
            "plan_hash": row.plan_hash,
            "deviations": result.deviations,
            "differences": differences_of(plan, record),
            "data_hash": estimate.data_hash if estimate else "",
            "record_hash": estimate.record_hash if estimate else "",
            "as_of_us": estimate.as_of_us if estimate else None,
            "method": estimate.method if estimate else "",
            "ruleset": estimate.ruleset if estimate else "",
        },
    }


def differences_of(plan: Plan, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return where the estimate is not what was planned: code, planned, used (EVI-176).

    Named are comparison series and months; words that people add stand beside.
    """
    if record.get("effect") is None:
        return []
    pairs = (
        ("comparisons", len(plan.comparisons), len(record.get("comparisons") or {})),
        ("pre", plan.start_month - plan.first_month, record["n_pre"]),
        ("post", plan.last_month - plan.start_month + 1, record["n_post"]),
    )
    return [
        {"code": code, "planned": planned, "used": used}
        for code, planned, used in pairs
        if planned != used
    ]


def _nothing() -> dict[str, Any]:
    return {
        "effect": None,
        "direction": "unclear",
        "design": "narrative",
        "design_level": 0,
        "passed": False,
        "window": [],
        "checks": [],
    }


def _population(tenant: Tenant) -> int | None:
    if tenant.population is not None:
        return tenant.population
    rows = Municipality.objects.filter(level=tenant.level, ars=tenant.ars)
    return rows.values_list("population", flat=True).first()
