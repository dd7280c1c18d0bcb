"""Reads a list of measures: CSV, Excel or JSON become tables of text, one per sheet."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from mehrwert.base.tables.sniffing import distinct_names, padded, sniff_delimiter, sniff_encoding
from mehrwert.base.tables.workbooks import is_workbook, list_sheets, read_sheet
from mehrwert.catalogue.errors import EmptyListError, ListTooLongError

MOST_BYTES = 10 * 1024**2
MOST_ROWS = 1_000
MOST_COLUMNS = 60
MOST_SHEETS = 10
MOST_CELL = 12_000
_HEADER_SHARE = 0.6
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class ListTable:
    """One table: names of its columns, its rows, and the row of the file the first one is."""

    names: list[str]
    rows: list[list[str]]
    first_row: int


def read_list(data: bytes) -> dict[str, ListTable]:
    """Return the tables of a file by the name of their sheet; one without sheets has the name "".

    Raises:
        TableError: It is no table, see ``base.tables.errors``.
        EmptyListError: No sheet has a heading and a row below it.
        ListTooLongError: More than a thousand rows.
    """
    found = {name: table for name, rows in _sheets(data) if (table := _table(rows)) is not None}
    if not found:
        raise EmptyListError
    return found


def _sheets(data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"[", b"{"}:
        yield "", _json_rows(data)
        return
    with tempfile.NamedTemporaryFile(suffix=".list") as file:
        file.write(data)
        file.flush()
        path = Path(file.name)
        if is_workbook(path):
            for name in list_sheets(path)[:MOST_SHEETS]:
                yield name, list(islice(read_sheet(path, name), MOST_ROWS + 50))
            return
    text = data.decode(sniff_encoding(data), errors="replace")
    _sample, delimiter = sniff_delimiter(text[: 1 << 18])
    # cells of spreadsheets hold line breaks: the reader needs the text as it is
    yield "", list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _table(rows: Sequence[Sequence[str]]) -> ListTable | None:
    """Find the heading: the first row that is about as full as the fullest."""
    cells = [[_cell(value) for value in row[:MOST_COLUMNS]] for row in rows]
    filled = [sum(bool(value) for value in row) for row in cells]
    most = max(filled, default=0)
    head = next((i for i, n in enumerate(filled) if n >= max(1, most * _HEADER_SHARE)), None)
    if head is None or not most:
        return None
    width = max(len(row) for row in cells)
    below = [padded(row, width) for row in cells[head + 1 :]]
    while below and not any(below[-1]):
        below.pop()
    if not below:
        return None
    if len(below) > MOST_ROWS:
        raise ListTooLongError(limit=MOST_ROWS)
    return ListTable(distinct_names(cells[head], width), below, head + 2)


def _cell(value: str) -> str:
    return value.replace("\x00", "").replace("\r\n", "\n").strip()[:MOST_CELL]


def _json_rows(data: bytes) -> list[list[str]]:
    """Return the first list of objects in a document as a table; its keys are the columns."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise EmptyListError from error
    records = _records(document)
    if len(records) > MOST_ROWS:
        raise ListTooLongError(limit=MOST_ROWS)
    names = list(dict.fromkeys(str(name) for record in records for name in record))
    return [names, *([_flat(record.get(name)) for name in names] for record in records)]


def _records(document: Any, depth: int = 0) -> list[Mapping[str, Any]]:
    if isinstance(document, list) and document and all(isinstance(x, dict) for x in document):
        return document
    if isinstance(document, dict) and depth < _DEEPEST:
        return next((r for v in document.values() if (r := _records(v, depth + 1))), [])
    return []


def _flat(value: Any) -> str:
    """Return a value as one cell: lists apart by semicolons, of objects their name."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, list):
        return "; ".join(filter(None, map(_flat, value)))
    if isinstance(value, dict):
        return next((str(value[k]) for k in ("name", "title", "url") if value.get(k)), "")
    return str(value)
