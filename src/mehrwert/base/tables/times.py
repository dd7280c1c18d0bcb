"""Columns of text as times: the usual ways to write them, in one column or two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
DAY_US = 86_400 * SECOND_US
_CLOCK = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?(?: ?Uhr)?"
_ZONE = r" ?(?P<z>Z|z|UTC|(?P<sign>[+-])(?P<zh>\d{2}):?(?P<zm>\d{2})?)?"
_DATES = {
    "ymd": r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
    "dmy": r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2})",
    "mdy": r"(?P<m>\d{1,2})[./-](?P<d>\d{1,2})[./-](?P<y>\d{4}|\d{2})",
}
_SHAPES = {
    kind: re.compile(rf"{date}(?:(?:[T ]| +|, )(?:{_CLOCK}){_ZONE})?")
    for kind, date in _DATES.items()
}
_UNIX = re.compile(r"\d{9,17}(?:\.\d{1,6})?")
_EARLIEST_UNIX_S, _LATEST_UNIX_S = 631_152_000, 4_102_444_800  # 1990 to 2100
_PARTS = ("y", "m", "d", "h", "mi", "s")


class TimeKind(StrEnum):
    """How a time is written."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"
    UNIX_S = "unix_s"
    UNIX_MS = "unix_ms"


@dataclass(frozen=True, slots=True)
class Times:
    """A column of times.

    ``us`` is local time of the file, in microseconds since 1970 as if it were UTC, where
    ``is_local``; elsewhere it is UTC already, because the cell names its offset. ``bad`` are
    positions of cells that cannot be read, ``empty`` of cells without anything.
    """

    us: NDArray[np.int64]
    is_local: NDArray[np.bool_]
    bad: list[int]
    empty: list[int]


def parse_times(cells: Sequence[str], kind: TimeKind) -> Times:
    """Turn a column into times; cells written alike are read at once, others one by one."""
    n = len(cells)
    if kind in {TimeKind.UNIX_S, TimeKind.UNIX_MS}:
        return _one_by_one(cells, kind, range(n), _nothing(n))
    found = _nothing(n)
    rest: Sequence[int] = range(n)
    first = _SHAPES[kind].fullmatch(cells[0].strip()) if n else None
    if first is not None:
        rest = _alike(cells, first, found)
    return _one_by_one(cells, kind, rest, found)


def parse_time(cell: str, kind: TimeKind) -> tuple[int, bool] | None:
    """Return one time and whether it is local; None if it cannot be read."""
    text = cell.strip()
    if kind in {TimeKind.UNIX_S, TimeKind.UNIX_MS}:
        return _unix(text, kind)
    match = _SHAPES[kind].fullmatch(text)
    if match is None:
        return None
    part = match.groupdict()
    year, hour = int(part["y"]), int(part["h"] or 0)
    if len(part["y"]) == 2:
        year += 2000
    numbers = [
        year,
        int(part["m"]),
        int(part["d"]),
        hour,
        int(part["mi"] or 0),
        int(part["s"] or 0),
    ]
    if not _is_possible(numbers):
        return None
    days = int(_days(*(np.array([v]) for v in numbers[:3]))[0])
    us = days * DAY_US + ((hour * 60 + numbers[4]) * 60 + numbers[5]) * SECOND_US
    us += int((part["f"] or "0").ljust(6, "0")[:6])
    if part["z"] is None:
        return us, True
    minutes = int(part["zh"] or 0) * 60 + int(part["zm"] or 0)
    return us - (-1 if part["sign"] == "-" else 1) * minutes * MINUTE_US, False


