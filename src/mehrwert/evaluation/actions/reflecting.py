"""Keeps what people say to the questions; numbers come from plan and estimate."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.evaluation.choices import (
    CODES,
    MOMENT_LABELS,
    QUESTIONS,
    QUESTIONS_VERSION,
    ROLE_LABELS,
    Moment,
)
from mehrwert.evaluation.errors import SilenceWithoutReasonError, UnknownQuestionError
from mehrwert.evaluation.guarding import refuse_strong
from mehrwert.evaluation.models import Answer, Evaluation, Voice
from mehrwert.evaluation.rules import is_bare_silence

MOST_LETTERS = 1_500


def answer_questions(
    row: Evaluation,
    role: str,
    answers: Mapping[str, tuple[str, str]],
    *,
    moment: str = Moment.END.value,
    voice: Voice | None = None,
    actor: Actor,
) -> int:
    """Store the answers of one role; an empty answer is taken away. Return how many stand.

    Args:
        row: The evaluation.
        role: One of ``ROLE_LABELS``.
        answers: Question id → (code, text).
        moment: When it is said, one of ``Moment``.
        voice: The invitation they come by; they stand beside those of the role, not instead.
        actor: Who answers for the role.

    Raises:
        UnknownQuestionError: An id or code of no question of this version (EVI-29).
        SilenceWithoutReasonError: „Keine Angabe“ without the reason (PF-125).
        TooStrongWordsError: A text claims more than is known (EVI-183).
    """
    check_asked(role, moment)
    _check_answers(answers)
    refuse_strong(row, *(text for _, text in answers.values()))
    with transaction.atomic():
        for question, (code, text) in answers.items():
            key = {
                "evaluation": row,
                "role": role,
                "question": question,
                "moment": moment,
                "voice": voice,
            }
            _store(key, (code, text.strip()[:MOST_LETTERS]), actor)
        record_audit(
            actor=actor,
            verb="answer",
            kind="evaluation",
            object_id=row.pk,
            label=row.title,
            after={"role": role, "moment": moment, "questions": sorted(answers)},
            tenant_id=row.tenant_id,
        )
    return Answer.objects.filter(evaluation=row, role=role).count()


def check_asked(role: str, moment: str) -> None:
    """Refuse a role or moment that is none.

    Raises:
        UnknownQuestionError: It is none of this version.
    """
    for word, known in ((role, ROLE_LABELS), (moment, MOMENT_LABELS)):
        if word not in known:
            raise UnknownQuestionError(id=word)


def _check_answers(answers: Mapping[str, tuple[str, str]]) -> None:
    for question, (code, _) in answers.items():
        codes = {known for known, _ in CODES.get(question, ())}
        if question not in QUESTIONS or (code and code not in codes):
            raise UnknownQuestionError(id=question)
    silent = [q for q, (code, text) in answers.items() if is_bare_silence(code, text)]
    if silent:
        raise SilenceWithoutReasonError(ids=", ".join(silent))


def _store(key: Mapping[str, Any], answer: tuple[str, str], actor: Actor) -> None:
    if not any(answer):
        Answer.objects.filter(**key).delete()
        return
    Answer.objects.update_or_create(
        tenant_id=key["evaluation"].tenant_id,
        **key,
        defaults={
            "version": QUESTIONS_VERSION,
            "code": answer[0],
            "text": answer[1],
            "answered_us": now_us(),
            "answered_by": actor.label[:200],
        },
    )
