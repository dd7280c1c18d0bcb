"""What can go wrong with adoptions."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownAdoptionError(NotFoundError):
    """No such adoption in this municipality."""

    code = "unknown_adoption"
    sentence = mark("Diese Nachnutzung gibt es hier nicht.")


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
