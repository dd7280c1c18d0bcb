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


class NotReleasedError(ConflictError):
    """Only what is public can be withdrawn."""

    code = "finding_not_released"
    sentence = mark("Nur ein öffentlicher Befund lässt sich zurückziehen.")


class WithdrawalReasonMissingError(InvalidInputError):
    """A withdrawal is public, and so is its reason."""

    code = "withdrawal_reason_missing"
    sentence = mark(
        "Bitte schreiben Sie, warum der Befund nicht mehr gilt. Der Grund ist öffentlich."
    )


class UnknownKeyError(NotFoundError):
    """Nobody uses such a key of their own."""

    code = "unknown_own_key"
    sentence = mark("Diesen eigenen Schlüssel gibt es nicht.")


class SharedKeyInvalidError(InvalidInputError):
    """A shared key has a fixed form."""

    code = "shared_key_invalid"
    sentence = mark(
        "So sieht ein gemeinsamer Schlüssel aus: „giesswasser@1“ für eine Kennzahl (Name und"
        " Hauptversion), „baumbewaesserung“ für eine Lösung. Eigene Schlüssel beginnen mit „eigen-“"
        " und sind hier nicht erlaubt."
    )


class MeaningDiffersError(ConflictError):
    """Two indicators whose good direction or unit differs are not the same one (decisions 35)."""

    code = "meaning_differs"
    sentence = mark(
        "Unter „%(key)s“ stehen schon Befunde, bei denen etwas anderes besser ist oder die eine"
        " andere Einheit haben (%(there)s statt %(here)s). Das ist nicht dieselbe Kennzahl."
    )


class TooStrongWordsError(InvalidInputError):
    """A sentence says more than the evidence allows (EVI-41, EVI-183)."""

    code = "too_strong_words"
    sentence = mark(
        "Das sagt mehr, als belegt ist: „%(words)s“. Belegstärke und Bereich erlauben das nicht."
        " Bitte vorsichtiger schreiben, zum Beispiel „Hinweise, dass …“."
    )


class PersonNamedError(InvalidInputError):
    """A text that becomes public names a person (EVI-33)."""

    code = "person_named"
    sentence = mark(
        "Das wird öffentlich und nennt wohl eine Person: „%(names)s“. Bitte Amt oder Rolle nennen,"
        " keine Namen, Adressen oder Telefonnummern."
    )
