"""What can go wrong with reports, indicators and money."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownReportError(NotFoundError):
    """No such report."""

    code = "unknown_report"
    sentence = mark("Diesen Bericht gibt es hier nicht.")


class ReportMonthError(InvalidInputError):
    """No report is asked for this month."""

    code = "report_month"
    sentence = mark("Für diesen Monat wird kein Bericht erwartet, oder er ist noch nicht vorbei.")


class ReportFrozenError(ConflictError):
    """A delivered report is never changed."""

    code = "report_frozen"
    sentence = mark(
        "Der Bericht ist geliefert und bleibt, wie er ist. Was falsch war, wird daneben berichtigt."
    )


class NotDeliveredError(ConflictError):
    """Only a delivered report is corrected or erased."""

    code = "not_delivered"
    sentence = mark("Der Bericht ist noch nicht geliefert.")


class UnknownIndicatorError(NotFoundError):
    """No such indicator."""

    code = "unknown_indicator"
    sentence = mark("Diese Kennzahl gibt es hier nicht.")


class IndicatorWordsError(InvalidInputError):
    """Type, direction, period or delay is none of the known ones, or the series is unknown."""

    code = "indicator_words"
    sentence = mark("Diese Angaben passen nicht zu einer Kennzahl. Bitte wählen Sie neu.")


class IndicatorTakenError(ConflictError):
    """The key is taken."""

    code = "indicator_taken"
    sentence = mark("Eine Kennzahl mit diesem Namen gibt es schon. Bitte wählen Sie einen anderen.")


class BreakReasonError(InvalidInputError):
    """A break in a series needs its reason."""

    code = "break_reason"
    sentence = mark("Bitte nennen Sie den Grund, warum frühere Werte nicht vergleichbar sind.")


class ValueMissingError(InvalidInputError):
    """Neither a value nor a reason."""

    code = "value_missing"
    sentence = mark("Bitte geben Sie einen Wert ein, oder den Grund, warum es keinen gibt.")


class BaselineFrozenError(ConflictError):
    """There is a baseline already."""

    code = "baseline_frozen"
    sentence = mark("Die Ausgangswerte sind festgeschrieben und bleiben, wie sie sind.")


class BaselineShortError(InvalidInputError):
    """Fewer values from before the start than needed."""

    code = "baseline_short"
    sentence = mark(
        "Vor dem Start gibt es nur %(n)s Werte, nötig sind %(least)s. Tragen Sie frühere Werte nach"
        " oder nennen Sie einen Grund, warum es sie nicht gibt."
    )


class DecisionMissingError(InvalidInputError):
    """A figure serves no decision."""

    code = "decision_missing"
    sentence = mark("Bitte sagen Sie, welcher Entscheidung die Zahl dient und wem sie gehört.")


class DashboardFullError(ConflictError):
    """No room for another figure."""

    code = "dashboard_full"
    sentence = mark("Es stehen schon %(most)s Zahlen da. Nehmen Sie zuerst eine herunter.")


class CircleError(ConflictError):
    """A dependency would close a circle."""

    code = "circle"
    sentence = mark("Das andere Vorhaben hängt schon von diesem ab. Ein Kreis ist nicht möglich.")


class CommitmentError(InvalidInputError):
    """Ending before the commitment of a funding ends."""

    code = "commitment"
    sentence = mark(
        "Eine Förderung bindet bis %(until)s. Wer früher beendet, muss vielleicht zurückzahlen."
        " Bitte bestätigen Sie das und nennen Sie den Grund."
    )
