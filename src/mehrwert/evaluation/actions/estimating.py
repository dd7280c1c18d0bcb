"""Computes an effect and stores it beside earlier ones."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django_tasks.base import Task

from mehrwert.base.actions import record_audit, start_job
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.canonical import fingerprint
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation import queries
from mehrwert.evaluation.access import find_evaluation
from mehrwert.evaluation.choices import EvaluationState
from mehrwert.evaluation.errors import NotFrozenError
from mehrwert.evaluation.models import Estimate, Evaluation
from mehrwert.evaluation.records import data_of, record_of
from mehrwert.evaluation.rules import estimate
from mehrwert.evaluation.rules.estimating import METHOD_VERSION
from mehrwert.evidence.queries import study_class
from mehrwert.observations.actions import mark_readings
from mehrwert.stats.effect_rules import EFFECTS
from mehrwert.stats.evidence_class import EvidenceClass

Report = Callable[[str, int, int], None]


def start_estimate(
    row: Evaluation, task: "Task[Any, Any]", *, actor: Actor, as_of_us: int | None = None
) -> str:
    """Put the computation into the queue; return the id of its job.

    Raises:
        NotFrozenError: The plan is not fixed.
    """
    if row.state == EvaluationState.DRAFT.value:
        raise NotFrozenError
    with transaction.atomic():
        job_id = start_job(
            task,
            title=gettext("Wirkung berechnen: %(title)s") % {"title": row.title},
            tenant_id=row.tenant_id,
            actor=actor,
            kwargs={
                "tenant_id": row.tenant_id,
                "evaluation_id": row.pk,
                "as_of_us": as_of_us,
            },
        )
        Evaluation.objects.filter(pk=row.pk).update(job_id=job_id)
    return job_id


def estimate_effect(
    tenant_id: int,
    evaluation_id: int,
    *,
    as_of_us: int | None = None,
    report: Report = lambda step, done, total: None,
) -> Estimate:
    """Estimate with the data as they stood at a time; equal input gives the stored estimate.

    Raises:
        UnknownEvaluationError: It was deleted meanwhile.
        NotFrozenError: The plan is not fixed.
        SeriesMissingError: A series of the plan is gone.
    """
    with tenant_scope(tenant_id):
        row = find_evaluation(evaluation_id)
        if row.state == EvaluationState.DRAFT.value:
            raise NotFrozenError
        plan = queries.plan_of(row)
        ids = [plan.datastream_id, *plan.comparisons, *plan.no_effect, *plan.exposure]
        as_of = as_of_us or mark_readings(ids)
        data = replace(
            queries.read_data(plan, as_of_us=as_of), is_chosen_before=row.is_before_start
        )
        outcome = estimate(data, plan, report=report)
        record = record_of(outcome, plan, evidence={})
        grade = study_class(queries.study_of(row, plan, record))
        record["evidence"] = _grade(grade)
        return _store(row, record, as_of, fingerprint(data_of(data)))


def _store(row: Evaluation, record: dict[str, Any], as_of_us: int, data_hash: str) -> Estimate:
    record_hash = fingerprint(record)
    with transaction.atomic():
        newest = queries.newest_estimate(row)
        if newest and (newest.record_hash, newest.data_hash) == (record_hash, data_hash):
            return newest
        made = Estimate.objects.create(
            tenant_id=row.tenant_id,
            evaluation=row,
            made_us=now_us(),
            as_of_us=as_of_us,
            method=METHOD_VERSION,
            ruleset=EFFECTS.version,
            status=record["status"],
            evidence_class=record["evidence"]["value"],
            record=record,
            record_hash=record_hash,
            data_hash=data_hash,
        )
        record_audit(
            actor=SYSTEM,
            verb="estimate",
            kind="evaluation",
            object_id=row.pk,
            label=row.title,
            after={"status": made.status, "record_hash": record_hash},
            tenant_id=row.tenant_id,
        )
    return made


def _grade(grade: EvidenceClass) -> dict[str, Any]:
    return {
        "value": grade.value,
        "start": grade.start,
        "cap": grade.cap,
        "lowered": [reason.value for reason in grade.lowered],
        "raised": grade.raised,
    }
