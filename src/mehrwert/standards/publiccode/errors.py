"""Errors of the room: a file that cannot be read at all."""

from mehrwert.base.errors import InvalidInputError
from mehrwert.base.marks import mark


class UnreadableError(InvalidInputError):
    """The bytes are no YAML document that can be looked at.

    Data: ``reason`` (code of a finding in ``wording``), ``line`` and ``column`` from 1, or 0.
    """

    code = "publiccode_unreadable"
    sentence = mark("Die Datei ist nicht lesbar. Bitte prüfen Sie den Aufbau ab Zeile %(line)s.")

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(reason=reason, line=line, column=column)
        self.reason = reason
        self.line = line
        self.column = column


class ForkError(InvalidInputError):
    """The file names another repository than the one it lies in: a technical fork."""

    code = "publiccode_fork"
    sentence = mark(
        "Die Datei gehört zu %(url)s. Kopien eines Repositories werden nicht übernommen; wer die"
        " Lösung eigenständig weiterführt, nennt dort das eigene Repository."
    )


class NoFileThereError(InvalidInputError):
    """The server has no publiccode.yml at an address. ``data``: url."""

    code = "publiccode_not_there"
    sentence = mark(
        "Unter %(url)s liegt keine publiccode.yml. Bitte nennen Sie die Adresse der Datei selbst,"
        " oder laden Sie die Datei hoch."
    )
