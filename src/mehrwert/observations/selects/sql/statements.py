"""Whole statements: one row, one page, one level of related rows, counts."""

from dataclasses import dataclass, replace

from mehrwert.observations.selects.model import COLUMNS, RELATIONS, Relation
from mehrwert.observations.selects.tree import Expand, Expression, KeyPart, Order

from .conditions import conditions
from .fragment import Fragment, build, joined
from .order import Key, after, keys_of, order_by
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a set: condition, order, range."""

    top: int
    skip: int = 0
    filter: Expression | None = None
    order: tuple[Order, ...] = ()
    after: tuple[KeyPart, ...] | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether nothing but the order decides which rows come."""
        return self.filter is None and self.after is None


def own_columns(kind: str, expands: tuple[Expand, ...]) -> list[str]:
    """Return the columns that hold the ids of expanded relations to one."""
    relations = RELATIONS[kind]
    return [f"e.{relations[x.relation].own}" for x in expands if relations[x.relation].own]


def row_columns(kind: str, expands: tuple[Expand, ...]) -> Fragment:
    """Return the columns of a whole row, then those of ``own_columns``."""
    return Fragment(",".join((*COLUMNS[kind], *own_columns(kind, expands))))


def select_where(scope: Scope, columns: Fragment, where: list[Fragment]) -> Fragment:
    """Return a SELECT of rows for which all conditions hold."""
    is_narrow = any(piece.narrows for piece in where)
    parts = joined((scope.guarded(is_narrow=is_narrow), *where), " AND ")
    return build("SELECT {0} FROM {1} WHERE {2}", columns, scope.tables, parts)


def select_page(
    scope: Scope, columns: Fragment, where: list[Fragment], wanted: Wanted, *, in_series: bool
) -> tuple[Fragment, list[Key]]:
    """Return a page with one row more than wanted, whose key columns come last."""
    keys = keys_of(scope, wanted.order, in_series=in_series)
    where = [*where, *conditions(scope, wanted.filter)]
    if wanted.after is not None:
        where.append(after(scope.dialect, keys, wanted.after))
    shown = joined((columns, *(key.piece for key in keys)), ",")
    select = select_where(scope.with_sides(), shown, where)
    skip = wanted.skip if wanted.after is None else 0
    limits = scope.dialect.limit(wanted.top + 1, skip, is_whole=wanted.is_whole)
    return build("{0} ORDER BY {1} {2}", select, order_by(keys), limits), keys


def count_where(scope: Scope, where: list[Fragment], condition: Expression | None) -> Fragment:
    """Return the number of rows."""
    parts = [*where, *conditions(scope, condition)]
    return select_where(scope, Fragment("count(*)"), parts)


def select_by_ids(scope: Scope, columns: Fragment, ids: list[int], wanted: Expand) -> Fragment:
    """Return the rows that relations to one lead to."""
    wished = build("e.id IN (SELECT value FROM {0})", parents(scope, ids))
    where = [wished, *conditions(scope, wanted.filter)]
    return select_where(scope.with_sides(), columns, where)


def link_to(scope: Scope, relation: Relation, parent: Fragment) -> Fragment:
    """Return the condition that ``e`` belongs to a parent by a relation to many."""
    if relation.theirs == "feature_id":
        return replace(joined(links_to_feature(parent), " AND "), narrows=True)
    if relation.theirs:
        return build(f"e.{relation.theirs}={{0}}", parent)
    table, this, other = relation.through or ("", "", "")
    guard = scope.guard.on_link("l")
    linked = f"e.id IN (SELECT l.{other} FROM {table} l WHERE {{1}} AND l.{this}={{0}})"
    return build(linked, parent, guard)


def links_to_feature(feature: Fragment) -> list[Fragment]:
    """Return the conditions of the readings of a feature.

    They have no index by feature: first the series that know it, then their rows.
    """
    known = "SELECT datastream_id FROM obs_series_feature WHERE feature_id={0}"
    series = build(f"e.datastream_id IN ({known})", feature)
    return [replace(series, narrows=True), build("e.feature_id={0}", feature)]


def parents(scope: Scope, ids: list[int]) -> Fragment:
    """Return the table ``p (key, value)`` of the ids of a level."""
    given = scope.dialect.list_of(ids)
    name = "p" if scope.dialect.engine == "sqlite" else "p(value,key)"
    return build(f"{{0}} {name}", given)
