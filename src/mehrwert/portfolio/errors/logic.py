"""What can go wrong with the logic model of a project."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownStepError(NotFoundError):
    """No such step or arrow in this project."""

    code = "unknown_logic_step"
    sentence = mark("Diesen Schritt gibt es in der Wirkungslogik nicht.")


class StepMissingError(InvalidInputError):
    """A step needs words and a kind."""

    code = "logic_step_missing"
    sentence = mark("Bitte sagen Sie in einem Satz, was der Schritt ist.")


class AssumptionMissingError(InvalidInputError):
    """An arrow needs its assumption."""

    code = "logic_assumption_missing"
    sentence = mark("Bitte sagen Sie, warum das eine zum anderen führen soll.")


class ClassWithoutSourceError(InvalidInputError):
    """A class above 0 needs its source."""

    code = "logic_class_without_source"
    sentence = mark("Mehr als „nicht belegt“ geht nur mit Quelle: Wer hat das wo gezeigt?")


class ArrowBackwardsError(InvalidInputError):
    """Arrows lead from what is done to what comes of it."""

    code = "logic_arrow_backwards"
    sentence = mark("Ein Pfeil führt nur nach vorn: Maßnahme, Leistung, Wirkung, Folge.")


class ArrowTwiceError(ConflictError):
    """There is one arrow between two steps."""

    code = "logic_arrow_twice"
    sentence = mark("Zwischen diesen Schritten steht schon ein Pfeil. Bitte ändern Sie ihn.")
