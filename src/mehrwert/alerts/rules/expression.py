"""Combined rules: a small typed language over several series. Nothing is ever ``eval``-ed.

    A > 0,6 und Summe(B; 60) >= 5
    nicht (Mittel(A; 15) < 2) oder Anstieg(C; 10) > 0,1

``A``, ``B``, ``C`` stand for series and mean their latest reading, at most a day old. ``Mittel``,
``Summe``, ``Minimum``, ``Maximum`` and ``Anstieg`` (latest minus first) look back over minutes; a
reading at the beginning of the stretch belongs to it. Numbers take comma or point. English words
mean the same. Grammar, loosest first:

    either    = both (("oder" | "or") both)*
    both      = negation (("und" | "and") negation)*
    negation  = ("nicht" | "not") negation | comparison
    comparison = "(" either ")" | sum ("<" | "<=" | ">" | ">=" | "=") sum
    sum       = term (("+" | "-") term)*
    term      = factor (("*" | "/") factor)*
    factor    = NUMBER | "-" factor | NAME | FUNCTION "(" NAME ";" NUMBER ")" | "(" sum ")"
"""

import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mehrwert.alerts.errors import ExpressionError

NAMES = ("A", "B", "C")
MINUTE_US = 60_000_000
FRESH_US = 1_440 * MINUTE_US
LONGEST = 300
DEEPEST = 20
MOST_MINUTES = 44_640
T = TypeVar("T")
Columns = tuple[Sequence[int], Sequence[float]]
_TOKEN = re.compile(r"\s*(?:(\d+(?:[.,]\d+)?)|([A-Za-zÄÖÜäöü]+)|(<=|>=|[<>=+\-*/();])|(\S))")
_WORDS = {"und": "and", "and": "and", "oder": "or", "or": "or", "nicht": "not", "not": "not"}
_FUNCTIONS: dict[str, Callable[[Sequence[float]], float]] = {
    "mittel": lambda seen: sum(seen) / len(seen),
    "summe": sum,
    "minimum": min,
    "maximum": max,
    "anstieg": lambda seen: seen[-1] - seen[0],
}
_ENGLISH = {"mean": "mittel", "sum": "summe", "min": "minimum", "max": "maximum", "rise": "anstieg"}
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Look:
    """The latest reading of a series, or a function of its readings in the last minutes."""

    name: str
    function: str = ""
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers joined by ``+ - * /``."""

    sign: str
    left: "Value"
    right: "Value"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two numbers compared."""

    sign: str
    left: "Value"
    right: "Value"


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions joined by ``and`` or ``or``."""

    word: str
    parts: tuple["Truth", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The opposite of a condition."""

    part: "Truth"


Value = Number | Look | Arithmetic
Truth = Comparison | Junction | Negation


def parse(text: str) -> Truth:
    """Return the tree of a combined rule.

    Raises:
        ExpressionError: It is no condition; the error names the place.
    """
    if len(text) > LONGEST:
        raise ExpressionError(reason="length", at=LONGEST)
    parser = _Parser(list(_tokens(text)))
    tree = parser.either()
    parser.expect_end()
    return tree


def names_of(tree: Truth) -> set[str]:
    """Return which series a rule looks at."""
    return {look.name for look in _looks(tree)}


def lookback_us(tree: Truth) -> int:
    """Return how far back a rule looks, in µs: at least a day, for the latest readings."""
    return max(FRESH_US, *(round(look.minutes * MINUTE_US) for look in _looks(tree)), 0)


def is_true(tree: Truth, series: Mapping[str, Columns], at_us: int) -> bool | None:
    """Return whether a rule is met at a time; None while a reading that it needs is missing.

    Args:
        tree: The rule.
        series: Per name rising times in µs and values; later readings are not looked at.
        at_us: The time.
    """
    if isinstance(tree, Negation):
        part = is_true(tree.part, series, at_us)
        return None if part is None else not part
    if isinstance(tree, Junction):
        return _join(tree.word, [is_true(part, series, at_us) for part in tree.parts])
    left, right = _number(tree.left, series, at_us), _number(tree.right, series, at_us)
    if left is None or right is None:
        return None
    return _COMPARE[tree.sign](left, right)


def _join(word: str, parts: Sequence[bool | None]) -> bool | None:
    """Join as SQL does: what decides wins over what is unknown."""
    decides = word == "or"
    if decides in parts:
        return decides
    return None if None in parts else not decides


def _number(tree: Value, series: Mapping[str, Columns], at_us: int) -> float | None:
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Look):
        return _look(tree, series, at_us)
    left, right = _number(tree.left, series, at_us), _number(tree.right, series, at_us)
    if left is None or right is None:
        return None
    if tree.sign == "/":
        return left / right if right else None
    joined = {"+": operator.add, "-": operator.sub, "*": operator.mul}[tree.sign]
    return float(joined(left, right))


