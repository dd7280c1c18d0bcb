"""Expressions of the tree as SQL, inside one scope."""

from collections.abc import Callable
from typing import Any

from mehrwert.observations.selects import tree
from mehrwert.observations.selects.errors import TypesDifferError, WrongTypeError
from mehrwert.observations.selects.model import FIELDS, RELATIONS, Field

from .fragment import Fragment, build, joined
from .functions import call
from .scope import Scope
from .values import NUMBERS, as_type, compare

_RTREES = {"location": "obs_location_rtree", "feature": "obs_feature_rtree"}


def compile_value(scope: Scope, expression: tree.Expression) -> Fragment:
    """Return any expression.

    Raises:
        BadExpressionError: Kinds of values that do not go together.
    """
    return _COMPILE[type(expression)](scope, expression)


def compile_condition(scope: Scope, expression: tree.Expression) -> Fragment:
    """Return an expression that is true, false or unknown."""
    return as_type(compile_value(scope, expression), "bool", "$filter")


def _text(scope: Scope, node: tree.Text) -> Fragment:
    return scope.dialect.of_text(node.value)


def _number(scope: Scope, node: tree.Number) -> Fragment:
    return scope.dialect.of_number(node.value)


def _truth(_: Scope, node: tree.Truth) -> Fragment:
    return Fragment("(1=1)" if node.value else "(1=0)", name=str(node.value).lower())


def _nothing(_: Scope, __: tree.Nothing) -> Fragment:
    return Fragment("NULL", type="null", name="null")


def _period(scope: Scope, node: tree.Period) -> Fragment:
    start = scope.dialect.of_integer(node.start_us, "time")
    if node.end_us is None:
        return start
    end = scope.dialect.of_integer(node.end_us, "time")
    return Fragment(start.sql, start.params, "time", end=end)


def _day(scope: Scope, node: tree.Day) -> Fragment:
    return scope.dialect.of_integer(node.days, "day")


def _microseconds(scope: Scope, node: tree.Clock | tree.Span) -> Fragment:
    return scope.dialect.of_integer(node.us, "clock" if isinstance(node, tree.Clock) else "span")


def _shape(scope: Scope, node: tree.Shape) -> Fragment:
    text = scope.dialect.of_text(node.wkt)
    return scope.dialect.word("shape", text, type="shape").named("geography")


def _path(scope: Scope, node: tree.Path) -> Fragment:
    relations = scope.base + node.relations
    name = "/".join((*node.relations, node.field, *map(str, node.keys)))
    if node.field == "id" and relations:
        before, kind = scope.table(relations[:-1])
        own = RELATIONS[kind][relations[-1]].own
        if own:
            return Fragment(f"{before}.{own}", type="int", name=name)
    alias, kind = scope.table(relations)
    return compile_field(scope, (alias, kind), FIELDS[kind][node.field], node.keys).named(name)


def compile_field(
    scope: Scope, table: tuple[str, str], field: Field, keys: tuple[str | int, ...]
) -> Fragment:
    """Return a field of a table, or what lies in its JSON."""
    columns = [scope.column(*table, column) for column in field.columns]
    if field.type == "record":
        return _record(field, columns, keys)
    if field.type == "box":
        pieces = [Fragment(column) for column in columns]
        return scope.dialect.word("box", *pieces, type="shape")
    if field.type == "shape" and keys in ((), ("geometry",)):
        return _geometry(scope, table, columns[0])
    if field.type in {"json", "shape"} or (field.type == "result" and keys):
        faces = scope.dialect.json_faces(columns[-1], keys)
        return Fragment(columns[-1], type="json", faces=faces)
    if field.type == "result":
        return _result(scope, columns)
    if keys:
        raise WrongTypeError(name="/".join(map(str, keys)))
    if field.type == "time":
        end = Fragment(columns[1], type="time") if len(columns) > 1 else None
        instant = Fragment(columns[2]) if len(columns) > 2 else None
        return Fragment(columns[0], type="time", end=end, instant=instant, nullable=field.nullable)
    return Fragment(columns[0], type=field.type, nullable=field.nullable)


def _record(field: Field, columns: list[str], keys: tuple[str | int, ...]) -> Fragment:
    if len(keys) != 1 or keys[0] not in field.parts:
        raise WrongTypeError(name="/".join(map(str, keys)) or "null")
    return Fragment(columns[field.parts.index(str(keys[0]))], type="text")


def _geometry(scope: Scope, table: tuple[str, str], column: str) -> Fragment:
    alias, kind = table
    if scope.dialect.engine == "sqlite":
        return Fragment(column, type="shape", prefilter=(f"{alias}.id", _RTREES[kind]))
    return Fragment(f"{alias}.geom", type="shape")


def _result(scope: Scope, columns: list[str]) -> Fragment:
    """Return a result: the number of a column, anything else as JSON beside it."""
    number, other = columns
    faces = scope.dialect.json_faces(other, ())
    as_text = scope.dialect.word("text_of_number", Fragment(number), type="text")
    faces["text"] = build("coalesce({0},{1})", faces["text"], as_text, type="text")
    faces["number"] = Fragment(number, type="number")
    return Fragment(number, type="json", faces=faces)


def _call(scope: Scope, node: tree.Call) -> Fragment:
    arguments = [compile_value(scope, argument) for argument in node.arguments]
    return call(scope.dialect, node.name, arguments)


