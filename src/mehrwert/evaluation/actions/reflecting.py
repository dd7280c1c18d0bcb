"""Keeps what people say to the questions; numbers come from plan and estimate."""

from collections.abc import Mapping

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.evaluation.choices import B_CODES, QUESTIONS, QUESTIONS_VERSION, ROLE_LABELS
from mehrwert.evaluation.errors import UnknownQuestionError
from mehrwert.evaluation.guarding import refuse_strong
from mehrwert.evaluation.models import Answer, Evaluation

MOST_LETTERS = 1_500


def answer_questions(
    row: Evaluation, role: str, answers: Mapping[str, tuple[str, str]], *, actor: Actor
) -> int:
    """Store the answers of one role; an empty answer is taken away. Return how many stand.

    Args:
        row: The evaluation.
        role: One of ``ROLE_LABELS``.
        answers: Question id → (code, text).
        actor: Who answers for the role.

    Raises:
        UnknownQuestionError: An id or code of no question of this version (EVI-29).
        TooStrongWordsError: A text claims more than is known (EVI-183).
    """
    if role not in ROLE_LABELS:
        raise UnknownQuestionError(id=role)
    for question, (code, _) in answers.items():
        codes = {known for known, _ in B_CODES.get(question, ())}
        if question not in QUESTIONS or (code and code not in codes):
            raise UnknownQuestionError(id=question)
    refuse_strong(row, *(text for _, text in answers.values()))
    with transaction.atomic():
        for question, (code, text) in answers.items():
            _store(row, role, question, (code, text.strip()[:MOST_LETTERS]), actor)
        record_audit(
            actor=actor,
            verb="answer",
            kind="evaluation",
            object_id=row.pk,
            label=row.title,
            after={"role": role, "questions": sorted(answers)},
            tenant_id=row.tenant_id,
        )
    return Answer.objects.filter(evaluation=row, role=role).count()


def _store(
    row: Evaluation, role: str, question: str, answer: tuple[str, str], actor: Actor
) -> None:
    found = Answer.objects.filter(evaluation=row, role=role, question=question)
    if not any(answer):
        found.delete()
        return
    Answer.objects.update_or_create(
        tenant_id=row.tenant_id,
        evaluation=row,
        role=role,
        question=question,
        defaults={
            "version": QUESTIONS_VERSION,
            "code": answer[0],
            "text": answer[1],
            "answered_us": now_us(),
            "answered_by": actor.label[:200],
        },
    )
