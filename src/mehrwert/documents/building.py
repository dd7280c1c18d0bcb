"""Short ways to write parts of a document."""

import re
from collections.abc import Iterable

from mehrwert.documents.model import Column, Field, Fields, Listing, Paragraph, Run, Runs, Table

NBSP = "\u00a0"
UNITS = "€|%|m²|m³|mm|cm|km|kg|h|Uhr|kWh|MWh|Jahre|Jahr|Monate|Monat|Tage|Tag|Mio\\.|Mrd\\."
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?:\W|$))")


def runs(*pieces: str | Run) -> Runs:
    """Return runs of plain text and given runs."""
    return tuple(Run(unbroken(piece)) if isinstance(piece, str) else piece for piece in pieces)


def strong(text: str) -> Run:
    """Return text that matters more than its neighbours."""
    return Run(unbroken(text), style="strong")


def paragraph(*pieces: str | Run) -> Paragraph:
    """Return a paragraph."""
    return Paragraph(runs(*pieces))


def listing(items: Iterable[str | Run], *, ordered: bool = False) -> Listing:
    """Return a list with one line per item."""
    return Listing(tuple(runs(item) for item in items), ordered=ordered)


def fields(rows: Iterable[tuple[str, str]]) -> Fields:
    """Return labelled values."""
    return Fields(tuple(Field(label, unbroken(value)) for label, value in rows))


def table(
    caption: str, head: Iterable[str], rows: Iterable[Iterable[str]], *, source: str = ""
) -> Table:
    """Return a table; a header that begins with ``>`` puts its column to the right.

    Args:
        caption: Name of the table.
        head: Headers of the columns.
        rows: Cells.
        source: Where the values come from.
    """
    columns = tuple(
        Column(text.removeprefix(">"), align="end" if text.startswith(">") else "start")
        for text in head
    )
    cells = tuple(tuple(unbroken(cell) for cell in row) for row in rows)
    return Table(caption, columns, cells, source=source)


def unbroken(text: str) -> str:
    """Return the text with no-break spaces between a number and its unit."""
    return _BEFORE_UNIT.sub(NBSP, text)
