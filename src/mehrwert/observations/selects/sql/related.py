"""Statements about related rows of many parents at once, and about their number."""

from dataclasses import replace

from mehrwert.observations.selects.model import COLUMNS, KEYS, Relation
from mehrwert.observations.selects.tree import Expand, Order, Path

from .conditions import conditions
from .fragment import Fragment, build, joined
from .guard import Guard
from .order import keys_of, order_by
from .scope import Scope
from .statements import (
    Wanted,
    count_where,
    link_to,
    own_columns,
    parents,
    row_columns,
    select_page,
    select_where,
)

_LATEST = Wanted(1, order=(Order(Path("time"), True),))


def count_related(scope: Scope, relation: Relation, ids: list[int], wanted: Expand) -> Fragment:
    """Return the number of related rows of each parent."""
    link = link_to(scope, relation, Fragment("p.value"))
    inner = count_where(scope, [link], wanted.filter)
    return build("SELECT p.value, ({0}) FROM {1}", inner, parents(scope, ids))


def is_latest(wanted: Expand) -> bool:
    """Say whether only the latest reading of each series is asked for."""
    return Wanted(wanted.top, wanted.skip, wanted.filter, wanted.order) == _LATEST


def select_latest(scope: Scope, ids: list[int], wanted: Expand) -> Fragment:
    """Return latest reading, its key and the number of readings of each series.

    The state names the reading and carries the tenant, so that each row is guarded there.
    """
    columns = row_columns("observation", wanted.expand)
    # SQLite shall seek by time, where the row lies, not by seq in the index beside it
    seq = "+e.seq" if scope.dialect.engine == "sqlite" else "e.seq"
    scope.sources.insert(
        0, build("{0} CROSS JOIN obs_datastream_state d CROSS JOIN", parents(scope, ids))
    )
    where = [
        scope.guard.on_states("d"),
        Fragment("d.datastream_id=p.value"),
        Fragment(f"e.datastream_id=d.datastream_id AND e.time=d.last_time AND {seq}=d.latest_seq"),
    ]
    return build(
        "SELECT {0},e.time,e.seq,d.n FROM {1} WHERE {2}",
        columns,
        scope.with_sides().tables,
        joined(where, " AND "),
    )


def count_in_states(scope: Scope, ids: list[int]) -> Fragment:
    """Return the kept number of readings of each of these series."""
    wished = build("s.datastream_id IN (SELECT value FROM {0})", parents(scope, ids))
    guard = scope.guard.on_states("s")
    return build(
        "SELECT s.datastream_id,s.n FROM obs_datastream_state s WHERE {0} AND {1}", guard, wished
    )


def count_kept(guard: Guard, series: int | None) -> Fragment:
    """Return the kept number of readings of one series, or of all."""
    counted = "SELECT coalesce(sum(s.n),0) FROM obs_datastream_state s WHERE {0}"
    if series is None:
        return build(counted, guard.on_states("s"))
    one = Fragment("s.datastream_id=?", (series,))
    return build(counted + " AND {1}", guard.on_states("s"), one)


def select_all(
    scope: Scope, relation: Relation, ids: list[int], wanted: Expand, most: int
) -> tuple[Fragment, int]:
    """Return all related metadata of all parents in order: row, key, parent; at most so many rows.

    One plain join, which both engines run much faster than to number the rows of each parent.

    Returns:
        The statement and the number of key columns.
    """
    keys = keys_of(scope, wanted.order, in_series=False)
    if relation.theirs:
        parent = f"e.{relation.theirs}"
        links: list[Fragment] = []
    else:
        table, this, other = relation.through or ("", "", "")
        scope.sources.insert(0, Fragment(f"{table} l CROSS JOIN"))
        parent = f"l.{this}"
        links = [scope.guard.on_link("+l"), Fragment(f"l.{other}=e.id")]
    wished = build(f"{parent} IN (SELECT value FROM {{0}})", parents(scope, ids))
    where = [replace(wished, narrows=True), *links]
    where += conditions(scope, wanted.filter)
    row = row_columns(scope.kind, wanted.expand)
    shown = joined((row, *(key.piece for key in keys), Fragment(parent)), ",")
    found = select_where(scope.with_sides(), shown, where)
    # the order by id is made later: sorting whole rows costs more than finding them
    order = build("ORDER BY {0} ", order_by(keys)) if wanted.order else Fragment("")
    limit = scope.dialect.limit(most, 0, is_whole=wanted.filter is None)
    return build("{0} {1}{2}", found, order, limit), len(keys)


def select_related(
    scope: Scope, relation: Relation, ids: list[int], wanted: Expand, *, in_series: bool
) -> tuple[Fragment, int]:
    """Return row, key and parent of the first related rows of each parent, in order.

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
    shown = joined((row, number, *(key.piece for key in keys), Fragment("p.value")), ",")
    scope.sources.insert(0, build("{0} CROSS JOIN", parents(scope, ids)))
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
    shown = joined((row, *(key.piece for key in keys), Fragment("p.value")), ",")
    scope.sources.insert(0, build("{0} CROSS JOIN", parents(scope, ids)))
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
        f"SELECT c.*,p.value FROM {{0}} CROSS JOIN LATERAL ({{1}}) c({names},{marks})"
        f" ORDER BY p.key,{order}",
        parents(scope, ids),
        inner,
    )
    return found, len(keys)
