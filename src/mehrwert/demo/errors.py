"""Errors of the room."""

from mehrwert.base.errors import ConflictError, ForbiddenError, MehrwertError
from mehrwert.base.marks import mark


class NoRoleByClickError(ForbiddenError):
    """Somebody asked for a role who does not sit at a running demo."""

    code = "no_role_by_click"
    sentence = mark("Eine Rolle ohne Passwort gibt es nur in der Demo auf diesem Rechner.")


class NotADemoError(MehrwertError):
    """The database holds something else than a demo."""

    code = "not_a_demo"
    sentence = mark(
        "In dieser Datenbank liegt keine Demo. "
        "Bitte geben Sie einen leeren Ordner oder eine leere Datenbank an."
    )


class NotThatStepError(ConflictError):
    """The story is at another step."""

    code = "not_that_step"
    sentence = mark(
        "Dieser Schritt ist gerade nicht an der Reihe. Unten steht, wie weit die Geschichte ist."
    )
