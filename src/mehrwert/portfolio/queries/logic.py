"""Reads the logic model of a project."""

from dataclasses import dataclass

from mehrwert.portfolio.models import LogicArrow, LogicStep, Project
from mehrwert.portfolio.rules.logic import Link, Step, column_of, gaps, unproven


@dataclass(frozen=True, slots=True)
class LogicModel:
    """Steps in the order of the chain, arrows in the order of their steps, what is missing.

    ``gaps`` are codes of ``choices.logic.GAP_SENTENCES`` with a number; ``n_unproven`` counts
    arrows of class 0.
    """

    steps: list[LogicStep]
    arrows: list[LogicArrow]
    gaps: list[tuple[str, int]]
    n_unproven: int


def read_logic(project: Project) -> LogicModel:
    """Return the logic model of a project, in two statements."""
    rows = LogicStep.objects.select_related("indicator__current").filter(project=project)
    steps = sorted(rows, key=lambda step: (column_of(step.kind), step.pk))
    places = {step.pk: place for place, step in enumerate(steps)}
    arrows = list(LogicArrow.objects.select_related("start", "end").filter(start__project=project))
    arrows.sort(key=lambda arrow: (places[arrow.start_id], places[arrow.end_id]))
    plain = [Step(step.pk, step.kind, step.indicator_id is not None) for step in steps]
    links = [Link(one.start_id, one.end_id, one.evidence_class) for one in arrows]
    return LogicModel(steps, arrows, gaps(plain, links), unproven(links))
