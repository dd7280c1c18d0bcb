"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownFindingError(NotFoundError):
    """No such finding here."""

    code = "unknown_finding"
    sentence = mark("Diesen Befund gibt es hier nicht.")


class UnknownPoolError(NotFoundError):
    """Nothing is known of this solution and indicator."""

    code = "unknown_pool"
    sentence = mark("Dazu liegen keine Befunde vor.")


class AlreadyReleasedError(ConflictError):
    """A released finding is not changed; a new result gives a new one."""

    code = "finding_released"
    sentence = mark("Dieser Befund ist schon freigegeben. Änderungen brauchen ein neues Ergebnis.")


class TooStrongWordsError(InvalidInputError):
    """A sentence says more than the evidence allows (EVI-41, EVI-183)."""

    code = "too_strong_words"
    sentence = mark(
        "Das sagt mehr, als belegt ist: „%(words)s“. Belegstärke und Bereich erlauben das nicht."
        " Bitte vorsichtiger schreiben, zum Beispiel „Hinweise, dass …“."
    )
