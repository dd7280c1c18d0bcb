"""Everything that changes something in the room."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.canonical import fingerprint, significant
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.evidence import queries
from mehrwert.evidence.choices import FindingState, PlanState, ResultKind
from mehrwert.evidence.errors import AlreadyReleasedError, TooStrongWordsError
from mehrwert.evidence.events import FindingReleased
from mehrwert.evidence.models import Finding, RegisteredPlan, Synthesis
from mehrwert.evidence.queries import PoolKey
from mehrwert.evidence.rules import too_strong_words
from mehrwert.stats.effect_rules import EFFECTS


def register_plan(
    reference: str, fields: Mapping[str, Any], *, frozen_us: int | None = None
) -> RegisteredPlan:
    """Put a frozen plan into the public register; called in the transaction that freezes it.

    Args:
        reference: Names the evaluation inside its municipality.
        fields: Columns of ``RegisteredPlan``.
        frozen_us: When it was frozen; now unless given.
    """
    return RegisteredPlan.objects.create(
        tenant_id=current_tenant_id(),
        reference=reference,
        frozen_us=frozen_us or now_us(),
        **fields,
    )


def draft_finding(reference: str, fields: Mapping[str, Any]) -> Finding:
    """Draft what an evaluation found; a draft is written anew as long as nobody released it.

    Raises:
        AlreadyReleasedError: A person made it public already.
    """
    tenant_id = current_tenant_id()
    with transaction.atomic():
        row = Finding.objects.filter(reference=reference).first()
        if row is not None and row.state == FindingState.RELEASED.value:
            raise AlreadyReleasedError
        row, _ = Finding.objects.update_or_create(
            tenant_id=tenant_id,
            reference=reference,
            defaults={**fields, "drafted_us": now_us()},
        )
        is_missing = row.result == ResultKind.NOT_MEASURABLE.value
        state = PlanState.NOT_MEASURABLE if is_missing else PlanState.REPORTED
        RegisteredPlan.objects.filter(reference=reference).update(
            state=state.value, reported_us=now_us()
        )
    return row


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
        record_audit(
            actor=actor,
            verb="release",
            kind="finding",
            object_id=row.pk,
            label=row.title,
            after={"result": row.result, "synthesis": made.version if made else 0},
            tenant_id=row.tenant_id,
        )
        version = made.version if made else 0
        event = FindingReleased(row.pk, row.solution_root, row.indicator_key, version)
        emit(event, tenant_id=row.tenant_id)
    return row


@dataclass(frozen=True, slots=True)
class DecidedNote:
    """What a decision adds to a finding: the outcome, and what was learned."""

    decision: str
    lesson: str = ""


def add_decision(reference: str, note: DecidedNote) -> None:
    """Add what was decided to the finding of an evaluation, drafted or released.

    Raises:
        TooStrongWordsError: The lesson claims more than the finding carries.
    """
    row = Finding.objects.filter(reference=reference).first()
    if row is None:
        return
    grade = queries.class_of(row).value
    words = too_strong_words(note.lesson, evidence_class=grade, low=row.low, high=row.high)
    if words:
        raise TooStrongWordsError(words="“, „".join(words))
    row.decision, row.lesson = note.decision, note.lesson
    row.save(update_fields=["decision", "lesson"])


def synthesise(key: PoolKey, *, change_note: str) -> Synthesis | None:
    """Store a new version of what is known; None when nothing can be pooled.

    Earlier versions stay and keep their address (EVI-61). An unchanged record makes no version.
    """
    found = queries.compute_pool(key)
    if found is None:
        return None
    record = significant(asdict(found))
    digest = fingerprint(record)
    newest = queries.read_synthesis(key)
    if newest is not None and newest.record_hash == digest:
        return newest
    return Synthesis.objects.create(
        solution_root=key.solution_root,
        indicator_key=key.indicator_key,
        scale=key.scale,
        is_demo=key.is_demo,
        version=newest.version + 1 if newest else 1,
        made_us=now_us(),
        ruleset=EFFECTS.version,
        evidence_class=found.evidence_class.value,
        record=record,
        record_hash=digest,
        change_note=change_note[:300],
    )
