"""Times of the standard: ISO 8601 with offset ↔ microseconds UTC."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, UTC, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .errors import BadValueError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)", re.ASCII
)
_MONTHS = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(.*)", re.ASCII)
_DURATION = re.compile(
    r"P(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    r"(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})(?:\.(\d{1,6}))?S)?)?",
    re.ASCII,
)
_DAY_US = 86_400_000_000
_HOUR_US = 3_600_000_000
_YEAR_ONE = -62_135_596_800_000_000
_ZERO, _NINE = ord("0"), ord("9")
# length → letters of a column of instants; 0 stands for any digit
_PATTERNS = {
    len(like): np.frombuffer(like, dtype=np.uint8)
    for like in (
        b"0000-00-00T00:00:00Z",
        b"0000-00-00T00:00:00.000Z",
        b"0000-00-00T00:00:00.000000Z",
    )
}


def parse_instant(text: object, field: str = "phenomenonTime") -> int:
    """Return microseconds UTC.

    Raises:
        BadValueError: No instant, or one without offset.
    """
    if type(text) is str and _INSTANT.fullmatch(text):
        try:
            delta = datetime.fromisoformat(text) - _EPOCH
        except (ValueError, OverflowError) as error:
            raise BadValueError(field=field) from error
        return delta.days * _DAY_US + delta.seconds * 1_000_000 + delta.microseconds
    raise BadValueError(field=field)


def parse_instants(texts: Sequence[object]) -> NDArray[np.int64] | None:
    """Return microseconds UTC of a column of instants, as ``parse_instant`` would, but quicker.

    Returns:
        None if they are not all written alike, with ``Z`` and no fraction or 3 or 6 digits of one,
        or if one of them is wrong: then they must be looked at one by one.
    """
    try:
        text = "".join(texts).encode("ascii")  # type: ignore[arg-type]
    except (TypeError, UnicodeEncodeError):
        return None
    width = len(texts[0]) if texts else 0  # type: ignore[arg-type]
    pattern = _PATTERNS.get(width)
    if pattern is None or set(map(len, texts)) != {width}:  # type: ignore[arg-type]
        return None
    letters = np.frombuffer(text, dtype=np.uint8).reshape(len(texts), width)
    is_digit = (letters >= _ZERO) & (letters <= _NINE)
    if not bool(np.where(pattern == _ZERO, is_digit, letters == pattern).all()):
        return None
    try:
        plain = np.frombuffer(text, dtype=f"S{width}").astype(f"S{width - 1}")
        times = plain.astype("datetime64[us]").astype(np.int64)
    except ValueError:
        return None
    return times if int(times.min()) >= _YEAR_ONE else None


def parse_time(text: object, field: str = "phenomenonTime") -> tuple[int, int | None]:
    """Return start and, for an interval ``start/end`` or ``start/duration``, its end.

    An interval without length is an instant.

    Raises:
        BadValueError: Neither instant nor interval, or one that ends before it starts.
    """
    if type(text) is not str or "/" not in text:
        return parse_instant(text, field), None
    left, _, right = text.partition("/")
    start = parse_instant(left, field)
    end = _end_of(start, right, field) if right[:1] == "P" else parse_instant(right, field)
    if end < start:
        raise BadValueError(field=field)
    return start, None if end == start else end


def _end_of(start_us: int, duration: str, field: str) -> int:
    """Return when a duration from a time on ends: years and months by the calendar (UTC).

    Raises:
        BadValueError: No such duration.
    """
    match = _MONTHS.fullmatch(duration)
    months = int(match[1] or 0) * 12 + int(match[2] or 0) if match else 0
    if match is None or not months:
        return start_us + parse_duration(duration, field)
    start = _EPOCH + timedelta(microseconds=start_us)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > MAXYEAR:
        raise BadValueError(field=field)
    day = min(start.day, monthrange(year, month + 1)[1])
    delta = start.replace(year=year, month=month + 1, day=day) - _EPOCH
    moved = delta.days * _DAY_US + delta.seconds * 1_000_000 + delta.microseconds
    return moved + (parse_duration(f"P{match[3]}", field) if match[3] else 0)


def parse_duration(text: str, field: str) -> int:
    """Return microseconds of an ISO 8601 duration without years and months.

    Raises:
        BadValueError: No such duration.
    """
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise BadValueError(field=field)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[:5])
    fraction = int((match.group(6) or "").ljust(6, "0"))
    days_s = (weeks * 7 + days) * 86_400
    return (days_s + hours * 3600 + minutes * 60 + seconds) * 1_000_000 + fraction


@lru_cache(maxsize=4096)
def _hour(hours: int) -> str:
    return (_EPOCH + timedelta(hours=hours)).isoformat()[:14]


@lru_cache(maxsize=16_384)
def format_instant(value_us: int) -> str:
    """Return UTC with ``Z``; no fraction if zero, else 3 or 6 digits.

    Remembered: dashboards ask for the same latest readings again and again.
    """
    hours, rest = divmod(value_us, _HOUR_US)
    seconds, micros = divmod(rest, 1_000_000)
    minute, second = divmod(seconds, 60)
    text = f"{_hour(hours)}{minute:02}:{second:02}"
    if not micros:
        return text + "Z"
    if micros % 1000:
        return f"{text}.{micros:06}Z"
    return f"{text}.{micros // 1000:03}Z"


def format_instants(values_us: NDArray[np.int64]) -> list[str]:
    """Return ``format_instant`` of each."""
    if np.any(values_us % 1_000_000):
        return [format_instant(value) for value in values_us.tolist()]
    texts: list[str] = np.datetime_as_string(values_us.astype("M8[us]"), unit="s").tolist()
    return [text + "Z" for text in texts]


def format_time(start_us: int, end_us: int | None) -> str:
    """Return an instant or ``start/end``."""
    if end_us is None:
        return format_instant(start_us)
    return f"{format_instant(start_us)}/{format_instant(end_us)}"
