"""What pages say about an import, in words."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from mehrwert.base.marks import mark
from mehrwert.connectors.table_files.choices import (
    NOTES,
    PROBLEM_SENTENCES,
    STATE_LABELS,
    ImportState,
    ProblemCode,
)
from mehrwert.connectors.table_files.models import TableImport, TableProblem
from mehrwert.connectors.table_files.rules.meaning import Guess
from mehrwert.connectors.table_files.rules.plan import column_letter
from mehrwert.connectors.table_files.rules.preview import PreviewColumn, Role

TAGS = {
    ImportState.STORED.value: "ok",
    ImportState.FAILED.value: "bad",
    ImportState.CHECKING.value: "info",
    ImportState.STORING.value: "info",
    ImportState.UNDOING.value: "info",
}
CSV_HEAD = (
    mark("Zeile"),
    mark("Spalte"),
    mark("Name der Spalte"),
    mark("Art"),
    mark("Was ist damit?"),
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark as a page shows it."""

    row: int
    column: str
    name: str
    is_note: bool
    sentence: str
    file: str


def state_label(row: TableImport) -> str:
    """Return the state in words."""
    return gettext(STATE_LABELS[ImportState(row.state)])


def state_tag(row: TableImport) -> str:
    """Return the colour of the state."""
    return TAGS.get(row.state, "")


def line(row: TableImport) -> tuple[TableImport, str, str]:
    """Return an import with its state in words and colour, for the list."""
    return row, state_label(row), state_tag(row)


def counts(row: TableImport, kept: int) -> dict[str, Any]:
    """Return what a page counts: errors, values that were there before, remarks not kept."""
    codes: dict[str, int] = row.tally.get("codes", {})
    stored = row.tally.get("created")
    duplicate = 0
    if stored is not None:
        other = codes.get(ProblemCode.DIFFERENT.value, 0) + row.tally.get("corrected", 0)
        duplicate = max(0, row.tally["values"] - stored - other)
    asked = row.plan.get("time", {}).get("change") if row.plan else "said"
    return {
        "n_errors": sum(n for code, n in codes.items() if ProblemCode(code) not in NOTES),
        "n_duplicate": duplicate,
        "n_kept": kept,
        "n_hidden": max(0, sum(codes.values()) - kept),
        "asks_change": bool(row.tally.get("repeated")) and not asked,
    }


def error_text(row: TableImport) -> str:
    """Return why an import failed, empty if it did not."""
    if not row.error:
        return ""
    told = json.loads(row.error)
    german = told["sentence"]
    sentence = gettext(german)
    return sentence % told["data"] if told["data"] else sentence


def remarks(problems: Iterable[TableProblem]) -> list[Remark]:
    """Return remarks with their sentences."""
    return [remark(problem) for problem in problems]


def remark(problem: TableProblem) -> Remark:
    """Return one remark with its sentence."""
    code = ProblemCode(problem.code)
    letter = column_letter(problem.column - 1) if problem.column else ""
    sentence = gettext(PROBLEM_SENTENCES[code]) % {"cell": problem.cell}
    return Remark(problem.row, letter, problem.name, code in NOTES, sentence, problem.file)


def csv_row(problem: TableProblem) -> list[str]:
    """Return one remark as a row for a spreadsheet."""
    shown = remark(problem)
    kind = gettext("Hinweis") if shown.is_note else gettext("Fehler")
    return [str(shown.row), shown.column, shown.name, kind, shown.sentence]


def meaning(column: PreviewColumn) -> str:
    """Return in words what a column seems to be."""
    if column.role is Role.TIME:
        return gettext("sieht aus wie die Zeit")
    if column.role is Role.CLOCK:
        return gettext("sieht aus wie die Uhrzeit")
    if column.guess is None:
        return gettext("sieht aus wie Text, nicht wie Zahlen")
    return _value_meaning(column.guess)


def _value_meaning(guess: Guess) -> str:
    quantity = gettext(guess.quantity.name) if guess.quantity else ""
    unit = gettext(guess.known.words) if guess.known else ""
    if quantity and unit:
        words = gettext("sieht aus wie %(quantity)s in %(unit)s")
    elif quantity:
        words = gettext("sieht aus wie %(quantity)s")
    elif unit:
        words = gettext("Zahlen in %(unit)s")
    else:
        words = gettext("Zahlen, Bedeutung unbekannt")
    return words % {"quantity": quantity, "unit": unit}
