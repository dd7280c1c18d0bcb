"""Whole statements: one row, one page, one level of related rows, counts."""

from dataclasses import dataclass, replace

from mehrwert.observations.selects.model import COLUMNS, KEYS, RELATIONS, Relation
from mehrwert.observations.selects.tree import Expand, Expression, KeyPart, Order, Path

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


_LATEST = Wanted(1, order=(Order(Path("time"), True),))


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
    limits = (wanted.top + 1, wanted.skip if wanted.after is None else 0)
    page = build("{0} ORDER BY {1} LIMIT ? OFFSET ?", select, order_by(keys))
    return Fragment(page.sql, (*page.params, *limits)), keys


def count_where(scope: Scope, where: list[Fragment], condition: Expression | None) -> Fragment:
    """Return the number of rows."""
    parts = [*where, *conditions(scope, condition)]
    return select_where(scope, Fragment("count(*)"), parts)


def select_by_ids(scope: Scope, columns: Fragment, ids: list[int], wanted: Expand) -> Fragment:
    """Return the rows that relations to one lead to."""
    wished = build("e.id IN (SELECT value FROM {0})", _parents(scope, ids))
    where = [wished, *conditions(scope, wanted.filter)]
    return select_where(scope.with_sides(), columns, where)


def link_to(scope: Scope, relation: Relation, parent: Fragment) -> Fragment:
    """Return the condition that ``e`` belongs to a parent by a relation to many."""
    if relation.theirs == "feature_id":
        # readings have no index by feature: first the series that know it
        known = "SELECT datastream_id FROM obs_series_feature WHERE feature_id={0}"
        sought = build(f"e.datastream_id IN ({known}) AND e.feature_id={{0}}", parent)
        return replace(sought, narrows=True)
    if relation.theirs:
        return build(f"e.{relation.theirs}={{0}}", parent)
    table, this, other = relation.through or ("", "", "")
    guard = scope.guard.on_link("l")
    linked = f"e.id IN (SELECT l.{other} FROM {table} l WHERE {{1}} AND l.{this}={{0}})"
    return build(linked, parent, guard)


def count_related(scope: Scope, relation: Relation, ids: list[int], wanted: Expand) -> Fragment:
    """Return the number of related rows of each parent."""
    link = link_to(scope, relation, Fragment("p.value"))
    inner = count_where(scope, [link], wanted.filter)
    return build("SELECT p.value, ({0}) FROM {1}", inner, _parents(scope, ids))


def is_latest(wanted: Expand) -> bool:
    """Say whether only the latest reading of each series is asked for."""
    return Wanted(wanted.top, wanted.skip, wanted.filter, wanted.order) == _LATEST


def select_latest(scope: Scope, ids: list[int], wanted: Expand) -> Fragment:
    """Return series, number of readings, latest reading and its key: the state names it."""
    columns = row_columns("observation", wanted.expand)
    # SQLite shall seek by time, where the row lies, not by seq in the index beside it
    seq = "+e.seq" if scope.dialect.engine == "sqlite" else "e.seq"
    scope.sources.insert(
        0, build("{0} CROSS JOIN obs_datastream_state d CROSS JOIN", _parents(scope, ids))
    )
    where = [
        Fragment("d.datastream_id=p.value AND d.tenant_id=?", (scope.guard.tenant_id,)),
        Fragment(f"e.datastream_id=d.datastream_id AND e.time=d.last_time AND {seq}=d.latest_seq"),
    ]
    shown = build("p.value,d.n,{0},e.time,e.seq", columns)
    return select_where(scope.with_sides(), shown, where)


def count_in_states(scope: Scope, ids: list[int]) -> Fragment:
    """Return the kept number of readings of series."""
    wished = build("e.id IN (SELECT value FROM {0})", _parents(scope, ids))
    return select_where(scope.with_sides(), Fragment("e.id,s.n"), [wished])


