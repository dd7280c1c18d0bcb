"""Fixed words of the room: states of an import, what may be wrong with a row."""

from enum import StrEnum

from mehrwert.base.marks import mark


class ImportState(StrEnum):
    """Where an import stands."""

    DRAFT = "draft"
    CHECKING = "checking"
    CHECKED = "checked"
    STORING = "storing"
    STORED = "stored"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


class ImportKind(StrEnum):
    """Where the table came from: handed in on a page, or a folder on this computer."""

    UPLOAD = "upload"
    FOLDER = "folder"


class OnDifference(StrEnum):
    """What happens when another value is stored already for the same time."""

    KEEP = "keep"
    REPLACE = "replace"


class ProblemCode(StrEnum):
    """What is wrong with a row or cell, or worth knowing."""

    TIME = "time"
    NO_TIME = "no_time"
    NUMBER = "number"
    DECIMAL = "decimal"
    CELLS = "cells"
    ENCODING = "encoding"
    MISSING_HOUR = "missing_hour"
    REPEATED_HOUR = "repeated_hour"
    MERGED_HOUR = "merged_hour"
    SAME_TIME = "same_time"
    DIFFERENT = "different"


# What stays true of the row nevertheless: these are stored, only flagged
NOTES = frozenset({ProblemCode.MERGED_HOUR})

STATE_LABELS = {
    ImportState.DRAFT: mark("angefangen"),
    ImportState.CHECKING: mark("wird geprüft"),
    ImportState.CHECKED: mark("geprüft"),
    ImportState.STORING: mark("wird übernommen"),
    ImportState.STORED: mark("übernommen"),
    ImportState.UNDOING: mark("wird rückgängig gemacht"),
    ImportState.UNDONE: mark("rückgängig gemacht"),
    ImportState.FAILED: mark("abgebrochen"),
}

DIFFERENCE_LABELS = {
    OnDifference.KEEP: mark("Den gespeicherten Wert behalten und die Zeile melden"),
    OnDifference.REPLACE: mark("Den gespeicherten Wert durch den neuen ersetzen"),
}

PROBLEM_SENTENCES = {
    ProblemCode.TIME: mark("„%(cell)s“ ist keine Zeit in der gewählten Schreibweise."),
    ProblemCode.NO_TIME: mark("Die Zeit fehlt."),
    ProblemCode.NUMBER: mark("„%(cell)s“ ist keine Zahl."),
    ProblemCode.DECIMAL: mark(
        "„%(cell)s“ passt nicht zum gewählten Dezimalzeichen (Komma oder Punkt)."
    ),
    ProblemCode.CELLS: mark("Die Zeile hat %(cell)s Spalten, die anderen haben mehr oder weniger."),
    ProblemCode.ENCODING: mark(
        "Die Zelle enthält Zeichen, die nicht zur gewählten Zeichenkodierung passen."
    ),
    ProblemCode.MISSING_HOUR: mark(
        "%(cell)s gibt es nicht: In dieser Nacht wurde die Uhr vorgestellt."
    ),
    ProblemCode.REPEATED_HOUR: mark(
        "%(cell)s gibt es zweimal: In dieser Nacht wurde die Uhr zurückgestellt."
    ),
    ProblemCode.MERGED_HOUR: mark(
        "%(cell)s enthält beide Stunden der Zeitumstellung. Der Wert ist einmal gespeichert,"
        " zur Sommerzeit, und als zweifelhaft gekennzeichnet."
    ),
    ProblemCode.SAME_TIME: mark("Die Zeit %(cell)s steht schon in einer früheren Zeile."),
    ProblemCode.DIFFERENT: mark(
        "Zur Zeit %(cell)s ist schon ein anderer Wert gespeichert. Er wurde behalten."
    ),
}

CODE_LABELS = {
    ProblemCode.TIME: mark("Zeit nicht lesbar"),
    ProblemCode.NO_TIME: mark("Zeit fehlt"),
    ProblemCode.NUMBER: mark("keine Zahl"),
    ProblemCode.DECIMAL: mark("anderes Dezimalzeichen"),
    ProblemCode.CELLS: mark("falsche Zahl von Spalten"),
    ProblemCode.ENCODING: mark("falsche Zeichenkodierung"),
    ProblemCode.MISSING_HOUR: mark("in der fehlenden Stunde im März"),
    ProblemCode.REPEATED_HOUR: mark("in der doppelten Stunde im Oktober, weggelassen"),
    ProblemCode.MERGED_HOUR: mark("beide Stunden der Zeitumstellung in einer Zeile"),
    ProblemCode.SAME_TIME: mark("Zeit steht zweimal in der Datei"),
    ProblemCode.DIFFERENT: mark("anderer Wert war schon gespeichert, behalten"),
}
