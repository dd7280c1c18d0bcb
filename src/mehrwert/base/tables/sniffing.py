"""Looks at the beginning of a file: encoding, delimiter, decimal sign, header, time columns."""

import codecs
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from mehrwert.base.tables.errors import (
    EmptyTableError,
    ExcelFileError,
    NoColumnsError,
    NotATableError,
    TableError,
)
from mehrwert.base.tables.numbers import EMPTY, guess_decimal, looks_numeric
from mehrwert.base.tables.reading import SAMPLE_BYTES, Row, TableFormat, read_rows, read_sample
from mehrwert.base.tables.times import TimeKind, guess_kind, join_clock, parse_clock, parse_time

DELIMITERS = ";,\t|"
ENCODINGS = ("utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "cp850", "mac_roman")
SAMPLE_ROWS = 200
MOST_COLUMNS = 400
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_EXPECTED = frozenset("äöüÄÖÜßéèàçñ°²³µ€§–„“’·½")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format", b"7z\xbc\xaf")
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}


@dataclass(frozen=True, slots=True)
class TimeColumns:
    """Which columns hold the time and how it is written; ``clock`` is -1 if one column has all."""

    date: int
    kind: TimeKind
    clock: int = -1
    has_offset: bool = False
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What the beginning of a file shows.

    Args:
        how: The format.
        names: Names of the columns, empty where the header has none; never double.
        rows: First rows with data, padded to the number of columns.
        time: Where the time stands; None if no column looks like one.
        decimal_is_sure: False if the numbers do not tell and the delimiter decided.
    """

    how: TableFormat
    names: list[str]
    rows: list[Row]
    time: TimeColumns | None
    decimal_is_sure: bool


def sniff(path: Path) -> Sniffed:
    """Recognise the format of a file by its beginning.

    Raises:
        TableError: It is no table; each kind has its own sentence.
    """
    sample = read_sample(path)
    encoding = sniff_encoding(sample)
    rows, delimiter = sniff_delimiter(_decoded(sample, encoding))
    header, first, time = _layout(rows)
    data = rows[first - 1 :]
    how = TableFormat(encoding, delimiter, ".", header, first)
    decimal, is_sure = _decimal(data, time, delimiter)
    names = rows[header - 1] if header else []
    width = _width(rows)
    return Sniffed(
        replace(how, decimal=decimal),
        distinct_names(names, width),
        [padded(row, width) for row in data],
        time,
        is_sure,
    )


def look_again(path: Path, how: TableFormat) -> Sniffed:
    """Return names and first rows for a format that somebody has chosen.

    Raises:
        TableError: The file cannot be read that way.
    """
    rows = _sample_rows(_decoded(read_sample(path), how.encoding), how.delimiter)
    data = rows[max(how.first_row, 1) - 1 :]
    if not data or _width(rows) < 2:
        raise NoColumnsError
    width = _width(rows)
    names = rows[how.header_row - 1] if 0 < how.header_row <= len(rows) else []
    data = [padded(row, width) for row in data]
    time = find_time(data, width)
    return Sniffed(how, distinct_names(names, width), data, time, decimal_is_sure=True)


def sniff_encoding(sample: bytes) -> str:
    """Return the encoding of some bytes.

    Raises:
        EmptyTableError, ExcelFileError, NotATableError: It is not text.
    """
    if not sample.lstrip(b"\xef\xbb\xbf\xff\xfe").strip(b"\x00\r\n\t "):
        raise EmptyTableError
    if sample.startswith(_WORKBOOKS):
        raise ExcelFileError
    for mark_bytes, name in _BOMS:
        if sample.startswith(mark_bytes):
            return name
    if sample.startswith(_BINARY):
        raise NotATableError
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if max(zeros) > len(sample) // 8:
        return _wide(sample, zeros)
    if sum(byte in _CONTROL for byte in sample) > len(sample) // 100:
        raise NotATableError
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return _single_byte(sample)
    return "utf-8-sig"


def sniff_delimiter(text: str) -> tuple[list[Row], str]:
    """Return the sample cut into cells and the sign between them.

    Raises:
        NoColumnsError: No sign cuts the lines into columns.
    """
    best: tuple[float, list[Row], str] = (0.0, [], "")
    for delimiter in DELIMITERS:
        try:
            rows = _sample_rows(text, delimiter)
        except TableError:
            continue
        score = _score(rows)
        if score > best[0]:
            best = (score, rows, delimiter)
    if not best[2]:
        raise NoColumnsError
    return best[1], best[2]


def find_time(rows: Sequence[Row], width: int) -> TimeColumns | None:
    """Return the columns with the time: of several the first."""
    columns = [[row[column] for row in rows if column < len(row)] for column in range(width)]
    for kinds in ((TimeKind.YMD, TimeKind.DMY, TimeKind.MDY), (TimeKind.UNIX_S, TimeKind.UNIX_MS)):
        for position, cells in enumerate(columns):
            kind = guess_kind(cells)
            if kind in kinds and kind is not None and _moves(cells, kind):
                return _time_columns(columns, position, kind)
    return None


def distinct_names(names: Sequence[str], width: int) -> list[str]:
    """Return names of all columns; a name that comes twice gets a number."""
    clean = [" ".join(name.replace("\x00", "").split()) for name in padded(list(names), width)]
    seen: Counter[str] = Counter()
    result = []
    for name in clean:
        seen[name] += 1
        result.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return result


def padded(row: Row, width: int) -> Row:
    """Return a row with exactly ``width`` cells."""
    return (row + [""] * (width - len(row)))[:width]


def _decoded(sample: bytes, encoding: str) -> str:
    """Return the text of a sample without its last line if that is cut off."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample)
    return text if len(sample) < SAMPLE_BYTES else text[: text.rfind("\n") + 1] or text


