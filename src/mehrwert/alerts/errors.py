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


class UnknownTaskError(NotFoundError):
    """No such round in the municipality."""

    code = "unknown_task"
    sentence = mark("Diese Aufgabe gibt es nicht.")


class UnknownPlanError(NotFoundError):
    """No such plan in the municipality."""

    code = "unknown_plan"
    sentence = mark("Diesen Plan gibt es nicht.")


class NothingToDoError(InvalidInputError):
    """A plan has no place to go to now."""

    code = "nothing_to_do"
    sentence = mark(
        "Gerade trifft keine Regel dieses Plans zu, und er hat keine festen Orte. Es gibt nichts zu"
        " tun."
    )


class TaskClosedError(InvalidInputError):
    """The round is over."""

    code = "task_closed"
    sentence = mark("Diese Aufgabe ist abgeschlossen. Es lässt sich nichts mehr abhaken.")


class NotNumericError(InvalidInputError):
    """The series holds no numbers."""

    code = "not_numeric"
    sentence = mark("Diese Messreihe enthält keine Zahlen. Für sie geht nur „nichts mehr sendet“.")


class MissingSeriesError(InvalidInputError):
    """A combined rule names a series that was not chosen."""

    code = "missing_series"
    sentence = mark("Die Bedingung nennt %(name)s, aber für %(name)s ist keine Messreihe gewählt.")


class ExpressionError(InvalidInputError):
    """A combined rule is no condition. ``reason`` is a key of ``EXPRESSION_REASONS``."""

    code = "expression"
    sentence = mark("An der Stelle %(at)s stimmt die Bedingung nicht.")


EXPRESSION_REASONS = {
    "depth": mark("Zu viele Klammern ineinander."),
    "end": mark("Die Bedingung hört zu früh auf. Es fehlt zum Beispiel ein Vergleich wie A > 0,6."),
    "length": mark("Höchstens 300 Zeichen, bitte."),
    "minutes": mark("Hier muss eine Zahl von Minuten stehen, zum Beispiel Summe(B; 60)."),
    "order": mark("Stelle %(at)s: Hier passt das nicht hin. Ein Vergleich sieht so aus: A > 0,6."),
    "series": mark("Stelle %(at)s: Hier muss A, B oder C stehen."),
    "sign": mark("Stelle %(at)s: Dieses Zeichen gehört nicht in eine Bedingung."),
    "word": mark(
        "Stelle %(at)s: Dieses Wort kennt die Bedingung nicht. Sie kennt A, B, C, Mittel, Summe,"
        " Minimum, Maximum, Anstieg, und, oder, nicht."
    ),
}
