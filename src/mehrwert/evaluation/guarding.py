"""Language guard on what people type about one evaluation (EVI-41, EVI-183)."""

from mehrwert.evaluation import queries
from mehrwert.evaluation.models import Evaluation
from mehrwert.evidence.errors import TooStrongWordsError
from mehrwert.evidence.queries import too_strong_words


def refuse_strong(row: Evaluation, *texts: str) -> None:
    """Let pass what says no more than the newest estimate carries.

    Opinions may be quoted with their source: „…“ (Quelle: …).

    Raises:
        TooStrongWordsError: A text claims more than class and interval allow; names the words.
    """
    estimate = queries.newest_estimate(row)
    effect = (estimate.record["effect"] if estimate else None) or {}
    grade = estimate.evidence_class if estimate else 0
    words = [
        word
        for text in texts
        for word in too_strong_words(
            text, evidence_class=grade, low=effect.get("low"), high=effect.get("high")
        )
    ]
    if words:
        raise TooStrongWordsError(words="“, „".join(dict.fromkeys(words)))


def refuse_strong_plan(*texts: str) -> None:
    """Let pass what a plan says before anything is measured: an aim, not a claim.

    Raises:
        TooStrongWordsError: A text claims an effect that nobody measured yet; names the words.
    """
    words = [
        word
        for text in texts
        for word in too_strong_words(text, evidence_class=0, low=None, high=None)
    ]
    if words:
        raise TooStrongWordsError(words="“, „".join(dict.fromkeys(words)))
