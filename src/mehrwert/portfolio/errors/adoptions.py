"""What can go wrong with adoptions."""

from mehrwert.base.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownAdoptionError(NotFoundError):
    """No such adoption in this municipality."""

    code = "unknown_adoption"
    sentence = mark("Diese Nachnutzung gibt es hier nicht.")


class ForeignAdoptionError(ForbiddenError):
    """Only the municipality that declared a use changes it; whoever maintains may object beside."""

    code = "foreign_adoption"
    sentence = mark(
        "Das hat eine andere Kommune erklärt; nur sie ändert es. Ein Einwand steht daneben, auf der"
        " Seite der Lösung. Der Versuch ist dort vermerkt."
    )


class UnknownItemError(NotFoundError):
    """No such line of the checklist."""

    code = "unknown_checklist_item"
    sentence = mark("Diese Zeile der Liste gibt es nicht.")


class AdoptionEndedError(ConflictError):
    """It is ended already."""

    code = "adoption_ended"
    sentence = mark("Diese Nutzung ist schon beendet. Zum Fortsetzen erklären Sie sie neu.")


class FutureDayError(InvalidInputError):
    """What happened cannot lie in the future; what is planned is a status."""

    code = "future_day"
    sentence = mark("Das Datum liegt in der Zukunft. Für Geplantes wählen Sie „beschlossen“.")


class SkipReasonError(InvalidInputError):
    """A line is skipped without a reason."""

    code = "skip_reason"
    sentence = mark("Wenn eine Zeile entfällt, nennen Sie bitte den Grund.")
