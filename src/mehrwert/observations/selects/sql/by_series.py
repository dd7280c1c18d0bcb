"""Readings of all series, by time or as they lie: the first of each series, then of those.

Whole sets ask only the series that can have one of the rows: their states say which. Without that
a page would begin with the rows of other tenants, or with a reading of every series there is.
"""

from mehrwert.observations.selects.errors import BadKeyError
from mehrwert.observations.selects.tree import Path

from .conditions import conditions, names_series
from .fragment import Fragment, build, joined
from .order import Key, after, keys_of, order_by
from .scope import Scope
from .spans import range_of
from .statements import Wanted, select_where

# with more rows than this, sorting everything is no slower
MAX_ROWS = 1_000
_SERIES = Fragment("obs_datastream_state d CROSS JOIN")
_LINK = Fragment("e.datastream_id=d.datastream_id")
_AS_THEY_LIE = Fragment("e.seq")


def is_by_series(wanted: Wanted, *, is_linked: bool) -> bool:
    """Say whether a page of readings is better looked for series by series.

    Args:
        wanted: By time only, or as they lie; then the condition names the series, or there is none.
        is_linked: Something else names the series.
    """
    if wanted.top + wanted.skip > MAX_ROWS:
        return False
    if not wanted.order:
        return is_linked or wanted.filter is None or names_series(wanted.filter)
    return tuple(order.key for order in wanted.order) == (Path("time"),)


def select_by_series(
    scope: Scope, columns: Fragment, width: int, wanted: Wanted, links: list[Fragment]
) -> tuple[Fragment, list[Key]]:
    """Return a page over all series, as ``select_page`` does.

    Args:
        scope: About readings.
        columns: Of one row.
        width: How many columns these are.
        wanted: Which part.
        links: Further conditions.
    """
    inner = Scope.of(scope.guard, scope.dialect, "observation")
    keys = keys_of(inner, wanted.order, in_series=False)
    limits = [*links, *conditions(inner, wanted.filter)]
    where = [_LINK, *(piece for piece in limits if not piece.narrows)]
    if wanted.after is not None:
        where.append(after(scope.dialect, keys, wanted.after))
    skip = wanted.skip if wanted.after is None else 0
    order = order_by(keys_of(inner, wanted.order, in_series=True)) if wanted.order else _AS_THEY_LIE
    most = scope.dialect.limit(wanted.top + skip + 1, 0, is_whole=wanted.is_whole)
    page = scope.dialect.limit(wanted.top + 1, skip, is_whole=wanted.is_whole)
    whole = None if limits else wanted
    outside = [_on_state(piece) for piece in limits if piece.narrows]
    outside += range_of(wanted.filter)[0].on_states("d")
    own = Fragment("d.tenant_id=?", (scope.guard.tenant_id,))
    first_ones = _first_series(scope, whole, keys[-2], wanted.top + skip + 1)
    series = joined((own, *first_ones, *outside), " AND ")
    shown = joined((columns, *(key.piece for key in keys)), ",")
    if scope.dialect.engine == "sqlite":
        first = select_where(inner, Fragment("e.time,e.seq"), where)
        first = build("(e.time,e.seq) IN ({0} ORDER BY {1} {2})", first, order, most)
        scope.sources.insert(0, _SERIES)
        found = select_where(scope.with_sides(), shown, [series, _LINK, first])
        return build("{0} ORDER BY {1} {2}", found, order_by(keys), page), keys
    first = select_where(inner.with_sides(), shown, where)
    first = build("{0} ORDER BY {1} {2}", first, order, most)
    names = ",".join(f"c{i}" for i in range(width + len(keys)))
    outer = ",".join(f"c{width + i}{key.direction}" for i, key in enumerate(keys))
    found = build(
        f"SELECT c.* FROM {{0}} LATERAL ({{1}}) c({names}) WHERE {{2}} ORDER BY {outer} {{3}}",
        *(_SERIES, first, series, page),
    )
    return found, keys


def _on_state(piece: Fragment) -> Fragment:
    """Return a condition that names series as one on their states."""
    return Fragment(piece.sql.replace("e.", "d.", 1), piece.params)


def _first_series(
    scope: Scope, wanted: Wanted | None, number: Key, rows: int
) -> tuple[Fragment, ...]:
    """Return the condition on the series ``d`` that may have one of the first rows, if any.

    Args:
        scope: About readings.
        wanted: Which part; None if a condition decides which rows a series has.
        number: The key of the order that is the number of the series.
        rows: How many are looked at.
    """
    if wanted is None or (wanted.order and wanted.after is not None):
        return ()
    own = scope.guard.on_states("s")
    if not wanted.order:
        begun = 0 if wanted.after is None else wanted.after[0]
        if not isinstance(begun, int):
            raise BadKeyError
        return (_in_turn(own, scope.dialect.of_number(begun), rows),)
    # whoever is not among so many with the newest reading has nothing among the newest rows
    edge = "s.last_time" if number.descending else "s.first_time"
    order = f"{edge}{number.direction}, s.datastream_id{number.direction}"
    found = build(
        "d.datastream_id IN (SELECT s.datastream_id FROM obs_datastream_state s"
        f" WHERE {{0}} AND {edge} IS NOT NULL ORDER BY {order} LIMIT {rows})",
        own,
    )
    return (found,)


def _in_turn(own: Fragment, begun: Fragment, rows: int) -> Fragment:
    """Return the condition on series in order of their numbers: no more than have the rows.

    Args:
        own: The condition on their states ``s``.
        begun: The number of the series in which the page before ended.
        rows: How many are looked at.
    """
    return build(
        "d.datastream_id IN (SELECT t.id FROM (SELECT s.datastream_id AS id, sum(CASE WHEN"
        " s.datastream_id={1} THEN 0 ELSE s.n END) OVER (ORDER BY s.datastream_id"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before"
        " FROM obs_datastream_state s WHERE {0} AND s.datastream_id>={1} AND s.n>0) t"
        f" WHERE coalesce(t.before,0)<{rows})",
        own,
        begun,
    )
