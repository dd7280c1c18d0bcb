"""Conditions: recursive descent, one method per level of precedence."""

from typing import Any

from mehrwert.observations.queries.tree import (
    Arithmetic,
    Both,
    Call,
    Compare,
    Either,
    Expression,
    Not,
    OneOf,
    Order,
    Path,
    Some,
    Text,
)
from mehrwert.standards.sensorthings.errors import UnknownFunctionError, UnknownNameError
from mehrwert.standards.sensorthings.mapping import TYPES, EntityType

from .literals import literal
from .scanner import Scanner
from .words import FUNCTIONS, field_of

_NAME = r"@?[^\W\d]\w*(?:\.\w+)?"
_KEY = r"[^\s,/()\[\]=;'\"\\$]+"
_RELATE = r"[TF*012]{9}"
MAX_CHAIN = 25
MAX_ARGUMENTS = 3
MAX_KEYS = 10
MAX_RELATIONS = 6


class ExpressionParser:
    """Reads expressions about one entity type.

    Args:
        variable: Inside ``any(d: …)`` the name that every path begins with.
    """

    def __init__(self, scanner: Scanner, entity: EntityType, variable: str = "") -> None:
        self.scanner = scanner
        self.entity = entity
        self.variable = variable

    def condition(self) -> Expression:
        """Read ``a or b or …``."""
        self.scanner.enter()
        parts = [self._conjunction()]
        while self.scanner.word("or"):
            parts.append(self._conjunction())
        self.scanner.leave()
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def orders(self) -> tuple[Order, ...]:
        """Read ``a desc,b,…``."""
        found = [self._order()]
        while self.scanner.taken(","):
            found.append(self._order())
        return tuple(found)

    def _order(self) -> Order:
        self.scanner.spaces()
        key = self._equality()
        self.scanner.spaces()
        direction = (self.scanner.take(r"(?i:asc|desc)\b") or "asc").lower()
        self.scanner.spaces()
        return Order(key, direction == "desc")

    def _conjunction(self) -> Expression:
        parts = [self._negation()]
        while self.scanner.word("and"):
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _negation(self) -> Expression:
        self.scanner.spaces()
        if not self.scanner.word("not"):
            return self._equality()
        self.scanner.enter()
        part = self._negation()
        self.scanner.leave()
        return Not(part)

    def _equality(self) -> Expression:
        left = self._relation()
        for _ in range(MAX_CHAIN):
            operator: Any = self.scanner.word("eq", "ne")
            if operator is None:
                if self.scanner.word("in"):
                    left = OneOf(left, self._options())
                    continue
                return left
            left = Compare(operator, left, self._relation())
        raise self.scanner.error()

    def _options(self) -> tuple[Expression, ...]:
        self.scanner.must("(")
        options = [self._sum()]
        self.scanner.spaces()
        while self.scanner.taken(","):
            options.append(self._sum())
            self.scanner.spaces()
        self.scanner.must(")")
        return tuple(options)

    def _relation(self) -> Expression:
        left = self._sum()
        for _ in range(MAX_CHAIN):
            operator: Any = self.scanner.word("gt", "ge", "lt", "le")
            if operator is None:
                return left
            left = Compare(operator, left, self._sum())
        raise self.scanner.error()

    def _sum(self) -> Expression:
        left = self._product()
        for _ in range(MAX_CHAIN):
            operator: Any = self.scanner.word("add", "sub")
            if operator is None:
                return left
            left = Arithmetic(operator, left, self._product())
        raise self.scanner.error()

    def _product(self) -> Expression:
        left = self._primary()
        for _ in range(MAX_CHAIN):
            operator: Any = self.scanner.word("mul", "div", "mod")
            if operator is None:
                return left
            left = Arithmetic(operator, left, self._primary())
        raise self.scanner.error()

    def _primary(self) -> Expression:
        scanner = self.scanner
        scanner.spaces()
        scanner.count()
        if scanner.taken("("):
            inner = self.condition()
            scanner.spaces()
            scanner.must(")")
            return inner
        constant = literal(scanner)
        if constant is not None:
            return constant
        if scanner.sees(rf"{_NAME}\("):
            return self._call()
        return self._path()

    def _call(self) -> Expression:
        scanner = self.scanner
        name = scanner.take(_NAME) or ""
        function = FUNCTIONS.get(name)
        if function is None:
            raise UnknownFunctionError(name=name[:40])
        scanner.must("(")
        scanner.spaces()
        arguments: list[Expression] = []
        while not scanner.taken(")"):
            if arguments:
                scanner.must(",")
            if len(arguments) == MAX_ARGUMENTS:
                raise scanner.error()
            arguments.append(self.condition())
            scanner.spaces()
        if function == "relate" and not _is_pattern(arguments):
            raise scanner.error()
        if function.startswith("<"):
            return Call(function[1:], tuple(reversed(arguments)))
        return Call(function, tuple(arguments))

    def _path(self) -> Expression:
        scanner = self.scanner
        entity = self.entity
        relations: list[str] = []
        if self.variable:
            if scanner.take(_NAME) != self.variable:
                raise scanner.error()
            scanner.must("/")
        while True:
            begin = scanner.at
            name = scanner.take(_NAME)
            if name is None or len(relations) > MAX_RELATIONS:
                raise scanner.error()
            nav = entity.navs.get(name)
            if nav is None:
                return self._field(entity, tuple(relations), name)
            relations.append(nav.relation)
            entity = TYPES[nav.entity]
            if not scanner.taken("/"):
                scanner.at = begin
                raise scanner.error()
            if nav.many and scanner.taken("any("):
                return self._any(entity, tuple(relations))

    def _field(self, entity: EntityType, relations: tuple[str, ...], name: str) -> Path:
        field = field_of(entity, name)
        if field is None:
            raise UnknownNameError(name=name[:40], entity=entity.name)
        return Path(field, relations, self._keys())

    def _keys(self) -> tuple[str | int, ...]:
        scanner = self.scanner
        keys: list[str | int] = []
        while True:
            if scanner.taken("/"):
                key = scanner.take(_KEY)
            elif scanner.taken("["):
                key = scanner.take(r"\d{1,6}")
                scanner.must("]")
            else:
                return tuple(keys)
            if key is None or len(keys) == MAX_KEYS:
                raise scanner.error()
            is_place = key.isascii() and key.isdigit() and len(key) <= 6
            keys.append(int(key) if is_place else key)

    def _any(self, entity: EntityType, relations: tuple[str, ...]) -> Some:
        scanner = self.scanner
        scanner.spaces()
        if scanner.taken(")"):
            return Some(relations, None)
        variable = scanner.take(r"[^\W\d]\w{0,20}(?=\s*:)")
        scanner.spaces()
        scanner.must(":")
        inner = ExpressionParser(scanner, entity, variable or "")
        condition = inner.condition()
        scanner.spaces()
        scanner.must(")")
        return Some(relations, condition)


def _is_pattern(arguments: list[Expression]) -> bool:
    last = arguments[-1] if arguments else None
    return isinstance(last, Text) and Scanner(last.value, "").take(_RELATE + "$") is not None
