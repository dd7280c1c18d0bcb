"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownClosureError(NotFoundError):
    """No such closure in this municipality."""

    code = "unknown_closure"
    sentence = mark("Diese Sperrung gibt es hier nicht.")


class ClosureDaysError(InvalidInputError):
    """It would be over before it begins."""

    code = "closure_days"
    sentence = mark("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Tage.")


class ClosureEndedError(ConflictError):
    """What is over is not changed any more."""

    code = "closure_ended"
    sentence = mark(
        "Diese Sperrung ist beendet und ändert sich nicht mehr. Bitte legen Sie eine neue an."
    )


class NoCallError(ConflictError):
    """There is no stroke to take back."""

    code = "no_call_counted"
    sentence = mark("Heute ist noch kein solcher Anruf gezählt.")