def guess_kind(cells: Sequence[str]) -> TimeKind | None:
    """Return how the times of a column are written, None if they are no times.

    A day that could be a month is read the German way: day first.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return None
    enough = max(1, int(0.8 * len(filled)))
    for kind in (TimeKind.YMD, TimeKind.DMY, TimeKind.MDY, TimeKind.UNIX_S, TimeKind.UNIX_MS):
        if sum(parse_time(cell, kind) is not None for cell in filled) >= enough:
            return kind
    return None


def parse_clock(cell: str) -> int | None:
    """Return microseconds since midnight of a column that holds only the time of day."""
    match = re.fullmatch(_CLOCK, cell.strip())
    if match is None:
        return None
    hour, minute, second = int(match["h"]), int(match["mi"]), int(match["s"] or 0)
    if not _is_possible([2000, 1, 1, hour, minute, second]):
        return None
    return ((hour * 60 + minute) * 60 + second) * SECOND_US


def join_clock(days: Sequence[str], clocks: Sequence[str]) -> list[str]:
    """Join a column with the date and one with the time of day."""
    return [
        f"{day.strip()} {clock.strip()}".strip() for day, clock in zip(days, clocks, strict=True)
    ]


def _nothing(n: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    return np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.bool_)


def _alike(
    cells: Sequence[str],
    first: "re.Match[str]",
    found: tuple[NDArray[np.int64], NDArray[np.bool_]],
) -> Sequence[int]:
    """Read all cells written exactly like the first; return the positions of the others."""
    if first["z"] is not None or first["f"] is not None or len(first["y"]) == 2:
        return range(len(cells))
    pattern = first.string
    try:
        array = np.array(cells, dtype="S")
    except UnicodeEncodeError:
        return range(len(cells))
    width = array.dtype.itemsize
    if width < len(pattern):
        return range(len(cells))
    letters = array.view(np.uint8).reshape(len(cells), width)
    fits = np.ones(len(cells), dtype=np.bool_)
    for column in range(width):
        if column < len(pattern) and pattern[column].isdigit():
            fits &= (letters[:, column] >= 48) & (letters[:, column] <= 57)
        else:
            fits &= letters[:, column] == (ord(pattern[column]) if column < len(pattern) else 0)
    numbers = [_digits(letters, first.span(name)) for name in _PARTS]
    fits &= _possible(*numbers)
    us = _days(*numbers[:3]) * DAY_US
    us += ((numbers[3] * 60 + numbers[4]) * 60 + numbers[5]) * SECOND_US
    found[0][fits] = us[fits]
    return np.flatnonzero(~fits).tolist()


def _digits(letters: NDArray[np.uint8], span: tuple[int, int]) -> NDArray[np.int64]:
    value = np.zeros(len(letters), dtype=np.int64)
    for column in range(max(span[0], 0), max(span[1], 0)):
        value = value * 10 + (letters[:, column].astype(np.int64) - 48)
    return value


def _one_by_one(
    cells: Sequence[str],
    kind: TimeKind,
    positions: Sequence[int],
    found: tuple[NDArray[np.int64], NDArray[np.bool_]],
) -> Times:
    us, is_local = found
    bad: list[int] = []
    empty: list[int] = []
    for position in positions:
        if not cells[position].strip():
            empty.append(position)
            continue
        parsed = parse_time(cells[position], kind)
        if parsed is None:
            bad.append(position)
        else:
            us[position], is_local[position] = parsed
    return Times(us, is_local, bad, empty)


def _unix(text: str, kind: TimeKind) -> tuple[int, bool] | None:
    if not _UNIX.fullmatch(text):
        return None
    whole, _, fraction = text.partition(".")
    us = int(whole) * (SECOND_US if kind is TimeKind.UNIX_S else 1000)
    if kind is TimeKind.UNIX_S:
        us += int(fraction.ljust(6, "0"))
    if not _EARLIEST_UNIX_S <= us // SECOND_US < _LATEST_UNIX_S:
        return None
    return us, False


def _is_possible(numbers: Sequence[int]) -> bool:
    return bool(_possible(*(np.array([v], dtype=np.int64) for v in numbers))[0])


def _possible(*parts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Check year to second; 24:00 is the midnight that ends the day."""
    year, month, day, hour, minute, second = parts
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
    is_month = (month >= 1) & (month <= 12)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0)) & (month == 2)
    longest = lengths[np.where(is_month, month, 0)] + leap
    is_day = (day >= 1) & (day <= longest) & (year >= 1)
    is_clock = ((hour <= 23) & (minute <= 59) & (second <= 59)) | (
        (hour == 24) & (minute == 0) & (second == 0)
    )
    result: NDArray[np.bool_] = is_month & is_day & is_clock
    return result


def _days(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return days since 1970-01-01 of valid dates."""
    months = (year - 1970) * 12 + month - 1
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + day - 1
