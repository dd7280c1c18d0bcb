"""The logic model of a project: steps, and arrows with their assumption (EVI-22)."""

from dataclasses import asdict, dataclass

from django.db import transaction

from mehrwert.base.actor import Actor
from mehrwert.portfolio.actions.common import audit, changeable
from mehrwert.portfolio.choices.logic import HIGHEST_CLASS, STEP_LABELS
from mehrwert.portfolio.errors import (
    ArrowBackwardsError,
    ArrowTwiceError,
    AssumptionMissingError,
    ClassWithoutSourceError,
    StepMissingError,
)
from mehrwert.portfolio.models import Indicator, LogicArrow, LogicStep, Project
from mehrwert.portfolio.rules.logic import leads_on


@dataclass(frozen=True, slots=True)
class ArrowInput:
    """Why one step should lead to another, and who found that it does."""

    assumption: str
    evidence_class: int = 0
    source: str = ""


def save_step(
    row: Project,
    kind: str,
    text: str,
    *,
    indicator: Indicator | None = None,
    step: LogicStep | None = None,
    actor: Actor,
) -> LogicStep:
    """Add a step, or change one.

    Raises:
        StepMissingError: No text, no such kind, or an indicator of another project.
        ArrowBackwardsError: A changed kind would turn an arrow round.
        ProjectEndedError: The project is ended.
    """
    if not text.strip() or kind not in STEP_LABELS:
        raise StepMissingError
    if indicator is not None and indicator.project_id != row.pk:
        raise StepMissingError
    with transaction.atomic():
        row = changeable(row)
        made = step or LogicStep(tenant_id=row.tenant_id, project=row)
        made.kind, made.text, made.indicator = kind, text.strip()[:160], indicator
        if step is not None and not _stays_forward(step):
            raise ArrowBackwardsError
        made.save()
        audit(actor, "save_step", row, after={"step": made.text, "step_kind": kind})
    return made


def _stays_forward(step: LogicStep) -> bool:
    before = LogicArrow.objects.select_related("start").filter(end=step)
    after = LogicArrow.objects.select_related("end").filter(start=step)
    return all(leads_on(one.start.kind, step.kind) for one in before) and all(
        leads_on(step.kind, one.end.kind) for one in after
    )


def remove_step(step: LogicStep, *, actor: Actor) -> None:
    """Take a step out, with the arrows that touch it."""
    with transaction.atomic():
        row = changeable(step.project)
        audit(actor, "remove_step", row, before={"step": step.text, "step_kind": step.kind})
        step.delete()


def save_arrow(start: LogicStep, end: LogicStep, given: ArrowInput, *, actor: Actor) -> LogicArrow:
    """Join two steps, or change the arrow between them.

    Raises:
        AssumptionMissingError: Nobody says why.
        ClassWithoutSourceError: A class above 0 without source, or above 4.
        ArrowBackwardsError: It does not lead forward, or leaves the project.
        ProjectEndedError: The project is ended.
    """
    assumption, source = given.assumption.strip()[:300], given.source.strip()[:300]
    if not assumption:
        raise AssumptionMissingError
    if not 0 <= given.evidence_class <= HIGHEST_CLASS or (given.evidence_class and not source):
        raise ClassWithoutSourceError
    if start.project_id != end.project_id or not leads_on(start.kind, end.kind):
        raise ArrowBackwardsError
    with transaction.atomic():
        row = changeable(start.project)
        arrow, _ = LogicArrow.objects.update_or_create(
            start=start,
            end=end,
            defaults={
                "tenant_id": row.tenant_id,
                "assumption": assumption,
                "evidence_class": given.evidence_class,
                "source": source,
            },
        )
        after = {"from_step": start.text, "to_step": end.text, **asdict(given)}
        audit(actor, "save_arrow", row, after=after)
    return arrow


def add_arrow(start: LogicStep, end: LogicStep, given: ArrowInput, *, actor: Actor) -> LogicArrow:
    """Join two steps that are not joined yet.

    Raises:
        ArrowTwiceError: They are; and as ``save_arrow``.
    """
    if LogicArrow.objects.filter(start=start, end=end).exists():
        raise ArrowTwiceError
    return save_arrow(start, end, given, actor=actor)


def remove_arrow(arrow: LogicArrow, *, actor: Actor) -> None:
    """Take an arrow out."""
    with transaction.atomic():
        row = changeable(arrow.start.project)
        before = {
            "from_step": arrow.start.text,
            "to_step": arrow.end.text,
            "assumption": arrow.assumption,
        }
        audit(actor, "remove_arrow", row, before=before)
        arrow.delete()
