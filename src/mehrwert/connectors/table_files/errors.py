"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownImportError(NotFoundError):
    """No such import in this tenant."""

    code = "unknown_import"
    sentence = mark("Diesen Import gibt es hier nicht. Vielleicht wurde er verworfen.")


class WrongStateError(ConflictError):
    """The step does not fit the state of the import: somebody was faster."""

    code = "import_state"
    sentence = mark(
        "Dieser Schritt passt nicht zum Stand des Imports. Bitte laden Sie die Seite neu."
    )


class UnknownSheetError(InvalidInputError):
    """A workbook has no sheet of this name."""

    code = "unknown_sheet"
    sentence = mark("Dieses Blatt gibt es in der Datei nicht. Bitte wählen Sie eines der Liste.")


class FileGoneError(ConflictError):
    """The handed-in file was cleared away."""

    code = "import_file_gone"
    sentence = mark("Die Datei liegt nicht mehr vor. Bitte wählen Sie sie noch einmal aus.")


class NothingToStoreError(InvalidInputError):
    """Not one row can be used."""

    code = "import_nothing"
    sentence = mark(
        "Aus dieser Datei lässt sich mit den gewählten Angaben kein einziger Wert lesen."
        " Bitte prüfen Sie Zeitspalte und Dezimalzeichen."
    )


class ClockChangeUnknownError(InvalidInputError):
    """Rows in the repeated hour, and nobody said what they mean."""

    code = "clock_change_unknown"
    sentence = mark(
        "%(n)s Zeilen liegen in der Stunde, die es bei der Zeitumstellung zweimal gibt."
        " Bitte geben Sie an, was in diesen Zeilen steht."
    )


class DescriptionError(InvalidInputError):
    """The description of a folder is wrong; ``field`` says where."""

    code = "import_description"
    sentence = mark("Die Importbeschreibung ist an der Stelle „%(field)s“ nicht verwendbar.")


class FolderError(InvalidInputError):
    """A folder does not hold what the description says."""

    code = "import_folder"
    sentence = mark("Im Ordner fehlt „%(name)s“ oder ist nicht lesbar.")


class UnknownTargetError(ConflictError):
    """A thing or series that was chosen does not exist any more."""

    code = "import_target_gone"
    sentence = mark(
        "Die gewählte Messstelle oder Messreihe gibt es nicht mehr. Bitte wählen Sie eine andere."
    )


class NoDescriptionError(InvalidInputError):
    """Nobody said what the tables of a folder mean."""

    code = "import_no_description"
    sentence = mark(
        "Für diesen Ordner gibt es keine Importbeschreibung. Legen Sie eine Datei „%(name)s“"
        " hinein oder nennen Sie eine mit --description."
    )
