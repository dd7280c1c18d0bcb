"""Why a file cannot be read as a table at all; a bad cell is a ``Problem``, not an error."""

from mehrwert.base.errors import InvalidInputError
from mehrwert.base.marks import mark


class TableError(InvalidInputError):
    """Root of what is wrong with a whole file."""

    code = "table"
    sentence = mark("Die Datei ist nicht als Tabelle lesbar. Es wurde nichts gespeichert.")


class EmptyTableError(TableError):
    """No bytes, or no row with data."""

    code = "table_empty"
    sentence = mark("Die Datei enthält keine Zeile mit Werten. Es wurde nichts gespeichert.")


class ExcelFileError(TableError):
    """A workbook, not text."""

    code = "table_excel"
    sentence = mark(
        "Das ist eine Excel-Arbeitsmappe. Bitte speichern Sie das Tabellenblatt in Excel unter"
        " „Speichern unter“ als CSV-Datei und wählen Sie diese aus."
    )


class NotATableError(TableError):
    """Binary content: a picture, a document, an archive."""

    code = "table_binary"
    sentence = mark(
        "Die Datei enthält keinen Text, sondern etwas anderes, zum Beispiel ein Bild oder ein"
        " Archiv. Bitte wählen Sie eine CSV-Datei aus."
    )


class NoColumnsError(TableError):
    """Text, but nothing that looks like columns with a time."""

    code = "table_no_columns"
    sentence = mark(
        "In der Datei sind keine Spalten mit Zeit und Werten zu erkennen. Erwartet werden Zeilen"
        " wie „31.12.2025 14:00;3,5“."
    )


class LineTooLongError(TableError):
    """A row without end: usually a quotation mark that is never closed."""

    code = "table_line_too_long"
    sentence = mark(
        "Ab Zeile %(row)s endet eine Zeile nicht. Vermutlich fehlt dort ein schließendes"
        " Anführungszeichen. Es wurde nichts gespeichert."
    )


class BrokenArchiveError(TableError):
    """A gzip file that ends early or holds garbage."""

    code = "table_broken_archive"
    sentence = mark(
        "Die gepackte Datei ist beschädigt oder unvollständig. Bitte laden Sie sie noch einmal."
    )


class TableTooLongError(TableError):
    """More text than anybody measures: usually an archive made to fill disks."""

    code = "table_too_long"
    sentence = mark(
        "Entpackt ist die Datei größer als %(limit_gb)s GB. Bitte teilen Sie sie in mehrere auf."
    )


class OldWorkbookError(TableError):
    """A workbook of Excel before 2007, or one behind a password."""

    code = "table_old_workbook"
    sentence = mark(
        "Diese Excel-Datei ist im alten Format (.xls) oder mit einem Kennwort geschützt. Bitte"
        " speichern Sie sie ohne Kennwort als Excel-Arbeitsmappe (.xlsx) oder als CSV-Datei."
    )


class BrokenWorkbookError(TableError):
    """A workbook that cannot be opened, or holds no sheet."""

    code = "table_broken_workbook"
    sentence = mark(
        "Die Excel-Datei ist beschädigt oder enthält kein Tabellenblatt. Bitte öffnen Sie sie in"
        " Excel und speichern Sie sie noch einmal als .xlsx."
    )
