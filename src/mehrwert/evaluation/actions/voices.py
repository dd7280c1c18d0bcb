"""Invites people without an account to the review, and keeps what they say."""

import secrets
from collections.abc import Mapping

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.evaluation.access import link_hash
from mehrwert.evaluation.errors import VoiceLabelMissingError
from mehrwert.evaluation.models import Evaluation, Voice

from .reflecting import answer_questions, check_asked

DAYS = 30
DAY_US = 86_400_000_000
LONGEST_LABEL = 80
SECRET_BYTES = 32


def invite_voice(
    row: Evaluation, *, role: str, moment: str, label: str, actor: Actor
) -> tuple[Voice, str]:
    """Invite somebody to answer for a role; return the invitation and the secret of its link.

    The secret is shown once and kept nowhere.

    Raises:
        UnknownQuestionError: No such role or moment.
        VoiceLabelMissingError: Nobody said who is asked.
    """
    check_asked(role, moment)
    asked = label.strip()[:LONGEST_LABEL]
    if not asked:
        raise VoiceLabelMissingError
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        made = Voice.objects.create(
            tenant_id=row.tenant_id,
            evaluation=row,
            role=role,
            moment=moment,
            label=asked,
            link_hash=link_hash(secret),
            expires_us=now_us() + DAYS * DAY_US,
            made_us=now_us(),
            made_by=actor.label[:200],
        )
        _audit(made, "invite", actor)
    return made, secret


def end_voice(voice: Voice, *, actor: Actor) -> None:
    """Make the link of an invitation void; what was said by it stays."""
    with transaction.atomic():
        voice.ended_us = voice.ended_us or now_us()
        voice.save(update_fields=["ended_us"])
        _audit(voice, "revoke", actor)


def answer_by_voice(voice: Voice, answers: Mapping[str, tuple[str, str]]) -> None:
    """Store what somebody says by an invitation; until it ends it may be changed.

    Raises:
        UnknownQuestionError: An id or code of no question.
        SilenceWithoutReasonError: „Keine Angabe“ without the reason.
        TooStrongWordsError: A text claims more than is known.
    """
    actor = Actor("anonymous", label=f"Einladung: {voice.label}")
    with transaction.atomic():
        answer_questions(
            voice.evaluation, voice.role, answers, moment=voice.moment, voice=voice, actor=actor
        )
        voice.answered_us = now_us()
        voice.save(update_fields=["answered_us"])


def _audit(voice: Voice, verb: str, actor: Actor) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="voice",
        object_id=voice.pk,
        label=voice.label,
        after={"role": voice.role, "moment": voice.moment},
        tenant_id=voice.tenant_id,
    )
