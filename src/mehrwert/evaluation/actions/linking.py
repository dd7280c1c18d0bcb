"""Says which project an evaluation judges."""

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.evaluation import queries
from mehrwert.evaluation.actions.reporting import effect_measured
from mehrwert.evaluation.models import Evaluation
from mehrwert.portfolio.models import Project


def link_project(row: Evaluation, project: Project | None, *, actor: Actor) -> Evaluation:
    """Tie an evaluation to a project of the same municipality, or to none (PF-19).

    The plan stays as it is: the project is a place in the portfolio, not part of what was fixed.
    An effect filed before goes down to the project now.
    """
    with transaction.atomic():
        before, row.project = row.project_id, project
        row.save(update_fields=["project"])
        result = queries.read_result(row)
        if project is not None and result is not None and result.estimate is not None:
            told = effect_measured(row, queries.plan_of(row), result.estimate)
            emit(told, tenant_id=row.tenant_id)
        record_audit(
            actor=actor,
            verb="change",
            kind="evaluation",
            object_id=row.pk,
            label=row.title,
            before={"project": before},
            after={"project": row.project_id},
            tenant_id=row.tenant_id,
        )
    return row
