"""Errors of reading."""

from mehrwert.base.errors import InvalidInputError, NotFoundError, UnavailableError
from mehrwert.base.marks import mark


class UnknownPathError(NotFoundError):
    """Something along the path does not exist in this tenant, or is not linked so."""

    code = "unknown_path"
    sentence = mark("Das gibt es hier nicht. Bitte prüfen Sie die Adresse.")


class BadKeyError(InvalidInputError):
    """The key of the last row does not fit the order that is asked for."""

    code = "bad_key"
    sentence = mark("Die Fortsetzung passt nicht zur Sortierung. Bitte beginnen Sie von vorn.")


class BadExpressionError(InvalidInputError):
    """A condition that cannot be: values of kinds that do not go together."""

    code = "bad_expression"
    sentence = mark("Die Bedingung lässt sich nicht auswerten: %(reason)s.")


class TypesDifferError(BadExpressionError):
    """Two values that cannot be compared or calculated with."""

    code = "types_differ"
    sentence = mark("„%(left)s“ und „%(right)s“ lassen sich nicht vergleichen oder verrechnen.")


class WrongTypeError(BadExpressionError):
    """A function or operator got something of another kind than it takes."""

    code = "wrong_type"
    sentence = mark("„%(name)s“ erwartet an dieser Stelle eine andere Art von Wert.")


class ManyInOrderError(InvalidInputError):
    """Ordering by something of which there may be several."""

    code = "many_in_order"
    sentence = mark(
        "Nach „%(field)s“ lässt sich nicht sortieren, weil es davon mehrere geben kann."
    )


class CalculationError(InvalidInputError):
    """The engine could not calculate what was asked: overflow, impossible geometry."""

    code = "calculation"
    sentence = mark("Die Bedingung führt zu einer Rechnung, die nicht möglich ist.")


class TooManyBucketsError(InvalidInputError):
    """Buckets too small for the range."""

    code = "too_many_buckets"
    sentence = mark(
        "Für diesen Zeitraum sind die Abschnitte zu klein. Bitte wählen Sie größere Abschnitte"
        " oder einen kürzeren Zeitraum."
    )


class TooSlowError(UnavailableError):
    """Answering takes longer than anybody should wait."""

    code = "too_slow"
    sentence = mark(
        "Die Abfrage dauert zu lange. Bitte schränken Sie sie ein, zum Beispiel auf eine Messreihe."
    )
