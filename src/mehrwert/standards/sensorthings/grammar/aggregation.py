"""``$apply``: what to calculate per bucket of time.

``groupby((bucket(phenomenonTime,'day','Europe/Berlin')),aggregate(result with mean as m))``
"""

from functools import cache
from zoneinfo import available_timezones

from mehrwert.standards.sensorthings.errors import BadValueError
from mehrwert.standards.sensorthings.options import Aggregation
from mehrwert.standards.sensorthings.times import parse_duration

from .scanner import Scanner

UNITS = frozenset({"minute", "hour", "day", "week", "month", "quarter", "year"})
METHODS = frozenset({"mean", "sum", "min", "max", "count", "first", "last"})
DEFAULT_ZONE = "Europe/Berlin"
_WORD = r"[A-Za-z][A-Za-z0-9_]{0,40}"
_TEXT = r"'[^']{0,60}'"
_DAY_US = 86_400_000_000
MAX_VALUES = 20


def aggregation(scanner: Scanner) -> Aggregation:
    """Read what to calculate per bucket of time.

    Raises:
        BadSyntaxError: Something else stands there, or a unit or zone that does not exist.
    """
    _sign(scanner, "groupby")
    for sign in ("(", "("):
        _sign(scanner, sign)
    unit, width, zone = _bucket(scanner)
    for sign in (")", ",", "aggregate", "("):
        _sign(scanner, sign)
    values = [_value(scanner)]
    while scanner.taken(","):
        values.append(_value(scanner))
    for sign in (")", ")"):
        _sign(scanner, sign)
    if len({name for name, _ in values}) < len(values) or len(values) > MAX_VALUES:
        raise scanner.error()
    return Aggregation(unit, width, zone, tuple(values))


@cache
def _zones() -> set[str]:
    return available_timezones()


def _sign(scanner: Scanner, sign: str) -> None:
    scanner.spaces()
    scanner.must(sign)
    scanner.spaces()


def _bucket(scanner: Scanner) -> tuple[str, int, str]:
    for sign in ("bucket", "(", "phenomenonTime", ","):
        _sign(scanner, sign)
    begin = scanner.at
    unit = (scanner.take(_TEXT) or "").strip("'")
    width = 0
    if unit not in UNITS:
        try:
            width = parse_duration(unit, scanner.option)
        except BadValueError as error:
            scanner.at = begin
            raise scanner.error() from error
        unit = ""
        if not 0 < width <= _DAY_US or _DAY_US % width:
            scanner.at = begin
            raise scanner.error()
    scanner.spaces()
    zone = DEFAULT_ZONE
    if scanner.taken(","):
        scanner.spaces()
        begin = scanner.at
        zone = (scanner.take(_TEXT) or "").strip("'")
        if zone not in _zones():
            scanner.at = begin
            raise scanner.error()
    _sign(scanner, ")")
    return unit, width, zone


def _value(scanner: Scanner) -> tuple[str, str]:
    """Read ``result with mean as name``, or ``$count as name``."""
    scanner.spaces()
    if scanner.taken("$count"):
        method = "count"
    else:
        for sign in ("result", "with"):
            _sign(scanner, sign)
        begin = scanner.at
        method = scanner.take(_WORD) or ""
        method = {"average": "mean"}.get(method, method)
        if method not in METHODS:
            scanner.at = begin
            raise scanner.error()
    name = method
    scanner.spaces()
    if scanner.taken("as"):
        scanner.spaces()
        given = scanner.take(_WORD)
        if given is None:
            raise scanner.error()
        name = given
        scanner.spaces()
    return name, method
