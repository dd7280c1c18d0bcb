"""What can go wrong in the catalogue."""

from mehrwert.base.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownSolutionError(NotFoundError):
    """No such solution, or it is not public."""

    code = "unknown_solution"
    sentence = mark("Diese Lösung gibt es hier nicht. Bitte suchen Sie in der Liste der Lösungen.")


class InvalidProfileError(InvalidInputError):
    """The profile breaks its schema. ``data``: pointer, reason."""

    code = "invalid_profile"
    sentence = mark("Der Eintrag ist nicht verwendbar: %(pointer)s %(reason)s")


class NotOwnEntryError(ForbiddenError):
    """The entry belongs to another municipality."""

    code = "not_own_entry"
    sentence = mark(
        "Dieser Eintrag gehört einer anderen Kommune. Sie können dort eine Korrektur anregen."
    )


class NotReadyError(InvalidInputError):
    """The entry lacks what publication needs. ``data``: missing."""

    code = "not_ready"
    sentence = mark("Zum Veröffentlichen fehlen noch Angaben: %(missing)s.")


class ChangedMeanwhileError(ConflictError):
    """Somebody saved another version since the form was opened."""

    code = "changed_meanwhile"
    sentence = mark(
        "Der Eintrag wurde inzwischen geändert. Bitte laden Sie neu; Ihre Eingabe bleibt stehen."
    )


class CircularLinkError(InvalidInputError):
    """Solutions would be based on each other in a circle."""

    code = "circular_link"
    sentence = mark("So würden zwei Lösungen aufeinander aufbauen. Bitte wählen Sie eine Richtung.")


class TooManyToCompareError(InvalidInputError):
    """Fewer than two or more than five solutions were chosen."""

    code = "too_many_to_compare"
    sentence = mark("Bitte wählen Sie zwei bis fünf Lösungen.")