def _arithmetic(scope: Scope, node: tree.Arithmetic) -> Fragment:
    left, right = compile_value(scope, node.left), compile_value(scope, node.right)
    kinds = (left.type, right.type)
    if "time" in kinds or "span" in kinds:
        return _shift(node.operator, left, right)
    pieces = []
    for value in (left, right):
        number = as_type(value, "number", node.operator)
        pieces.append(scope.dialect.word("number", number, type="number"))
    return scope.dialect.word(node.operator, *pieces, type="number").named(node.operator)


def _shift(operator: str, left: Fragment, right: Fragment) -> Fragment:
    """Move a time by a span, or take two times or spans from each other."""
    sign = {"add": "+", "sub": "-"}.get(operator)
    gives: dict[tuple[str, str, str | None], Any] = {
        ("time", "span", "+"): "time",
        ("time", "span", "-"): "time",
        ("span", "time", "+"): "time",
        ("time", "time", "-"): "span",
        ("span", "span", "+"): "span",
        ("span", "span", "-"): "span",
    }
    kind = gives.get((left.type, right.type, sign))
    if kind is None:
        raise TypesDifferError(left=left.name or left.type, right=right.name or right.type)
    moved = build(f"({{0}}{sign}{{1}})", left, right, type=kind)
    if kind == "time" and left.end is not None:
        end = build(f"({{0}}{sign}{{1}})", left.end, right, type="time")
        return Fragment(moved.sql, moved.params, "time", end=end)
    return moved


def _compare(scope: Scope, node: tree.Compare) -> Fragment:
    by_id = _observation_by_id(scope, node)
    if by_id is not None:
        return by_id
    left, right = (_whole(scope, side) for side in (node.left, node.right))
    return compare(scope.dialect, node.operator, left, right)


def _whole(scope: Scope, node: tree.Expression) -> Fragment:
    """Return a value to compare; of a record or geometry only whether it is there can be asked."""
    if isinstance(node, tree.Path) and not node.keys:
        alias, kind = scope.table(scope.base + node.relations)
        field = FIELDS[kind][node.field]
        if field.type in {"record", "shape", "box"}:
            column = scope.column(alias, kind, field.columns[0])
            return Fragment(column, type="shape", name=node.field)
    return compile_value(scope, node)


def _observation_by_id(scope: Scope, node: tree.Compare) -> Fragment | None:
    """Find one reading by its key instead of calculating the id of every reading."""
    path, value = node.left, node.right
    if isinstance(path, tree.Number):
        path, value = value, path
    is_id = isinstance(path, tree.Path) and path.field == "id" and node.operator == "eq"
    if not is_id or not isinstance(value, tree.Number) or not isinstance(value.value, int):
        return None
    alias, kind = scope.table(scope.base + path.relations)  # type: ignore[union-attr]
    if kind != "observation" or not 0 <= value.value < 2**53:
        return None
    whole = compile_field(scope, (alias, kind), FIELDS[kind]["id"], ())
    moved = "coalesce((SELECT {0} FROM obs_moved_observation WHERE id=?),?)"
    series, seq = value.value >> 32, value.value & (2**32 - 1)
    return Fragment(
        f"({alias}.datastream_id={moved.format('datastream_id')}"
        f" AND {alias}.seq={moved.format('seq')} AND {whole.sql}=?)",
        (value.value, series, value.value, seq, value.value),
    )


def _one_of(scope: Scope, node: tree.OneOf) -> Fragment:
    value = _whole(scope, node.value)
    options = [compile_value(scope, option) for option in node.options]
    kinds = {option.type for option in options}
    if kinds <= NUMBERS or kinds == {"text"}:
        first = compare(scope.dialect, "eq", value, options[0])
        shown = as_type(value, "number" if kinds <= NUMBERS else "text", "in")
        if first.type == "bool" and value.type != "time":
            return build("({0} IN ({1}))", shown, joined(options, ","))
    parts = [compare(scope.dialect, "eq", value, option) for option in options]
    return build("({0})", joined(parts, " OR "))


def _both(scope: Scope, node: tree.Both) -> Fragment:
    return build("({0})", joined((compile_condition(scope, p) for p in node.parts), " AND "))


def _either(scope: Scope, node: tree.Either) -> Fragment:
    return build("({0})", joined((compile_condition(scope, p) for p in node.parts), " OR "))


def _not(scope: Scope, node: tree.Not) -> Fragment:
    return build("(NOT {0})", compile_condition(scope, node.part))


def _some(scope: Scope, node: tree.Some) -> Fragment:
    inner = scope.nested()
    inner.base = scope.base + node.relations
    alias, kind = inner.table(inner.base)
    conditions = [Fragment(f"{alias}.{'seq' if kind == 'observation' else 'id'} IS NOT NULL")]
    if node.condition is not None:
        conditions.append(compile_condition(inner, node.condition))
    return exists(inner, conditions)


def exists(inner: Scope, conditions: list[Fragment]) -> Fragment:
    """Return EXISTS over a scope."""
    where = joined(conditions, " AND ")
    return build("EXISTS (SELECT 1 FROM {0} WHERE {1})", inner.tables, where)


_COMPILE: dict[type, Callable[[Scope, Any], Fragment]] = {
    tree.Text: _text,
    tree.Number: _number,
    tree.Truth: _truth,
    tree.Nothing: _nothing,
    tree.Period: _period,
    tree.Day: _day,
    tree.Clock: _microseconds,
    tree.Span: _microseconds,
    tree.Shape: _shape,
    tree.Path: _path,
    tree.Call: _call,
    tree.Arithmetic: _arithmetic,
    tree.Compare: _compare,
    tree.OneOf: _one_of,
    tree.Both: _both,
    tree.Either: _either,
    tree.Not: _not,
    tree.Some: _some,
}
