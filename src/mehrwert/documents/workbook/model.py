"""A workbook as values: sheets of rows of cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

Number = int | Decimal | Fraction


class Look(Enum):
    """How a cell looks; the value is its place in the list of styles."""

    PLAIN = 0
    HEAD = 1
    AMOUNT = 2
    INPUT = 3
    SUM = 4


@dataclass(frozen=True, slots=True)
class Formula:
    """``text`` begins with ``=`` and names cells of the same sheet; ``value`` is what it gives."""

    text: str
    value: Number


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; an empty text leaves it empty."""

    value: str | Number | Formula
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``widths`` are those of its columns in characters."""

    name: str
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook; ``created`` is ``YYYY-MM-DD``, ``language`` ``de`` or ``en``."""

    title: str
    sheets: Sequence[Sheet]
    created: str
    language: str = "de"


def column_name(place: int) -> str:
    """Return the letters of a column, 0 = A."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def plain_number(value: Number) -> str:
    """Return a number with as many digits as a spreadsheet keeps."""
    return f"{float(value):.15g}"
