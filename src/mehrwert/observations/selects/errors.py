"""Errors of reading."""

from mehrwert.base.errors import InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownPathError(NotFoundError):
    """Something along the path does not exist in this tenant, or is not linked so."""

    code = "unknown_path"
    sentence = mark("Das gibt es hier nicht. Bitte prüfen Sie die Adresse.")


class BadKeyError(InvalidInputError):
    """The key of the last row does not fit the order that is asked for."""

    code = "bad_key"
    sentence = mark("Die Fortsetzung passt nicht zur Sortierung. Bitte beginnen Sie von vorn.")
