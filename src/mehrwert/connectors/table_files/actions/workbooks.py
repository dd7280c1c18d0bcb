"""Excel workbooks: one sheet becomes the plain table that is read; the others can be chosen."""

import csv
from collections.abc import Iterator
from pathlib import Path

from mehrwert.base.tables.errors import NoColumnsError
from mehrwert.base.tables.reading import Row
from mehrwert.base.tables.sniffing import Sniffed, look_again
from mehrwert.base.tables.workbooks import list_sheets, read_sheet
from mehrwert.connectors.table_files.access import book_of, file_of
from mehrwert.connectors.table_files.choices import ImportState
from mehrwert.connectors.table_files.errors import UnknownSheetError
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.connectors.table_files.rules.plan import first_plan, plan_to_json
from mehrwert.connectors.table_files.rules.sheets import DELIMITER, look_at, plain_rows

from . import records

OPEN = (ImportState.DRAFT, ImportState.CHECKED)


def open_workbook(path: Path) -> tuple[Sniffed, list[str], str]:
    """Keep a workbook beside and put its first sheet with data in its place.

    Returns:
        What the sheet shows, the names of all sheets, the name of this one.

    Raises:
        TableError: No workbook, too long, or no sheet holds a table; nothing is kept.
    """
    book = book_beside(path)
    path.replace(book)
    try:
        names = list_sheets(book)
        for name in names:
            try:
                return convert(book, path, name), names, name
            except NoColumnsError:
                continue
        raise NoColumnsError
    except Exception:
        book.unlink(missing_ok=True)
        raise


def set_sheet(row: TableImport, name: str) -> None:
    """Read another sheet of the same workbook; columns must be described anew.

    Raises:
        UnknownSheetError: There is no such sheet.
        TableError: It holds no table.
        WrongStateError: The import is under way already.
    """
    if name not in row.sheets:
        raise UnknownSheetError
    plan = plan_to_json(first_plan(convert(book_of(row), file_of(row), name)))
    values = {"plan": plan, "series": {}, "tally": {}, "sheet": name}
    records.step(row, OPEN, ImportState.DRAFT, **values)
    records.forget_problems(row)


def convert(book: Path, path: Path, name: str) -> Sniffed:
    """Write a sheet as a plain table and return what it shows.

    Raises:
        NoColumnsError: The sheet holds no table; what lay at ``path`` stays.
        TableError: The workbook cannot be read.
    """
    layout = look_at(read_sheet(book, name))
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=DELIMITER)
            for row in _without_end(plain_rows(read_sheet(book, name), layout)):
                writer.writerow(row)
        sniffed = look_again(part, layout.to_format())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return sniffed


def book_beside(path: Path) -> Path:
    """Return where the workbook of a plain table lies."""
    return path.with_name(f"{path.name}.xlsx")


def _without_end(rows: Iterator[Row]) -> Iterator[Row]:
    """Leave out the empty rows after the last one: spreadsheets keep thousands of them."""
    empty = 0
    for row in rows:
        if not any(cell.strip() for cell in row):
            empty += 1
            continue
        for _ in range(empty):
            yield []
        empty = 0
        yield row