def _wide(sample: bytes, zeros: tuple[int, int]) -> str:
    encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample)
    odd = sum(not (sign.isprintable() or sign in "\r\n\t") for sign in text)
    if odd > len(text) // 100:
        raise NotATableError
    return encoding


def _single_byte(sample: bytes) -> str:
    """Choose by the letters that German tables have."""

    def score(encoding: str) -> int:
        text = sample.decode(encoding, errors="replace")
        return sum((sign in _EXPECTED) - 2 * (sign == "\ufffd") for sign in text if sign > "\x7f")

    return max(_SINGLE_BYTE, key=score)


def _sample_rows(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    for row in read_rows(io.StringIO(text, newline=None), TableFormat(delimiter=delimiter)):
        rows.append(row[:MOST_COLUMNS])
        if len(rows) >= SAMPLE_ROWS:
            break
    return rows


def _width(rows: Sequence[Row]) -> int:
    counts = Counter(len(row) for row in rows if any(row))
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def _score(rows: Sequence[Row]) -> float:
    """Rate how well a delimiter cuts: same number of cells, most of them times or numbers."""
    width = _width(rows)
    if width < 2:
        return 0.0
    alike = [row for row in rows if len(row) == width]
    cells = [cell for row in alike[-50:] for cell in row]
    known = sum(_is_known(cell) for cell in cells)
    return len(alike) / len(rows) * (known / len(cells) + 0.05) + min(width, 20) / 1000


def _is_known(cell: str) -> bool:
    text = cell.strip()
    return (
        text.lower() in EMPTY
        or looks_numeric(text)
        or any(parse_time(text, kind) for kind in (TimeKind.YMD, TimeKind.DMY, TimeKind.MDY))
        or parse_clock(text) is not None
    )


def _layout(rows: Sequence[Row]) -> tuple[int, int, TimeColumns | None]:
    """Return header row, first row with data (from 1; header 0 = none) and the time columns."""
    width = _width(rows)
    body = [row for row in rows if len(row) == width]
    time = find_time(body[len(body) // 4 :] or body, width) or find_time(body, width)
    if time is None:
        first = next((i for i, row in enumerate(rows) if len(row) == width), 0)
        return first + 1, first + 2, None
    first = next(
        i
        for i, row in enumerate(rows)
        if len(row) == width and parse_time(row[time.date], time.kind) is not None
    )
    data = [row for row in rows[first:] if len(row) == width]
    return _header_above(rows, first, width), first + 1, find_time(data, width) or time


def _header_above(rows: Sequence[Row], first: int, width: int) -> int:
    """Return the row with the names: the fullest of the two rows above the data."""
    above = [i for i in range(max(0, first - 2), first) if len(rows[i]) >= width]
    filled = [i for i in above if sum(bool(cell.strip()) for cell in rows[i]) >= width / 2]
    return filled[0] + 1 if filled else 0


def _decimal(rows: Sequence[Row], time: TimeColumns | None, delimiter: str) -> tuple[str, bool]:
    skip = {time.date, time.clock} if time else set()
    cells = [cell for row in rows for i, cell in enumerate(row) if i not in skip]
    guessed = guess_decimal(cells)
    if guessed:
        return guessed, True
    is_plain = not any("," in cell or "." in cell for cell in cells)
    return ("." if delimiter == "," else ","), is_plain


def _moves(cells: Sequence[str], kind: TimeKind) -> bool:
    """Say whether a column changes with the rows: a fixed date is no time of measuring."""
    if kind not in {TimeKind.UNIX_S, TimeKind.UNIX_MS}:
        return True
    found = [time[0] for cell in cells if (time := parse_time(cell, kind))]
    steps = [later - earlier for earlier, later in pairwise(found)]
    return bool(steps) and (all(step > 0 for step in steps) or all(step < 0 for step in steps))


def _time_columns(columns: Sequence[Sequence[str]], date: int, kind: TimeKind) -> TimeColumns:
    cells, clock = columns[date], -1
    if kind in {TimeKind.YMD, TimeKind.DMY, TimeKind.MDY} and not any(":" in c for c in cells):
        clock = next(
            (
                i
                for i, column in enumerate(columns)
                if i != date
                and column
                and all(parse_clock(c) is not None for c in column if c)
                and any(column)
            ),
            -1,
        )
    if clock >= 0:
        cells = join_clock(cells, columns[clock])
    found = [time for cell in cells if (time := parse_time(cell, kind))]
    is_descending = len(found) > 1 and found[0][0] > found[-1][0]
    has_offset = bool(found) and not any(is_local for _, is_local in found)
    return TimeColumns(date, kind, clock, has_offset, is_descending)
