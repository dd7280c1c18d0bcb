"""The only way for a door to an assessment of the municipality in scope."""

from mehrwert.base.rows import first_of
from mehrwert.provision.errors import UnknownAssessmentError, UnknownQuestionError
from mehrwert.provision.models import PhaseAssessment
from mehrwert.provision.rules import BY_KEY, PhaseIndicator


def find_assessment(assessment_id: int) -> PhaseAssessment:
    """Return a stored assessment.

    Raises:
        UnknownAssessmentError: No such assessment in this municipality.
    """
    return first_of(PhaseAssessment.objects.filter(pk=assessment_id), UnknownAssessmentError)


def find_question(key: str) -> PhaseIndicator:
    """Return an indicator that a person may answer.

    Raises:
        UnknownQuestionError: There is none of that name, or it comes from data alone.
    """
    indicator = BY_KEY.get(key)
    if indicator is None or not indicator.is_asked:
        raise UnknownQuestionError
    return indicator
