"""Kinds of values: what may stand for what, and how two of them compare."""

from mehrwert.observations.selects.errors import TypesDifferError, WrongTypeError

from .dialect import Dialect
from .fragment import Fragment, Type, build

NUMBERS = frozenset({"int", "number"})
_SIGNS = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_PLAIN = frozenset({"text", "bool", "day", "clock", "span"})
# {0} {1} start and end of the left one, {2} {3} of the right one; an instant ends when it starts.
# The first comparison of each is the one that an index on the start can use.
_INTERVALS = {
    "eq": "({0}={2} AND {1}={3})",
    "ne": "NOT ({0}={2} AND {1}={3})",
    "lt": "({0}<{2} AND {1}<={2})",
    "le": "({0}<={2} AND {1}<={3})",
    "gt": "({0}>{2} AND {0}>={3})",
    "ge": "({0}>={2} AND {1}>={3})",
}
# the same against an instant {2}, said so that PostgreSQL guesses well: {3} is nearly always true
_AGAINST_INSTANT = {
    "lt": "({0}<{2} AND ({3} OR {1}<={2}))",
    "le": "({0}<={2} AND ({3} OR {1}<={2}))",
    "gt": "{0}>{2}",
    "ge": "{0}>={2}",
}


def as_type(value: Fragment, wanted: Type, name: str) -> Fragment:
    """Return a value as this kind; a JSON value of another kind is null.

    Raises:
        WrongTypeError: It can never be of this kind.
    """
    if value.type == wanted or (wanted == "number" and value.type == "int"):
        return value
    if value.type == "null":
        return Fragment("NULL", type=wanted)
    if value.faces is not None and wanted in value.faces:
        return value.faces[wanted]
    raise WrongTypeError(name=name)


def end_of(value: Fragment) -> Fragment:
    """Return when a time ends."""
    return value.end or value


def is_null(value: Fragment) -> Fragment:
    """Return the condition that a value is not there."""
    if value.faces is not None:
        return build("({0} IS NULL)", value.faces["text"])
    return build("({0} IS NULL)", value)


def compare(dialect: Dialect, operator: str, left: Fragment, right: Fragment) -> Fragment:
    """Compare two values; a quoted constant compares as text, a number only with numbers.

    Raises:
        TypesDifferError: They can never be compared.
    """
    if "null" in (left.type, right.type):
        return _with_null(dialect, operator, left, right)
    left, right = _alike(left, right)
    if left.type == "time" and right.type == "time":
        return _compare_times(operator, left, right)
    is_same = left.type == right.type and left.type in _PLAIN
    if is_same or (left.type in NUMBERS and right.type in NUMBERS):
        return build(f"({{0}}{_SIGNS[operator]}{{1}})", left, right)
    raise TypesDifferError(left=left.name or left.type, right=right.name or right.type)


def _with_null(dialect: Dialect, operator: str, left: Fragment, right: Fragment) -> Fragment:
    if operator not in {"eq", "ne"} or left.type == right.type == "null":
        return dialect.word("unknown")
    test = is_null(right if left.type == "null" else left)
    return test if operator == "eq" else build("NOT {0}", test)


def _alike(left: Fragment, right: Fragment) -> tuple[Fragment, Fragment]:
    """Let a JSON value show the face that its partner has; two of them meet as texts."""
    if left.faces is not None and right.faces is not None:
        return left.faces["text"], right.faces["text"]
    if left.faces is not None:
        return _face(left, right), right
    if right.faces is not None:
        return left, _face(right, left)
    return left, right


def _face(value: Fragment, partner: Fragment) -> Fragment:
    wanted = "number" if partner.type in NUMBERS else partner.type
    return (value.faces or {}).get(wanted) or value


def _compare_times(operator: str, left: Fragment, right: Fragment) -> Fragment:
    if left.end is None and right.end is None:
        return build(f"({{0}}{_SIGNS[operator]}{{1}})", left, right)
    if right.end is None and operator in _AGAINST_INSTANT:
        is_instant = left.instant or Fragment("1=0")
        return build(_AGAINST_INSTANT[operator], left, end_of(left), right, is_instant)
    return build(_INTERVALS[operator], left, end_of(left), right, end_of(right))
