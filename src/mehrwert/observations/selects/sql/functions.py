"""Functions of conditions: what they take and give. Words of the engines: ``words.py``."""

from collections.abc import Callable
from dataclasses import dataclass

from mehrwert.base.clock import now_us
from mehrwert.observations.selects.errors import WrongTypeError

from .dialect import Dialect
from .fragment import Fragment, Type, build
from .values import as_type, end_of

FIRST_US, LAST_US = -62_135_596_800_000_000, 253_402_300_799_999_999


@dataclass(frozen=True, slots=True)
class Function:
    """Kinds of the arguments, kind of the result, word of the engine if it is not the name."""

    takes: tuple[Type, ...]
    gives: Type
    word: str = ""


_TEXTS: tuple[Type, Type] = ("text", "text")
_SHAPES: tuple[Type, Type] = ("shape", "shape")

FUNCTIONS: dict[str, Function] = {
    **{name: Function(_TEXTS, "bool") for name in ("contains", "starts_with", "ends_with")},
    "length": Function(("text",), "int"),
    "index_of": Function(_TEXTS, "int"),
    "substring": Function(("text", "number"), "text"),
    "substring_n": Function(("text", "number", "number"), "text"),
    **{name: Function(("text",), "text") for name in ("lower", "upper", "trim")},
    "concat": Function(_TEXTS, "text"),
    **{
        name: Function(("time",), "number")
        for name in ("year", "month", "day", "hour", "minute", "second", "fraction")
    },
    "date": Function(("time",), "day"),
    **{name: Function(("number",), "number") for name in ("round", "floor", "ceiling")},
    "distance": Function(_SHAPES, "number"),
    "shape_length": Function(("shape",), "number"),
    **{
        name: Function(_SHAPES, "bool")
        for name in (
            *("equals", "disjoint", "touches", "within"),
            *("overlaps", "crosses", "intersects", "covers"),
        )
    },
    "relate": Function(("shape", "shape", "text"), "bool"),
}


def call(dialect: Dialect, name: str, arguments: list[Fragment]) -> Fragment:
    """Apply a function.

    Raises:
        WrongTypeError: Too many or too few arguments, or of another kind.
    """
    if name in _CONSTANTS and not arguments:
        return dialect.of_integer(_CONSTANTS[name](), "time").named(name)
    if name in _INTERVALS:
        return _compare_intervals(name, arguments)
    if name in _OWN and len(arguments) == 1:
        return _OWN[name](dialect, arguments[0])
    wanted = "substring_n" if name == "substring" and len(arguments) == 3 else name
    function = FUNCTIONS.get(wanted)
    if function is None or len(function.takes) != len(arguments):
        raise WrongTypeError(name=name)
    pieces = [
        as_type(argument, kind, name)
        for argument, kind in zip(arguments, function.takes, strict=True)
    ]
    made = dialect.word(function.word or wanted, *pieces, type=function.gives)
    return made.named(name)


def _clock(dialect: Dialect, argument: Fragment) -> Fragment:
    at = as_type(argument, "time", "time")
    day = dialect.word("date", at, type="day")
    return dialect.word("clock", at, day, type="clock")


def _offset(dialect: Dialect, argument: Fragment) -> Fragment:
    """Return 0 for every time that is there: all times are shown in UTC."""
    at = as_type(argument, "time", "totaloffsetminutes")
    return build("(0*{0})", at, type="int")  # PostgreSQL cannot tell the type of NULL-NULL


_OWN: dict[str, Callable[[Dialect, Fragment], Fragment]] = {"time": _clock, "offset": _offset}
_CONSTANTS: dict[str, Callable[[], int]] = {
    "now": now_us,
    "first_time": lambda: FIRST_US,
    "last_time": lambda: LAST_US,
}
# {0} {1} start and end of the left one, {2} {3} of the right one; an instant ends when it starts
_INTERVALS = {
    "before": "({0}<{2} AND {1}<={2})",
    "after": "({0}>{2} AND {0}>={3})",
    "meets": "({1}={2} OR {0}={3})",
    "during": "({0}>={2} AND {1}<={3} AND {0}<{3})",
    "overlapping": "(({0}<{3} OR {0}={2}) AND ({1}>{2} OR {0}={2}))",
    "starts": "{0}={2}",
    "finishes": "{1}={3}",
}


def _compare_intervals(name: str, arguments: list[Fragment]) -> Fragment:
    if len(arguments) != 2:
        raise WrongTypeError(name=name)
    left, right = (as_type(argument, "time", name) for argument in arguments)
    return build(_INTERVALS[name], left, end_of(left), right, end_of(right))
