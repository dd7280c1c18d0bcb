"""Everything that changes something in the room."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.canonical import fingerprint, significant
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.portfolio.actions import set_phases
from mehrwert.provision import queries
from mehrwert.provision.assessing import to_record
from mehrwert.provision.errors import DocumentIncompleteError, DocumentInFutureError
from mehrwert.provision.events import PhasesAssessed
from mehrwert.provision.models import PhaseAnswer, PhaseAssessment
from mehrwert.provision.rules import PHASE_RULES, PhaseIndicator, project_phase


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """What somebody says to a question; ``halves`` None opens the question again."""

    halves: int | None
    document_title: str = ""
    document_url: str = ""
    document_on: date | None = None


def answer_question(
    indicator: PhaseIndicator,
    given: AnswerInput,
    *,
    today: date,
    actor: Actor,
    at_us: int | None = None,
) -> PhaseAnswer:
    """Store an answer; earlier ones stay, the newest counts.

    Args:
        indicator: What is asked.
        given: What somebody says to it.
        today: No document may be younger.
        actor: Who answers.
        at_us: The clock; now unless given.

    Raises:
        DocumentIncompleteError: A document without title or without day.
        DocumentInFutureError: Its day is still to come.
    """
    _check_document(given, today)
    before = queries.read_answers().get(indicator.key)
    with transaction.atomic():
        row = PhaseAnswer.objects.create(
            tenant_id=current_tenant_id(),
            indicator=indicator.key,
            halves=given.halves,
            document_title=given.document_title,
            document_url=given.document_url,
            document_on=given.document_on,
            answered_us=at_us or now_us(),
            answered_by=actor.label[:200],
        )
        record_audit(
            actor=actor,
            verb="answer",
            kind="phase_question",
            object_id=indicator.key,
            label=indicator.key,
            before={"halves": before.halves} if before else None,
            after={"halves": given.halves, "document_title": given.document_title},
            tenant_id=row.tenant_id,
        )
    return row


def _check_document(given: AnswerInput, today: date) -> None:
    is_named = bool(given.document_title.strip())
    if is_named != (given.document_on is not None) or (given.document_url and not is_named):
        raise DocumentIncompleteError
    if given.document_on is not None and given.document_on > today:
        raise DocumentInFutureError


def store_assessment(
    *, today: date, actor: Actor, is_demo: bool = False, at_us: int | None = None
) -> PhaseAssessment:
    """Store where the municipality stands today; nothing new when nothing changed.

    Args:
        today: From here months are counted back.
        actor: Who keeps it.
        is_demo: It is of an invented town.
        at_us: The clock; now unless given.
    """
    current = queries.assess_now(today=today)
    record = significant(to_record(current.whole, current.fields, current.tensions, on=today))
    digest = fingerprint({**record, "on": ""})
    newest = queries.newest_assessment()
    if (
        newest is not None
        and newest.record_hash == digest
        and (newest.ruleset == PHASE_RULES.version)
    ):
        return newest
    with transaction.atomic():
        row = PhaseAssessment.objects.create(
            tenant_id=current_tenant_id(),
            made_us=at_us or now_us(),
            made_by=actor.label[:200],
            ruleset=PHASE_RULES.version,
            label=current.whole.label.value,
            record=record,
            record_hash=digest,
            is_demo=is_demo,
        )
        record_audit(
            actor=actor,
            verb="record",
            kind="phase_assessment",
            object_id=row.pk,
            label=row.label,
            after={"ruleset": row.ruleset, "record_hash": digest},
            tenant_id=row.tenant_id,
        )
        emit(PhasesAssessed(row.pk, row.label), tenant_id=row.tenant_id)
    return row


def push_phases(*, today: date) -> int:
    """Compute the phase of every project of the municipality in scope; return how many changed.

    The portfolio keeps the phase so that its lists can show and sort it (decisions 26).
    """
    rows = queries.list_project_facts(today=today)
    phases = {
        project_id: project_phase(facts, today=today).phase.value for project_id, facts in rows
    }
    return set_phases(phases)