def _look(look: Look, series: Mapping[str, Columns], at_us: int) -> float | None:
    times, values = series.get(look.name, ((), ()))
    end = bisect_right(times, at_us)
    if not look.function:
        return values[end - 1] if end and at_us - times[end - 1] <= FRESH_US else None
    start = bisect_left(times, at_us - round(look.minutes * MINUTE_US), 0, end)
    return float(_FUNCTIONS[look.function](values[start:end])) if start < end else None


def _looks(tree: Truth | Value) -> Iterator[Look]:
    if isinstance(tree, Look):
        yield tree
    elif isinstance(tree, Junction):
        for part in tree.parts:
            yield from _looks(part)
    elif isinstance(tree, Negation):
        yield from _looks(tree.part)
    elif isinstance(tree, Arithmetic | Comparison):
        yield from _looks(tree.left)
        yield from _looks(tree.right)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, word, sign, end
    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        number, word, sign, other = found.groups()
        at = found.end() - len(found.group().strip()) + 1
        if other:
            raise ExpressionError(reason="sign", at=at)
        if number:
            yield _Token("number", number.replace(",", "."), at)
        elif word:
            yield _Token("word", word, at)
        elif sign:
            yield _Token("sign", sign, at)
    yield _Token("end", "", len(text) + 1)


class _Parser:
    """Recursive descent, one method per line of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._place, self._depth = tokens, 0, 0

    def either(self) -> Truth:
        return self._junction("or", self._both)

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise self._unexpected()

    def _both(self) -> Truth:
        return self._junction("and", self._negation)

    def _junction(self, word: str, part: Callable[[], Truth]) -> Truth:
        parts = [part()]
        while self._takes_word(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts))

    def _negation(self) -> Truth:
        if self._takes_word("not"):
            return Negation(self._deeper(self._negation))
        return self._comparison()

    def _comparison(self) -> Truth:
        """A bracket may hold a condition or a number: try the number first, then go back."""
        before = self._place
        left, failed = self._try_sum()
        if left is not None and self._next.text in _COMPARE:
            sign = self._take().text
            return Comparison(sign, left, self._sum())
        failed = failed or self._unexpected()
        self._place = before
        if not self._takes_sign("("):
            raise failed
        inner = self._deeper(self.either)
        self._expect(")")
        return inner

    def _try_sum(self) -> tuple[Value | None, ExpressionError | None]:
        try:
            return self._sum(), None
        except ExpressionError as error:
            return None, error

    def _sum(self) -> Value:
        tree = self._term()
        while self._next.text in {"+", "-"}:
            tree = Arithmetic(self._take().text, tree, self._term())
        return tree

    def _term(self) -> Value:
        tree = self._factor()
        while self._next.text in {"*", "/"}:
            tree = Arithmetic(self._take().text, tree, self._factor())
        return tree

    def _factor(self) -> Value:
        if self._takes_sign("-"):
            return Arithmetic("-", Number(0.0), self._deeper(self._factor))
        if self._takes_sign("("):
            tree = self._deeper(self._sum)
            self._expect(")")
            return tree
        token = self._take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "word" and token.text.upper() in NAMES:
            return Look(token.text.upper())
        function = _ENGLISH.get(token.text.lower(), token.text.lower())
        if token.kind == "word" and function in _FUNCTIONS:
            return self._call(function)
        raise ExpressionError(reason="end" if token.kind == "end" else "word", at=token.at)

    def _call(self, function: str) -> Look:
        self._expect("(")
        name = self._take()
        if name.text.upper() not in NAMES:
            raise ExpressionError(reason="series", at=name.at)
        self._expect(";")
        minutes = self._take()
        if minutes.kind != "number" or not 0 < float(minutes.text) <= MOST_MINUTES:
            raise ExpressionError(reason="minutes", at=minutes.at)
        self._expect(")")
        return Look(name.text.upper(), function, float(minutes.text))

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        token = self._next
        self._place = min(self._place + 1, len(self._tokens) - 1)
        return token

    def _takes_sign(self, sign: str) -> bool:
        if self._next.kind == "sign" and self._next.text == sign:
            self._take()
            return True
        return False

    def _takes_word(self, word: str) -> bool:
        if self._next.kind == "word" and _WORDS.get(self._next.text.lower()) == word:
            self._take()
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._takes_sign(sign):
            raise self._unexpected()

    def _deeper(self, part: Callable[[], T]) -> T:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(reason="depth", at=self._next.at)
        try:
            return part()
        finally:
            self._depth -= 1

    def _unexpected(self) -> ExpressionError:
        return ExpressionError(
            reason="end" if self._next.kind == "end" else "order", at=self._next.at
        )
