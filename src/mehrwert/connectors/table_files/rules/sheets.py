"""A sheet of a workbook as a plain table: which rows name the columns, how numbers are written.

Rows keep their numbers, so that remarks name the row people see in their spreadsheet.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from mehrwert.base.tables.reading import Row, TableFormat

LOOKED_AT = 60
MOST_HEAD_ROWS = 4
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?\Z")
TIME = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}:\d{2}")
COMMA = re.compile(r"[+-]?\d+,\d+\Z")
POINT = re.compile(r"[+-]?\d+\.\d+\Z")
DELIMITER = ";"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header of a sheet ends (0: none), where data begin, which names it gives."""

    header_row: int
    first_row: int
    names: Row
    decimal: str
    width: int

    def to_format(self) -> TableFormat:
        """Return how the plain table is to be read."""
        return TableFormat("utf-8", DELIMITER, self.decimal, self.header_row, self.first_row)


def look_at(rows: Iterable[Row]) -> Layout:
    """Return the layout that the first rows of a sheet show.

    The header is what stands right above the first row with a time or two numbers. A name that
    was merged over several columns counts for all of them: names of several rows are joined.
    """
    sample = list(islice(rows, LOOKED_AT))
    first = next((n for n, row in enumerate(sample, 1) if is_data(row)), 1)
    head: list[Row] = []
    for row in reversed(sample[: first - 1][-MOST_HEAD_ROWS:]):
        if sum(bool(cell.strip()) for cell in row) < 2:
            break  # a title, or an empty row
        head.insert(0, row)
    width = max((len(row) for row in sample), default=0)
    cells = [cell.strip() for row in sample[first - 1 :] for cell in row]
    commas = sum(bool(COMMA.match(cell)) for cell in cells)
    points = sum(bool(POINT.match(cell)) for cell in cells)
    return Layout(
        header_row=first - 1 if head else 0,
        first_row=first,
        names=joined_names(head, width),
        decimal="," if commas > points else ".",
        width=width,
    )


def is_data(row: Sequence[str]) -> bool:
    """Say whether a row holds values rather than names."""
    filled = [cell.strip() for cell in row if cell.strip()]
    has_time = any(TIME.match(cell) for cell in filled)
    numbers = sum(bool(NUMBER.match(cell)) for cell in filled)
    return len(filled) > 1 and numbers + has_time >= 2


def joined_names(head: Sequence[Row], width: int) -> Row:
    """Return one name per column; an upper cell names the empty ones to its right as well."""
    if not head:
        return []
    lowest = [cell.strip() for cell in _padded(head[-1], width)]
    upper: list[Row] = []
    for row in head[:-1]:
        filled: Row = []
        for cell in _padded(row, width):
            filled.append(cell.strip() or (filled[-1] if filled else ""))
        upper.append(filled)
    names = []
    for column, name in enumerate(lowest):
        above = [row[column] for row in upper if row[column] and row[column] != name]
        names.append(" ".join([*dict.fromkeys(above), name]).strip())
    return names


def plain_rows(rows: Iterable[Row], layout: Layout) -> Iterator[Row]:
    """Yield the rows of a plain table: the names in the header row, everything else as it is."""
    for number, row in enumerate(rows, 1):
        if number == layout.header_row:
            yield layout.names
        elif number >= layout.first_row and row:
            yield _padded(row, layout.width)
        else:
            yield []


def _padded(row: Row, width: int) -> Row:
    return [*row, *[""] * (width - len(row))]
