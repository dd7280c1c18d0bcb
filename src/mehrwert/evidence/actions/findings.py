"""From the registered plan to the public finding, and back when it does not hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.evidence import queries
from mehrwert.evidence.choices import FindingState, PlanState, ResultKind
from mehrwert.evidence.errors import (
    AlreadyReleasedError,
    NotReleasedError,
    PersonNamedError,
    TooStrongWordsError,
    WithdrawalReasonMissingError,
)
from mehrwert.evidence.events import EvidenceChanged, FindingReleased, FindingWithdrawn
from mehrwert.evidence.models import Finding, RegisteredPlan, Synthesis
from mehrwert.evidence.queries import PoolKey
from mehrwert.evidence.rules import too_strong_words
from mehrwert.evidence.rules.persons import persons_in

from .synthesis import synthesise


def register_plan(
    reference: str, fields: Mapping[str, Any], *, frozen_us: int | None = None
) -> RegisteredPlan:
    """Put a frozen plan into the public register; called in the transaction that freezes it.

    Args:
        reference: Names the evaluation inside its municipality.
        fields: Columns of ``RegisteredPlan``.
        frozen_us: When it was frozen; now unless given.
    """
    tenant_id = current_tenant_id()
    return RegisteredPlan.objects.create(
        tenant_id=tenant_id,
        reference=reference,
        frozen_us=frozen_us or now_us(),
        **_keyed(tenant_id, fields),
    )


def draft_finding(reference: str, fields: Mapping[str, Any]) -> Finding:
    """Draft what an evaluation found; a draft is written anew as long as nobody released it.

    A withdrawn finding may be followed by a new draft; day and reason of the withdrawal stay.

    Raises:
        AlreadyReleasedError: A person made it public already.
        PersonNamedError: Reason or deviations name a person.
    """
    study = fields.get("study") or {}
    _refuse_persons(fields.get("reason", ""), study.get("deviations", ""))
    tenant_id = current_tenant_id()
    with transaction.atomic():
        row = Finding.objects.filter(reference=reference).first()
        if row is not None and row.state == FindingState.RELEASED.value:
            raise AlreadyReleasedError
        row, _ = Finding.objects.update_or_create(
            tenant_id=tenant_id,
            reference=reference,
            defaults={
                **_keyed(tenant_id, fields),
                "state": FindingState.DRAFT.value,
                "drafted_us": now_us(),
            },
        )
        is_missing = row.result == ResultKind.NOT_MEASURABLE.value
        state = PlanState.NOT_MEASURABLE if is_missing else PlanState.REPORTED
        _register(reference, state)
    return row


def _refuse_persons(*texts: str) -> None:
    """Let pass what names nobody; everything here becomes public (EVI-33)."""
    names = [name for text in texts for name in persons_in(text)]
    if names:
        raise PersonNamedError(names="“, „".join(dict.fromkeys(names)))


def _keyed(tenant_id: int, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns with the keys under which they are pooled beside the town's own."""
    root, key = fields.get("solution_root", ""), fields.get("indicator_key", "")
    pooled_root, pooled_key = queries.pool_keys(tenant_id, root, key)
    return {
        **fields,
        "own_root": root,
        "own_key": key,
        "solution_root": pooled_root,
        "indicator_key": pooled_key,
    }


def _register(reference: str, state: PlanState) -> None:
    RegisteredPlan.objects.filter(reference=reference).update(
        state=state.value, reported_us=now_us()
    )


def release_finding(row: Finding, *, actor: Actor) -> Finding:
    """Make a finding public and compute the synthesis anew, in one transaction.

    Raises:
        AlreadyReleasedError: Somebody was faster.
    """
    with transaction.atomic():
        row = Finding.objects.select_for_update().get(pk=row.pk)
        if row.state == FindingState.RELEASED.value:
            raise AlreadyReleasedError
        row.state, row.released_us = FindingState.RELEASED.value, now_us()
        row.released_by = actor.label[:200]
        row.save(update_fields=["state", "released_us", "released_by"])
        made = synthesise(PoolKey.of(row), change_note=f"+ {row.municipality}")
        after = {"result": row.result, "synthesis": _version(made)}
        _audit(row, "release", actor, after)
        event = FindingReleased(row.pk, row.solution_root, row.indicator_key, _version(made))
        emit(event, tenant_id=row.tenant_id)
        emit(EvidenceChanged(row.solution_root, row.is_demo), tenant_id=row.tenant_id)
    return row


def withdraw_finding(row: Finding, *, reason: str, actor: Actor) -> Finding:
    """Take a public finding out of the synthesis; that it was there, and why not, stays public.

    The plan of it counts as not reported again, so that withdrawing bad results does not make a
    pool look better: from its due day on it is overdue.

    Raises:
        NotReleasedError: It is not public.
        WithdrawalReasonMissingError: Nobody said why.
        PersonNamedError: The reason names a person.
    """
    said = reason.strip()
    if not said:
        raise WithdrawalReasonMissingError
    _refuse_persons(said)
    with transaction.atomic():
        row = Finding.objects.select_for_update().get(pk=row.pk)
        if row.state != FindingState.RELEASED.value:
            raise NotReleasedError
        row.state, row.withdrawn_us = FindingState.WITHDRAWN.value, now_us()
        row.withdrawn_reason = said
        row.save(update_fields=["state", "withdrawn_us", "withdrawn_reason"])
        _register(row.reference, PlanState.WITHDRAWN)
        made = synthesise(PoolKey.of(row), change_note=f"− {row.municipality}: {said}")
        after = {"result": row.result, "reason": said, "synthesis": _version(made)}
        _audit(row, "withdraw", actor, after)
        event = FindingWithdrawn(row.pk, row.solution_root, row.indicator_key, _version(made))
        emit(event, tenant_id=row.tenant_id)
        emit(EvidenceChanged(row.solution_root, row.is_demo), tenant_id=row.tenant_id)
    return row


def _version(made: Synthesis | None) -> int:
    return made.version if made else 0


def _audit(row: Finding, verb: str, actor: Actor, after: Mapping[str, Any]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="finding",
        object_id=row.pk,
        label=row.title,
        after=after,
        tenant_id=row.tenant_id,
    )


@dataclass(frozen=True, slots=True)
class DecidedNote:
    """What a decision adds to a finding: the outcome, and what was learned."""

    decision: str
    lesson: str = ""


def add_decision(reference: str, note: DecidedNote) -> None:
    """Add what was decided to the finding of an evaluation, drafted or released.

    Raises:
        TooStrongWordsError: The lesson claims more than the finding carries.
        PersonNamedError: The lesson names a person.
    """
    _refuse_persons(note.lesson)
    row = Finding.objects.filter(reference=reference).first()
    if row is None:
        return
    grade = queries.class_of(row).value
    words = too_strong_words(note.lesson, evidence_class=grade, low=row.low, high=row.high)
    if words:
        raise TooStrongWordsError(words="“, „".join(words))
    row.decision, row.lesson = note.decision, note.lesson
    row.save(update_fields=["decision", "lesson"])
