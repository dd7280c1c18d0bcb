"""Keeps the list of duties, links projects to them, notes who checked one (PF-72, PF-155)."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.portfolio.actions.common import audit, changeable, plain
from mehrwert.portfolio.choices.financing import DutyKind
from mehrwert.portfolio.errors import DutyTakenError, FutureDayError, ReasonMissingError
from mehrwert.portfolio.models import Duty, Project, ProjectDuty


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyInput:
    """One duty as somebody enters it; see ``Duty``."""

    task: str
    norm: str
    kind: DutyKind
    land: str = ""
    since: date | None = None


def add_duty(row: Project, given: DutyInput, *, actor: Actor) -> Duty:
    """Say that a project serves a duty; one with the same words is taken from the list.

    Raises:
        ReasonMissingError: Task or norm is empty.
        ProjectEndedError: The project is ended.
    """
    task, norm = given.task.strip()[:160], given.norm.strip()[:160]
    if not task or not norm:
        raise ReasonMissingError
    with transaction.atomic():
        row = changeable(row)
        duty, _ = Duty.objects.get_or_create(
            tenant_id=row.tenant_id,
            task=task,
            norm=norm,
            land=given.land,
            defaults={"kind": given.kind.value, "since": given.since, "changed_us": now_us()},
        )
        link_duty(row, duty, actor=actor)
    return duty


def link_duty(row: Project, duty: Duty, *, actor: Actor) -> None:
    """Say that a project serves a duty of the list.

    Raises:
        ProjectEndedError: The project is ended.
    """
    with transaction.atomic():
        row = changeable(row)
        _, is_new = ProjectDuty.objects.get_or_create(
            project=row, duty=duty, defaults={"tenant_id": row.tenant_id}
        )
        if is_new:
            audit(actor, "link_duty", row, after={"task": duty.task, "norm": duty.norm})


def unlink_duty(row: Project, duty: Duty, *, actor: Actor) -> None:
    """Say that a project does not serve a duty after all; the list keeps it."""
    with transaction.atomic():
        row = changeable(row)
        gone, _ = ProjectDuty.objects.filter(project=row, duty=duty).delete()
        if gone:
            audit(actor, "unlink_duty", row, before={"task": duty.task, "norm": duty.norm})


def change_duty(duty: Duty, given: DutyInput, *, actor: Actor) -> Duty:
    """Change a duty of the list; whoever checked it checked other words, so that falls away.

    Raises:
        DutyTakenError: The list has another one with these words.
    """
    with transaction.atomic():
        row = Duty.objects.select_for_update().get(pk=duty.pk)
        new = {**asdict(given), "kind": given.kind.value}
        before = {name: getattr(row, name) for name in new}
        same = Duty.objects.filter(task=given.task, norm=given.norm, land=given.land)
        if same.exclude(pk=row.pk).exists():
            raise DutyTakenError
        if before == new:
            return row
        for name, value in new.items():
            setattr(row, name, value)
        row.reviewer, row.reviewed_on, row.changed_us = "", None, now_us()
        row.save()
        _audit(row, "update", actor, before=before, after=new)
    return row


def review_duty(duty: Duty, *, reviewer: str, on: date, actor: Actor) -> Duty:
    """Note which office checked a duty, and when.

    Raises:
        ReasonMissingError: Nobody is named.
        FutureDayError: The day lies ahead.
    """
    if not reviewer.strip():
        raise ReasonMissingError
    if on > from_us(now_us()).date():
        raise FutureDayError
    with transaction.atomic():
        row = Duty.objects.select_for_update().get(pk=duty.pk)
        row.reviewer, row.reviewed_on = reviewer.strip()[:120], on
        row.save(update_fields=["reviewer", "reviewed_on"])
        _audit(row, "review", actor, after={"reviewer": row.reviewer, "reviewed_on": on})
    return row


def _audit(
    row: Duty,
    verb: str,
    actor: Actor,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object],
) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="duty",
        object_id=row.pk,
        label=row.task,
        before=plain(before),
        after=plain(after),
        tenant_id=row.tenant_id,
    )
