"""What can go wrong, each with a code and one German sentence."""

from mehrwert.base.errors import InvalidInputError, NotFoundError, UnavailableError
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


class UnknownUseCaseError(NotFoundError):
    """There is no page for such a use case."""

    code = "unknown_use_case"
    sentence = mark("Diese Lage gibt es nicht.")


class UnknownMaintenanceError(NotFoundError):
    """No such maintenance in the municipality."""

    code = "unknown_maintenance"
    sentence = mark("Diese Wartung gibt es nicht.")


class UnknownPlanError(NotFoundError):
    """No such plan in the municipality."""

    code = "unknown_plan"
    sentence = mark("Diesen Plan gibt es nicht.")


class UnknownWebhookError(NotFoundError):
    """No such webhook in the municipality."""

    code = "unknown_webhook"
    sentence = mark("Diesen Webhook gibt es nicht mehr.")


class UnknownRosterError(NotFoundError):
    """No such roster in the municipality."""

    code = "unknown_roster"
    sentence = mark("Diesen Dienstplan gibt es nicht mehr.")


class NobodyOnDutyError(UnavailableError):
    """The roster has nobody who can be reached."""

    code = "nobody_on_duty"
    sentence = mark("Im Dienstplan „%(roster)s“ steht niemand, der erreichbar ist.")


class SmsNotSetUpError(UnavailableError):
    """The operator has not set up a gateway."""

    code = "sms_not_set_up"
    sentence = mark("Der Betrieb hat noch kein SMS-Gateway eingerichtet.")


class RefusedError(UnavailableError):
    """Whoever was to be told answered with something else than success."""

    code = "refused"
    sentence = mark("„%(host)s“ hat die Nachricht nicht angenommen (Antwort %(status)s).")


class TemplateError(InvalidInputError):
    """The template of the gateway names something unknown or lacks what is needed."""

    code = "sms_template"
    sentence = mark(
        "Die Vorlage muss {to} und {text} enthalten und darf sonst nur {secret} und {key} nennen."
    )


class WrongSpanError(InvalidInputError):
    """The end is not after the beginning."""

    code = "wrong_span"
    sentence = mark("Das Ende muss nach dem Anfang liegen.")


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
