"""The order of a set, where a row stands in it, and what comes after."""

from dataclasses import dataclass
from typing import Literal

from mehrwert.observations.selects.errors import BadKeyError, WrongTypeError
from mehrwert.observations.selects.model import KEYS
from mehrwert.observations.selects.tree import KeyPart, Order, Path

from .dialect import Dialect
from .expressions import compile_value
from .fragment import Fragment, build, joined
from .paths import paths_in
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Key:
    """One column of the order."""

    piece: Fragment
    type: Literal["int", "number", "text"]
    descending: bool
    nullable: bool = False

    @property
    def direction(self) -> str:
        """Return what ORDER BY says behind the column; null first going up, last going down."""
        if not self.descending:
            return " NULLS FIRST" if self.nullable else ""
        return " DESC NULLS LAST" if self.nullable else " DESC"


def keys_of(scope: Scope, orders: tuple[Order, ...], *, in_series: bool) -> list[Key]:
    """Return the columns of a total order.

    Without a wish the id decides, inside a series the time: that is how rows lie on disk.

    Raises:
        ManyInOrderError: Something of which there may be several.
        WrongTypeError: Something that has no order.
    """
    keys: list[Key] = []
    descending = False
    for order in orders:
        descending = order.descending
        if order.key == Path("id"):
            return keys + _last(scope, descending, in_series=in_series)
        for path in paths_in(order.key):
            scope.table(path.relations, one_only=True)
        keys += _keys(scope, order)
    if not keys and in_series:
        keys.append(Key(Fragment("e.time"), "int", False))
    return keys + _last(scope, descending, in_series=in_series)


def _last(scope: Scope, descending: bool, *, in_series: bool) -> list[Key]:
    columns = ("e.seq",) if in_series else KEYS[scope.kind]
    return [Key(Fragment(column), "int", descending) for column in columns]


def _keys(scope: Scope, order: Order) -> list[Key]:
    value = compile_value(scope, order.key)
    down = order.descending
    if value.faces is not None:
        number, text = value.faces["number"], value.faces["text"]
        return [Key(number, "number", down, True), Key(text, "text", down, True)]
    if value.type == "bool":
        return [Key(scope.dialect.word("flag", value), "int", down, True)]
    if value.type in {"shape", "null"}:
        raise WrongTypeError(name="$orderby")
    is_plain = isinstance(order.key, Path) and not order.key.relations
    nullable = value.nullable or not is_plain
    if value.type in {"text", "number"}:
        return [Key(value, value.type, down, nullable)]  # type: ignore[arg-type]
    return [Key(value, "int", down, nullable)]


def order_by(keys: list[Key]) -> Fragment:
    """Return what follows ORDER BY."""
    return joined((build(f"{{0}}{key.direction}", key.piece) for key in keys), ",")


def after(dialect: Dialect, keys: list[Key], last: tuple[KeyPart, ...]) -> Fragment:
    """Return the condition that a row comes after the one with this key.

    Raises:
        BadKeyError: The key is not one of this order.
    """
    if len(keys) != len(last):
        raise BadKeyError
    values = [_constant(dialect, key, part) for key, part in zip(keys, last, strict=True)]
    if len({key.descending for key in keys}) == 1 and not any(key.nullable for key in keys):
        sign = "<" if keys[0].descending else ">"
        left = joined((key.piece for key in keys), ",")
        # said twice: engines seek by the first column, the row comparison is exact
        first = build(f"{{0}}{sign}={{1}}", keys[0].piece, values[0])
        exact = build(f"({{0}}){sign}({{1}})", left, joined(values, ","))
        return joined((first, exact), " AND ")
    return _after_step_by_step(keys, values, last)


def _after_step_by_step(
    keys: list[Key], values: list[Fragment], last: tuple[KeyPart, ...]
) -> Fragment:
    ways = []
    same: list[Fragment] = []
    for key, value, part in zip(keys, values, last, strict=True):
        beyond = _beyond(key, value, part)
        if beyond is not None:
            ways.append(build("({0})", joined((*same, beyond), " AND ")))
        test = "{0} IS NULL" if part is None else "{0}={1}"
        same.append(build(test, key.piece, value))
    return build("({0})", joined(ways, " OR "))


def _beyond(key: Key, value: Fragment, part: KeyPart) -> Fragment | None:
    """Return the condition that this column alone lies further; None if nothing does."""
    if part is None:
        return None if key.descending else build("{0} IS NOT NULL", key.piece)
    if not key.descending:
        return build("{0}>{1}", key.piece, value)
    test = "({0}<{1} OR {0} IS NULL)" if key.nullable else "{0}<{1}"
    return build(test, key.piece, value)


def _constant(dialect: Dialect, key: Key, part: KeyPart) -> Fragment:
    if part is None and key.nullable:
        return Fragment("NULL")
    if key.type == "text" and isinstance(part, str):
        return dialect.of_text(part)
    if isinstance(part, bool | str) or part is None:
        raise BadKeyError
    if key.type == "number" or isinstance(part, int):
        return dialect.of_number(part)
    raise BadKeyError
