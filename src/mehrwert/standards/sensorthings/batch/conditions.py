"""``if`` of a request in a batch: ``$0/@iot.count eq 0``, ``not $1``, ``$0/name ne 'x' and $1``."""

import operator
import re
from collections.abc import Callable
from typing import Any

import msgspec

from mehrwert.standards.sensorthings.errors import BadBatchError

MAX_LENGTH = 1_000
MAX_TOKENS = 100
_TOKEN = re.compile(
    r"\s*(?:([()])|('(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])"
    r"|(\$[^\s()']+)|([a-z]+)\b)",
    re.ASCII,
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_WORDS = {"true": True, "false": False, "null": None}


class _Condition:
    """Reads and decides in one go; both sides of ``and`` and ``or`` are read."""

    def __init__(self, text: str, failed: set[str], bodies: dict[str, bytes]) -> None:
        self._failed = failed
        self._bodies = bodies
        self._tokens = _tokens(text)
        self._at = 0

    def decide(self) -> bool:
        value = self._either()
        if self._at < len(self._tokens):
            raise BadBatchError(part=f"if: {self._tokens[self._at][:60]}")
        return value

    def _next(self) -> str:
        if self._at == len(self._tokens):
            raise BadBatchError(part="if")
        self._at += 1
        return self._tokens[self._at - 1]

    def _takes(self, token: str) -> bool:
        found = self._at < len(self._tokens) and self._tokens[self._at] == token
        self._at += found
        return found

    def _either(self) -> bool:
        value = self._both()
        while self._takes("or"):
            value = self._both() or value
        return value

    def _both(self) -> bool:
        value = self._one()
        while self._takes("and"):
            value = self._one() and value
        return value

    def _one(self) -> bool:
        if self._takes("not"):
            return not self._one()
        if self._takes("("):
            value = self._either()
            if not self._takes(")"):
                raise BadBatchError(part="if: )")
            return value
        left = self._operand(self._next())
        following = self._tokens[self._at] if self._at < len(self._tokens) else ""
        if following not in _COMPARE:
            return left is True
        self._at += 1
        return _compare(following, left, self._operand(self._next()))

    def _operand(self, token: str) -> Any:
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if token.startswith("$"):
            return self._value(token[1:])
        if token in _WORDS:
            return _WORDS[token]
        if token[0] in "-0123456789":
            return float(token)
        raise BadBatchError(part=f"if: {token[:60]}")

    def _value(self, reference: str) -> Any:
        """Return whether a request succeeded, or what stands in its answer."""
        name, _, way = reference.partition("/")
        if name not in self._bodies:
            raise BadBatchError(part=f"if: ${name[:60]}")
        if not way:
            return name not in self._failed
        try:
            value = msgspec.json.decode(self._bodies[name] or b"null")
        except (ValueError, RecursionError):
            return None
        for part in way.split("/"):
            value = _member(value, part)
        return value


def holds(text: str, failed: set[str], bodies: dict[str, bytes]) -> bool:
    """Say whether a condition holds.

    Args:
        text: The condition.
        failed: Requests that did not succeed.
        bodies: What was answered to the requests so far.

    Raises:
        BadBatchError: Not to be understood, or it names a request that does not come before.
    """
    return _Condition(text, failed, bodies).decide()


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or len(text) > MAX_LENGTH or len(tokens) == MAX_TOKENS:
            raise BadBatchError(part=f"if: {text[at : at + 60]}")
        tokens.append(match[match.lastindex or 0])
        at = match.end()
    return tokens


def _member(value: Any, part: str) -> Any:
    if isinstance(value, dict):
        return value.get(part)
    is_index = part.isascii() and part.isdigit() and len(part) < 7
    if isinstance(value, list) and is_index and int(part) < len(value):
        return value[int(part)]
    return None


def _compare(name: str, left: Any, right: Any) -> bool:
    """Compare as JSON; an order between different kinds does not hold."""
    if isinstance(left, bool) is not isinstance(right, bool):
        return name == "ne"
    try:
        return bool(_COMPARE[name](left, right))
    except TypeError:
        return False
