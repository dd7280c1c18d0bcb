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


class SecondPersonNeededError(ConflictError):
    """The reason names a vendor or an office: nobody publishes that alone. ``data``: names."""

    code = "second_person_needed"
    sentence = mark(
        "Der Grund nennt: %(names)s. Vor der Veröffentlichung muss eine zweite Person zustimmen."
    )


class SamePersonError(ForbiddenError):
    """Who wrote a text cannot be the second person."""

    code = "same_person"
    sentence = mark(
        "Sie haben den Text selbst geschrieben. Zustimmen muss jemand anderes: aus Ihrer Kommune"
        " oder Ihr Lotse."
    )


class LookAnsweredError(ConflictError):
    """A second person answered already."""

    code = "look_answered"
    sentence = mark("Darüber ist schon entschieden. Bitte laden Sie die Seite neu.")


class NotNamedError(InvalidInputError):
    """A reply of somebody whom the reason does not name."""

    code = "not_named"
    sentence = mark("Der Grund nennt diesen Anbieter oder dieses Amt nicht.")


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


class TooManySearchesError(ConflictError):
    """A person keeps too many searches. ``data``: limit."""

    code = "too_many_searches"
    sentence = mark("Sie haben schon %(limit)s gemerkte Suchen. Bitte löschen Sie eine davon.")


class EmptyListError(InvalidInputError):
    """A file without a heading and a row below it."""

    code = "empty_list"
    sentence = mark(
        "In der Datei ist keine Liste zu erkennen: Erwartet werden eine Zeile mit Überschriften und"
        " darunter eine Zeile je Maßnahme."
    )


class ListTooLongError(InvalidInputError):
    """More rows than anybody checks by eye. ``data``: limit."""

    code = "list_too_long"
    sentence = mark("Die Liste hat mehr als %(limit)s Zeilen. Bitte teilen Sie sie auf.")


class NoNameColumnError(InvalidInputError):
    """No column, or more than one, holds the name; or another target was chosen twice."""

    code = "no_name_column"
    sentence = mark("Bitte wählen Sie genau eine Spalte als „Name der Maßnahme“.")


class ListStateError(ConflictError):
    """The list is taken over or undone already."""

    code = "list_state"
    sentence = mark("Diese Liste ist schon übernommen. Bitte laden Sie die Seite neu.")
