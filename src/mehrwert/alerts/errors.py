"""What can go wrong, each with a code and one German sentence."""

from mehrwert.base.errors import InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownRuleError(NotFoundError):
    """No such rule in the municipality."""

    code = "unknown_rule"
    sentence = mark("Diese Regel gibt es nicht.")


class UnknownAlertError(NotFoundError):
    """No such alert in the municipality."""

    code = "unknown_alert"
    sentence = mark("Diese Meldung gibt es nicht.")


class NotNumericError(InvalidInputError):
    """The series holds no numbers."""

    code = "not_numeric"
    sentence = mark("Diese Messreihe enthält keine Zahlen. Für sie geht nur „nichts mehr sendet“.")
