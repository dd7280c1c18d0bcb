"""Says which project an evaluation judges."""

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.evaluation.models import Evaluation
from mehrwert.portfolio.models import Project


def link_project(row: Evaluation, project: Project | None, *, actor: Actor) -> Evaluation:
    """Tie an evaluation to a project of the same municipality, or to none (PF-19).

    The plan stays as it is: the project is a place in the portfolio, not part of what was fixed.
    """
    with transaction.atomic():
        before, row.project = row.project_id, project
        row.save(update_fields=["project"])
        record_audit(
            actor=actor,
            verb="update",
            kind="evaluation",
            object_id=row.pk,
            label=row.title,
            before={"project": before},
            after={"project": row.project_id},
            tenant_id=row.tenant_id,
        )
    return row
