"""The only way for a door to an evaluation of the municipality in scope."""

import hashlib

from mehrwert.base.clock import now_us
from mehrwert.base.rows import first_of
from mehrwert.evaluation.council_paper.profile import Profile
from mehrwert.evaluation.errors import (
    UnknownEvaluationError,
    UnknownPaperError,
    UnknownProfileError,
    UnknownVoiceError,
)
from mehrwert.evaluation.models import CouncilPaper, Evaluation, Voice
from mehrwert.evaluation.profiles import known_profiles


def find_evaluation(evaluation_id: int) -> Evaluation:
    """Return one evaluation.

    Raises:
        UnknownEvaluationError: No such evaluation in this municipality.
    """
    return first_of(Evaluation.objects.filter(pk=evaluation_id), UnknownEvaluationError)


def find_paper(evaluation_id: int, paper_id: int) -> CouncilPaper:
    """Return one council paper with its evaluation.

    Raises:
        UnknownPaperError: No such paper of this evaluation in this municipality.
    """
    rows = CouncilPaper.objects.select_related("evaluation")
    return first_of(rows.filter(pk=paper_id, evaluation_id=evaluation_id), UnknownPaperError)


def find_voice(evaluation_id: int, voice_id: int) -> Voice:
    """Return one invitation of an evaluation.

    Raises:
        UnknownVoiceError: No such invitation in this municipality.
    """
    return first_of(
        Voice.objects.filter(pk=voice_id, evaluation_id=evaluation_id), UnknownVoiceError
    )


def find_voice_by_link(secret: str) -> Voice:
    """Return the invitation whose link somebody opened; the link is all they need to show.

    Raises:
        UnknownVoiceError: There is none, it ended, or its time is over.
    """
    rows = Voice.by_link.filter(link_hash=link_hash(secret), ended_us=None, expires_us__gt=now_us())
    return first_of(rows, UnknownVoiceError)


def link_hash(secret: str) -> str:
    """Return what is kept of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_profile(key: str) -> Profile:
    """Return one form of council papers, own or built in.

    Raises:
        UnknownProfileError: No such form in this municipality.
    """
    found = known_profiles().get(key)
    if found is None:
        raise UnknownProfileError
    return found
