"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownAssessmentError(NotFoundError):
    """No such assessment in this municipality."""

    code = "unknown_assessment"
    sentence = mark("Diese Einschätzung gibt es hier nicht.")


class UnknownQuestionError(NotFoundError):
    """The indicator does not exist or is not asked."""

    code = "unknown_phase_question"
    sentence = mark("Diese Frage gibt es nicht.")


class DocumentIncompleteError(InvalidInputError):
    """A document counts only with address and date."""

    code = "document_incomplete"
    sentence = mark("Ein Beleg braucht Bezeichnung und Datum.")


class DocumentInFutureError(InvalidInputError):
    """A document of tomorrow proves nothing today."""

    code = "document_in_future"
    sentence = mark("Das Datum des Belegs liegt in der Zukunft.")
