"""Reads the sheets of an Excel workbook (.xlsx, ECMA-376) as rows of text, in a stream.

Only what is in the cells: a formula gives the value that was stored with it, a day or time the text
``2024-05-17`` or ``2024-05-17 14:00:00``, a number its digits with a point. Nothing in the
file is executed, nothing outside it is opened.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from mehrwert.base.tables.errors import (
    BrokenWorkbookError,
    OldWorkbookError,
    TableError,
    TableTooLongError,
)
from mehrwert.base.tables.reading import Row

MOST_BYTES = 512 * 1024**2
MOST_COLUMNS = 16_384
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OLD = b"\xd0\xcf\x11\xe0"
_PACKED = b"PK\x03\x04"
_LETTERS = re.compile(r"[A-Z]{1,3}")
# formats of numbers that are days or times: built in ones, and letters of a date in own ones
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - wall clock


def is_workbook(path: Path) -> bool:
    """Say whether a file is an Excel workbook of any age, whatever its name."""
    with path.open("rb") as file:
        start = file.read(4)
    return start == _OLD or (start == _PACKED and "xl/workbook.xml" in _names(path))


def list_sheets(path: Path) -> list[str]:
    """Return the names of the visible sheets in their order.

    Raises:
        OldWorkbookError: Made by Excel before 2007, or protected by a password.
        BrokenWorkbookError: Damaged, or no workbook.
    """
    with _Book(path) as book:
        return list(book.sheets)


def read_sheet(path: Path, name: str = "") -> Iterator[Row]:
    """Yield the rows of a sheet, empty ones too; without a name those of the first.

    Raises:
        OldWorkbookError, BrokenWorkbookError, TableTooLongError: See ``list_sheets``.
    """
    with _Book(path) as book:
        part = book.sheets.get(name) if name else next(iter(book.sheets.values()), None)
        if part is None:
            raise BrokenWorkbookError
        yield from book.rows(part)


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return []


@dataclass(frozen=True, slots=True)
class _Limited:
    """A member of the archive that ends with an error where it grows beyond what is honest."""

    source: IO[bytes]
    seen: list[int]

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; refuse what is too long or declares entities."""
        block = self.source.read(size if size >= 0 else 1 << 16)
        self.seen[0] += len(block)
        if self.seen[0] > MOST_BYTES:
            raise TableTooLongError(limit_gb=MOST_BYTES / 1024**3)
        if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
            raise BrokenWorkbookError
        return block


class _Book:
    """An open workbook: its sheets by name, shared texts and date formats."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            if file.read(4) == _OLD:
                raise OldWorkbookError
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise BrokenWorkbookError from error
        self._members = set(self._archive.namelist())
        self._seen = [0]
        self.sheets: dict[str, str] = {}

    def __enter__(self) -> "_Book":
        try:
            self._open()
        except TableError:
            self._archive.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def rows(self, part: str) -> Iterator[Row]:
        """Yield the rows of one part; rows that the file leaves out are empty."""
        number = 0
        for row in self._elements(part, "row"):
            given = row.get("r", "")
            wanted = int(given) if given.isdecimal() else number + 1
            for _ in range(min(wanted - number - 1, 10_000)):
                yield []
            number = max(wanted, number + 1)
            yield self._cells(row)

    def _open(self) -> None:
        targets = {
            str(link.get("Id")): str(link.get("Target"))
            for link in self._elements("xl/_rels/workbook.xml.rels", "Relationship", main=False)
        }
        self._is_1904 = False
        for element in self._elements("xl/workbook.xml", "sheet", "workbookPr"):
            if element.tag == f"{_MAIN}workbookPr":
                self._is_1904 = element.get("date1904") in {"1", "true"}
            elif element.get("state", "visible") == "visible":
                target = targets.get(str(element.get(_RELATION)), "").removeprefix("/")
                part = target if target.startswith("xl/") else f"xl/{target}"
                if part in self._members and "/worksheets/" in part:
                    self.sheets[str(element.get("name"))] = part
        self._texts = [_text(item) for item in self._elements("xl/sharedStrings.xml", "si")]
        self._dates = self._date_styles()

    def _date_styles(self) -> set[int]:
        """Return the numbers of the styles that show a number as day or time."""
        own: dict[str, str] = {}
        styles: list[str] = []
        for element in self._elements("xl/styles.xml", "numFmt", "cellXfs"):
            if element.tag == f"{_MAIN}numFmt":
                own[str(element.get("numFmtId"))] = str(element.get("formatCode"))
            else:
                styles = [str(xf.get("numFmtId")) for xf in element.findall(f"{_MAIN}xf")]
        return {
            position
            for position, key in enumerate(styles)
            if (key.isdecimal() and int(key) in _DATE_FORMATS)
            or _DATE_LETTERS.search(_QUOTED.sub("", own.get(key, "")))
        }

    def _elements(self, part: str, *names: str, main: bool = True) -> Iterator[ET.Element]:
        """Yield the named elements of a part as they end; a missing part has none."""
        if part not in self._members:
            return
        wanted = {f"{_MAIN}{name}" for name in names}
        try:
            with self._archive.open(part) as source:
                limited = _Limited(source, self._seen)
                for _event, element in ET.iterparse(limited):  # type: ignore[arg-type]  # noqa: S314 - no entities
                    plain = element.tag.rpartition("}")[2]
                    if element.tag in wanted or (not main and plain in names):
                        yield element
                        element.clear()
        except (ET.ParseError, zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
            raise BrokenWorkbookError from error
        except RuntimeError as error:  # a member protected by a password
            raise OldWorkbookError from error

    def _cells(self, row: ET.Element) -> Row:
        cells: Row = []
        for cell in row.findall(f"{_MAIN}c"):
            letters = _LETTERS.match(cell.get("r", ""))
            column = _column(letters.group()) if letters else len(cells)
            if column >= MOST_COLUMNS:
                break
            cells.extend([""] * (column - len(cells)))
            cells[column:] = [self._value(cell)]
        return cells

    def _value(self, cell: ET.Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        text = cell.findtext(f"{_MAIN}v") or ""
        if kind == "s":
            number = int(text) if text.isdecimal() else -1
            return self._texts[number] if 0 <= number < len(self._texts) else ""
        if kind == "b":
            return "1" if text == "1" else "0"
        if kind == "e":
            return ""
        if kind != "n" or not text:
            return text
        style = cell.get("s", "")
        if style.isdecimal() and int(style) in self._dates:
            return self._day(text)
        return _number(text)

    def _day(self, text: str) -> str:
        try:
            serial = round(float(text) * 86_400)
            at = (_EPOCH_1904 if self._is_1904 else _EPOCH) + timedelta(seconds=serial)
        except (ValueError, OverflowError):
            return text
        if serial < 86_400:
            return at.strftime("%H:%M:%S")
        return at.strftime("%Y-%m-%d" if serial % 86_400 == 0 else "%Y-%m-%d %H:%M:%S")


def _text(element: ET.Element) -> str:
    """Return the text of a cell; how parts of it look, and how they are read aloud, is left out."""
    spoken = {id(t) for run in element.iter(f"{_MAIN}rPh") for t in run.iter(f"{_MAIN}t")}
    parts = element.iter(f"{_MAIN}t")
    return "".join(part.text or "" for part in parts if id(part) not in spoken)


def _column(letters: str) -> int:
    """Return the position of a column, A = 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _number(text: str) -> str:
    """Return a number as people typed it: 0.1 is stored as 0.10000000000000001."""
    try:
        value = float(text)
    except ValueError:
        return text
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"
