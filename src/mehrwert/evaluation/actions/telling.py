"""Pushes what was measured down to the room ``portfolio``."""

from mehrwert.evaluation.events import EffectMeasured
from mehrwert.portfolio.actions import set_effect
from mehrwert.portfolio.models import Project


def tell_project(project_id: int, found: EffectMeasured) -> None:
    """Show sentence and class in lists of projects; a project that is gone is no error."""
    project = Project.objects.filter(pk=project_id).first()
    if project is not None:
        set_effect(project, found.sentence, found.evidence_class)
