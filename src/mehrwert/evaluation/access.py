"""The only way for a door to an evaluation of the municipality in scope."""

from mehrwert.evaluation.errors import UnknownEvaluationError
from mehrwert.evaluation.models import Evaluation


def find_evaluation(evaluation_id: int) -> Evaluation:
    """Return one evaluation.

    Raises:
        UnknownEvaluationError: No such evaluation in this municipality.
    """
    row = Evaluation.objects.filter(pk=evaluation_id).first()
    if row is None:
        raise UnknownEvaluationError
    return row
