"""What can go wrong with a project and its gates."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownProjectError(NotFoundError):
    """No such project in this municipality."""

    code = "unknown_project"
    sentence = mark("Dieses Vorhaben gibt es hier nicht.")


class ProjectEndedError(ConflictError):
    """An ended project is not changed any more."""

    code = "project_ended"
    sentence = mark("Das Vorhaben ist beendet. Es wird nicht mehr geändert.")


class GateOrderError(ConflictError):
    """Gates are passed one after the other."""

    code = "gate_order"
    sentence = mark("Dieses Tor ist nicht an der Reihe. Bitte laden Sie die Seite neu.")


class GateBlockedError(InvalidInputError):
    """Something is missing before a project goes live; ``reasons`` are sentences."""

    code = "gate_blocked"
    sentence = mark("Das Vorhaben kann noch nicht in Betrieb gehen. %(reasons)s")


class ReasonMissingError(InvalidInputError):
    """An end or a waiver needs a reason."""

    code = "project_reason_missing"
    sentence = mark("Bitte nennen Sie den Grund in einem Satz.")


class DutyTakenError(ConflictError):
    """The list of duties has these words already."""

    code = "duty_taken"
    sentence = mark("Diese Pflicht steht schon in der Liste.")


class UnknownDutyError(NotFoundError):
    """No such duty in this municipality."""

    code = "unknown_duty"
    sentence = mark("Diese Pflicht gibt es hier nicht.")


class SplitSumError(InvalidInputError):
    """The shares of the levels do not add up."""

    code = "split_sum"
    sentence = mark("Die vier Anteile müssen zusammen 100 Prozent ergeben.")


class CorrectionReasonError(InvalidInputError):
    """For whom a project is stands fixed from its start; a correction needs a reason (EVI-23)."""

    code = "project_correction_reason"
    sentence = mark(
        "Wem es nützt, steht seit dem Beginn fest. Eine Berichtigung braucht einen Grund; sie steht"
        " mit Tag und Namen im Protokoll."
    )
