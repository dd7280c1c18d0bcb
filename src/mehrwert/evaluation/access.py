"""The only way for a door to an evaluation of the municipality in scope."""

from mehrwert.base.rows import first_of
from mehrwert.evaluation.council_paper.profile import Profile
from mehrwert.evaluation.errors import (
    UnknownEvaluationError,
    UnknownPaperError,
    UnknownProfileError,
)
from mehrwert.evaluation.models import CouncilPaper, Evaluation
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


def find_profile(key: str) -> Profile:
    """Return one form of council papers, own or built in.

    Raises:
        UnknownProfileError: No such form in this municipality.
    """
    found = known_profiles().get(key)
    if found is None:
        raise UnknownProfileError
    return found
