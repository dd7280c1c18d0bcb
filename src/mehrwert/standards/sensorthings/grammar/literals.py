"""Constants: texts, numbers, times, intervals, durations, geometries."""

from datetime import date, time

import shapely

from mehrwert.observations.queries.tree import (
    Clock,
    Constant,
    Day,
    Nothing,
    Number,
    Period,
    Shape,
    Span,
    Text,
    Truth,
)
from mehrwert.standards.sensorthings.errors import BadValueError
from mehrwert.standards.sensorthings.times import parse_duration, parse_time

from .scanner import Scanner

_INSTANT = r"\d{4}-\d\d-\d\dT[0-9:.,]+(?:Z|[+-]\d\d(?::?\d\d)?)"
_TIME = rf"{_INSTANT}(?:/(?:{_INSTANT}|P[0-9YWDTHMS.]+))?"
_DATE = r"\d{4}-\d\d-\d\d"
_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?"
_NUMBER = r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_END = r"(?![\w.:'/@-])"
_TEXT = r"'(?:[^']|'')*'"
_EPOCH = date(1970, 1, 1)
MAX_WKT = 8_000
MAX_NUMBER = 300


def literal(scanner: Scanner) -> Constant | None:
    """Return the constant that stands here, None if there is none.

    Raises:
        BadSyntaxError: It begins like one but is none.
    """
    if scanner.sees(r"[-.\d]"):
        return _of_digits(scanner)
    quoted = scanner.take(_TEXT)
    if quoted is not None:
        return Text(quoted[1:-1].replace("''", "'"))
    word = scanner.take(r"(?:true|false|null)\b(?![/(.@])")
    if word is not None:
        return Nothing() if word == "null" else Truth(word == "true")
    if scanner.take(r"(?i:duration)(?=')"):
        return _span(scanner)
    if scanner.take(r"(?i:geography|geometry)(?=')"):
        return _shape(scanner)
    return None


def _of_digits(scanner: Scanner) -> Constant:
    begin = scanner.at
    try:
        text = scanner.take(_TIME + _END)
        if text is not None:
            return Period(*parse_time(text))
        text = scanner.take(_DATE + _END)
        if text is not None:
            return Day((date.fromisoformat(text) - _EPOCH).days)
        text = scanner.take(_CLOCK + _END)
        if text is not None:
            at = time.fromisoformat(text)
            seconds = at.hour * 3600 + at.minute * 60 + at.second
            return Clock(seconds * 1_000_000 + at.microsecond)
    except (BadValueError, ValueError) as error:
        scanner.at = begin
        raise scanner.error() from error
    text = scanner.take(_NUMBER + _END)
    if text is None or len(text) > MAX_NUMBER:
        scanner.at = begin
        raise scanner.error()
    return _number(text, scanner)


def _number(text: str, scanner: Scanner) -> Number:
    if text.lstrip("-").isdigit():
        return Number(int(text))
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise scanner.error()
    return Number(value)


def _span(scanner: Scanner) -> Span:
    begin = scanner.at
    text = scanner.take(_TEXT) or ""
    sign = -1 if text[1:2] == "-" else 1
    try:
        return Span(sign * parse_duration(text.strip("'-"), scanner.option))
    except BadValueError as error:
        scanner.at = begin
        raise scanner.error() from error


def _shape(scanner: Scanner) -> Shape:
    begin = scanner.at
    text = (scanner.take(_TEXT) or "")[1:-1].upper().removeprefix("SRID=4326;")
    try:
        if len(text) > MAX_WKT:
            raise scanner.error()
        shape = shapely.from_wkt(text)
    except shapely.errors.GEOSException as error:
        scanner.at = begin
        raise scanner.error() from error
    if shape is None or shape.is_empty:
        scanner.at = begin
        raise scanner.error()
    return Shape(shapely.to_wkt(shape, rounding_precision=-1))
