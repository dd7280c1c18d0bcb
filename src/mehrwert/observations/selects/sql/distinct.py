"""Of rows that agree in some fields only the first: the one with the smallest key."""

from mehrwert.observations.selects.model import FIELDS
from mehrwert.observations.selects.tree import Expression, Path

from .conditions import conditions
from .fragment import Fragment, build, joined
from .scope import Scope
from .statements import select_where

_KEYS = {"observation": "e.datastream_id*4294967296+e.seq"}


def first_of_each(
    scope: Scope, where: list[Fragment], condition: Expression | None, paths: tuple[Path, ...]
) -> Fragment:
    """Return the condition that a row is the first of those which agree in all these fields.

    Args:
        scope: A fresh one of the kind that is read.
        where: Conditions of the set, on ``e``.
        condition: The condition of the reader.
        paths: Fields of the kind itself, with the way into their JSON.
    """
    key = _KEYS.get(scope.kind, "e.id")
    groups = joined([piece for path in paths for piece in _pieces(scope, path)], ",")
    parts = [*where, *conditions(scope, condition)]
    first = select_where(scope.with_sides(), Fragment(f"min({key})"), parts)
    return build(f"{key} IN ({{0}} GROUP BY {{1}})", first, groups)


def _pieces(scope: Scope, path: Path) -> list[Fragment]:
    """Return the columns that hold a field, or what lies in its JSON."""
    field = FIELDS[scope.kind][path.field]
    columns = [scope.column(scope.alias, scope.kind, column) for column in field.columns]
    if path.keys and field.type == "record":
        return [Fragment(columns[field.parts.index(str(path.keys[0]))])]
    if not path.keys:
        return [Fragment(column) for column in columns]
    way = scope.dialect.json_path(path.keys)
    if scope.dialect.engine == "sqlite":
        return [Fragment(f"json_extract({columns[-1]},?)", (way,))]
    return [Fragment(f"({columns[-1]} #> CAST(? AS text[]))", (way,))]
