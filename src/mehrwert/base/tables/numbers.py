"""Columns of text as numbers: decimal comma or point, thousands, empty cells."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# what logging devices and spreadsheets write where nothing was measured
EMPTY = frozenset(
    {"", "-", "--", "---", "nan", "na", "n/a", "#n/a", "null", "none", "k.a.", "k. a."}
)
_FAST = {
    ".": frozenset("0123456789.-+eE\n"),
    ",": frozenset("0123456789,-+eE\n"),
}
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))")
_SHAPES = {
    ".": re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?"),
    ",": re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d*)?(?:[eE][+-]?\d{1,3})?"),
}
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_GROUPED_COMMA = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_GROUPED_POINT = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+")


def parse_numbers(cells: Sequence[str], decimal: str) -> tuple[NDArray[np.float64], list[int]]:
    """Turn a column into numbers.

    Args:
        cells: Text as it stands in the file.
        decimal: ``,`` or ``.``; the other one may only stand between groups of three digits.

    Returns:
        Numbers, shape (n,), NaN where a cell is empty or cannot be read; and the positions of
        the cells that cannot be read.
    """
    text = "\n".join(cells)
    if _FAST[decimal].issuperset(text):
        try:
            return _fast(cells, decimal), []
        except ValueError:
            pass
    values, bad = np.full(len(cells), np.nan), []
    for position, cell in enumerate(cells):
        value = parse_number(cell, decimal)
        if value is None:
            bad.append(position)
        else:
            values[position] = value
    return values, bad


def parse_number(cell: str, decimal: str) -> float | None:
    """Return one number, NaN for an empty cell, None for text."""
    text = cell.strip().replace("−", "-")
    if text.lower() in EMPTY:
        return float("nan")
    text = _SPACES.sub("", text)
    if not _SHAPES[decimal].fullmatch(text):
        return None
    plain = text.replace(".", "").replace(",", ".") if decimal == "," else text.replace(",", "")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if abs(value) != float("inf") else None


def guess_decimal(cells: Sequence[str]) -> str:
    """Return the decimal sign of some cells, empty if they do not tell.

    ``1.234`` alone tells nothing: it may be a group of thousands.
    """
    votes = {",": 0, ".": 0}
    for cell in cells:
        text = _SPACES.sub("", cell.strip())
        if _GROUPED_COMMA.fullmatch(text):
            votes[","] += 1
        elif _GROUPED_POINT.fullmatch(text):
            votes["."] += 1
        elif _PLAIN.fullmatch(text):
            for sign in votes:
                head, found, tail = text.partition(sign)
                if found and (len(tail) != 3 or head.lstrip("+-") in {"", "0"}):
                    votes[sign] += 1
    if votes[","] == votes["."]:
        return ""
    return max(votes, key=lambda sign: votes[sign])


def looks_numeric(cell: str) -> bool:
    """Say whether a cell is a number with either decimal sign."""
    text = cell.strip()
    return bool(text) and (
        parse_number(text, ",") is not None or parse_number(text, ".") is not None
    )


def _fast(cells: Sequence[str], decimal: str) -> NDArray[np.float64]:
    filled = [cell or "nan" for cell in cells]
    if decimal == ",":
        filled = [cell.replace(",", ".") for cell in filled]
    values = np.fromiter(map(float, filled), dtype=np.float64, count=len(filled))
    if np.isinf(values).any():
        raise ValueError
    return values
