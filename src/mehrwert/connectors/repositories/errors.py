"""What can be wrong with a history that somebody hands in."""

from mehrwert.base.errors import InvalidInputError
from mehrwert.base.marks import mark


class NoHistoryError(InvalidInputError):
    """The file is no history of a repository."""

    code = "repository_history_unreadable"
    sentence = mark("Das ist kein Verlauf eines Repositories: %(reason)s")


class NoCloneError(InvalidInputError):
    """The folder is no copy of a repository, or git is missing."""

    code = "repository_clone_unreadable"
    sentence = mark("„%(path)s“ ist keine lesbare Kopie eines Repositories.")