def select_related(
    scope: Scope, relation: Relation, ids: list[int], wanted: Expand, *, in_series: bool
) -> tuple[Fragment, int]:
    """Return parent, row and key of the first related rows of each parent, in order.

    The engine takes the first rows of each parent one by one, from the index: never one
    statement per parent, never all rows of all parents.

    Returns:
        The statement and the number of key columns.
    """
    first = Wanted(wanted.top, wanted.skip, wanted.filter, wanted.order)
    link = link_to(scope, relation, Fragment("p.value"))
    columns = (*COLUMNS[scope.kind], *own_columns(scope.kind, wanted.expand))
    related = _related_sqlite if scope.dialect.engine == "sqlite" else _related_postgres
    return related(scope, link, columns, (ids, first), in_series=in_series)


def _related_sqlite(
    scope: Scope,
    link: Fragment,
    columns: tuple[str, ...],
    asked: tuple[list[int], Wanted],
    *,
    in_series: bool,
) -> tuple[Fragment, int]:
    """SQLite has no LATERAL. Metadata are few: number them; readings are sought by their key."""
    if scope.kind == "observation":
        return _related_readings(scope, link, columns, asked, in_series=in_series)
    ids, wanted = asked
    keys = keys_of(scope, wanted.order, in_series=False)
    number = build("row_number() OVER (PARTITION BY p.value ORDER BY {0}) AS place", order_by(keys))
    row = Fragment(",".join(columns))
    shown = joined((Fragment("p.value"), row, number, *(key.piece for key in keys)), ",")
    scope.sources.insert(0, build("{0} CROSS JOIN", _parents(scope, ids)))
    where = [link, *conditions(scope, wanted.filter)]
    found = select_where(scope.with_sides(), shown, where)
    first, last = wanted.skip, wanted.skip + wanted.top + 1
    cut = build("SELECT * FROM ({0}) WHERE place>? AND place<=? ORDER BY place", found)
    return Fragment(cut.sql, (*cut.params, first, last)), len(keys)


def _related_readings(
    scope: Scope,
    link: Fragment,
    columns: tuple[str, ...],
    asked: tuple[list[int], Wanted],
    *,
    in_series: bool,
) -> tuple[Fragment, int]:
    """Return the first readings of each parent: a correlated IN over the key drives the seeks."""
    ids, wanted = asked
    inner = Scope.of(scope.guard, scope.dialect, scope.kind)
    by = "e.time,e.seq" if in_series else ",".join(KEYS[scope.kind])
    keys = keys_of(inner, wanted.order, in_series=in_series)
    select = select_where(inner, Fragment(by), [link, *conditions(inner, wanted.filter)])
    first = build("{0} ORDER BY {1} LIMIT ? OFFSET ?", select, order_by(keys))
    first = Fragment(first.sql, (*first.params, wanted.top + 1, wanted.skip))
    keys = keys_of(scope, wanted.order, in_series=in_series)
    where = [build(f"({by}) IN ({{0}})", first)]
    if in_series:
        where.insert(0, link)
    row = Fragment(",".join(columns))
    shown = joined((Fragment("p.value"), row, *(key.piece for key in keys)), ",")
    scope.sources.insert(0, build("{0} CROSS JOIN", _parents(scope, ids)))
    found = select_where(scope.with_sides(), shown, where)
    return build("{0} ORDER BY p.key,{1}", found, order_by(keys)), len(keys)


def _related_postgres(
    scope: Scope,
    link: Fragment,
    columns: tuple[str, ...],
    asked: tuple[list[int], Wanted],
    *,
    in_series: bool,
) -> tuple[Fragment, int]:
    ids, wanted = asked
    row = Fragment(",".join(columns))
    inner, keys = select_page(scope, row, [link], wanted, in_series=in_series)
    names = ",".join(f"c{i}" for i in range(len(columns)))
    order = ",".join(f"k{i}{key.direction}" for i, key in enumerate(keys))
    marks = ",".join(f"k{i}" for i in range(len(keys)))
    found = build(
        f"SELECT p.value,c.* FROM {{0}} CROSS JOIN LATERAL ({{1}}) c({names},{marks})"
        f" ORDER BY p.key,{order}",
        _parents(scope, ids),
        inner,
    )
    return found, len(keys)


def _parents(scope: Scope, ids: list[int]) -> Fragment:
    given = scope.dialect.list_of(ids)
    name = "p" if scope.dialect.engine == "sqlite" else "p(value,key)"
    return build(f"{{0}} {name}", given)
