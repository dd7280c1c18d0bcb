"""Records what a body decided, with the proposal it had before it."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.evaluation import queries
from mehrwert.evaluation.choices import LEGAL_LABELS, EvaluationState
from mehrwert.evaluation.deciding import MoneyInput, deliberate
from mehrwert.evaluation.errors import BodyMissingError, NoResultError, ReasonMissingError
from mehrwert.evaluation.events import DecisionRecorded
from mehrwert.evaluation.guarding import refuse_strong
from mehrwert.evaluation.models import Decision, Evaluation
from mehrwert.evidence.actions import DecidedNote, add_decision


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """What was decided. Another outcome than proposed needs reason and body (EVI-192)."""

    decision: str
    decided_on: date
    body: str = ""
    override_reason: str = ""
    lesson: str = ""
    money: MoneyInput = field(default_factory=MoneyInput)


def record_decision(row: Evaluation, given: DecisionInput, *, actor: Actor) -> Decision:
    """Store a decision with the estimate it rests on, and tell everybody.

    Raises:
        NoResultError: No result was filed yet.
        BodyMissingError: It differs from the proposal without reason or body.
        TooStrongWordsError: Reason or lesson claims more than is known.
    """
    result = queries.read_result(row)
    if result is None:
        raise NoResultError
    plan = queries.plan_of(row)
    weighed = deliberate(row, plan, result.estimate, given.money)
    follows = weighed.proposal.decision.value == given.decision
    if not follows and not (given.body.strip() and given.override_reason.strip()):
        raise BodyMissingError
    refuse_strong(row, given.override_reason)
    with transaction.atomic():
        made = Decision.objects.create(
            tenant_id=row.tenant_id,
            evaluation=row,
            estimate=result.estimate,
            proposal=weighed.proposal.decision.value,
            proposal_row=weighed.proposal.row,
            decision=given.decision,
            override_reason="" if follows else given.override_reason.strip(),
            body=given.body.strip(),
            decided_on=given.decided_on,
            basis=weighed.to_record(),
            made_us=now_us(),
            made_by=actor.label[:200],
        )
        row.state = EvaluationState.DECIDED.value
        row.save(update_fields=["state"])
        add_decision(row.reference, DecidedNote(given.decision, given.lesson.strip()))
        _tell(row, made, plan.solution_root, follows=follows, actor=actor)
    return made


def _tell(
    row: Evaluation, made: Decision, solution_root: str, *, follows: bool, actor: Actor
) -> None:
    record_audit(
        actor=actor,
        verb="decide",
        kind="evaluation",
        object_id=row.pk,
        label=row.title,
        after={"decision": made.decision, "proposal": made.proposal, "body": made.body},
        tenant_id=row.tenant_id,
    )
    day = made.decided_on.isoformat()
    event = DecisionRecorded(row.pk, made.decision, follows, solution_root, day)
    emit(event, tenant_id=row.tenant_id)


def set_legal_light(row: Evaluation, light: str, *, actor: Actor) -> Evaluation:
    """Set what law and data protection say, with name and day (decisions 31).

    Raises:
        ReasonMissingError: No such light.
    """
    if light not in LEGAL_LABELS:
        raise ReasonMissingError
    with transaction.atomic():
        before = {"legal_light": row.legal_light}
        row.legal_light, row.legal_by, row.legal_us = light, actor.label[:200], now_us()
        row.save(update_fields=["legal_light", "legal_by", "legal_us"])
        record_audit(
            actor=actor,
            verb="review",
            kind="evaluation",
            object_id=row.pk,
            label=row.title,
            before=before,
            after={"legal_light": light},
            tenant_id=row.tenant_id,
        )
    return row
