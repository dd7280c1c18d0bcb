"""Readings of all series in a range of time, as they lie or in another order than by time.

The states say which series can have one. Which readings come is found by narrow rows; only those
of the page are then read whole, with all that stands beside them.
"""

from dataclasses import replace

from mehrwert.observations.selects.tree import Expression

from .conditions import conditions
from .fragment import Fragment, build, joined
from .order import Key, after, keys_of, order_by
from .scope import Scope
from .spans import range_of
from .statements import Wanted, select_where

# what finds a reading where it lies
_KEYS = {"sqlite": "e.datastream_id,e.time,e.seq", "postgres": "e.datastream_id,e.seq"}


def has_span(condition: Expression | None) -> bool:
    """Say whether a condition on readings keeps to a range of time."""
    return bool(range_of(condition)[0].on_states("d"))


def select_in_span(scope: Scope, columns: Fragment, wanted: Wanted) -> tuple[Fragment, list[Key]]:
    """Return a page over all series, as ``select_page`` does."""
    inner = Scope.of(scope.guard, scope.dialect, scope.kind)
    keys = keys_of(inner, wanted.order, in_series=False)
    where = [_guarded(inner, wanted.filter), *conditions(inner, wanted.filter)]
    if wanted.after is not None:
        where.append(after(scope.dialect, keys, wanted.after))
    by = _KEYS[scope.dialect.engine]
    skip = wanted.skip if wanted.after is None else 0
    limit = scope.dialect.limit(wanted.top + 1, skip, is_whole=False)
    first = build(
        f"({by}) IN (SELECT {by} FROM {{0}} WHERE {{1}} ORDER BY {{2}} {{3}})",
        *(inner.tables, joined(where, " AND "), order_by(keys), limit),
    )
    keys = keys_of(scope, wanted.order, in_series=False)
    shown = joined((columns, *(key.piece for key in keys)), ",")
    page = select_where(scope.with_sides(), shown, [replace(first, narrows=True)])
    return build("{0} ORDER BY {1}", page, order_by(keys)), keys


def _guarded(scope: Scope, condition: Expression | None) -> Fragment:
    """Return the guard of readings, narrowed to the series that can have one in the range."""
    outside = range_of(condition)[0].on_states("d")
    where = joined((scope.guard.on_states("d"), *outside), " AND ")
    sql = "e.datastream_id IN (SELECT d.datastream_id FROM obs_datastream_state d WHERE {0})"
    return build(sql, where)
