"""Says which project an evaluation judges."""

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.evaluation.actions.telling import tell_filed
from mehrwert.evaluation.models import Evaluation
from mehrwert.portfolio.actions import retract_effect
from mehrwert.portfolio.models import Project


def link_project(row: Evaluation, project: Project | None, *, actor: Actor) -> Evaluation:
    """Tie an evaluation to a project of the same municipality, or to none (PF-19).

    The plan stays as it is: the project is a place in the portfolio, not part of what was fixed.
    What was filed before is told to the new project and taken back from the old one.
    """
    with transaction.atomic():
        before, old, row.project = row.project_id, row.project, project
        row.save(update_fields=["project"])
        if old is not None and old != project:
            retract_effect(row.reference, old, actor=actor)
        tell_filed(row)
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
