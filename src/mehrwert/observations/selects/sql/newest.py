"""Readings of all series ordered by time: the first of each series, then the first of those."""

from mehrwert.observations.selects.tree import Path

from .conditions import conditions
from .fragment import Fragment, build, joined
from .order import Key, after, keys_of, order_by
from .scope import Scope
from .statements import Wanted, select_where

# with more rows than this, sorting everything is no slower
MAX_ROWS = 1_000
_SERIES = Fragment("obs_datastream_state d CROSS JOIN")
_LINK = Fragment("e.datastream_id=d.datastream_id")


def is_by_time(wanted: Wanted) -> bool:
    """Say whether a page of readings is wanted in the order of time only."""
    is_short = wanted.top + wanted.skip <= MAX_ROWS
    return is_short and tuple(order.key for order in wanted.order) == (Path("time"),)


def select_by_time(
    scope: Scope, columns: Fragment, width: int, wanted: Wanted
) -> tuple[Fragment, list[Key]]:
    """Return a page over all series, as ``select_page`` does.

    Args:
        scope: About readings.
        columns: Of one row.
        width: How many columns these are.
        wanted: Which part.
    """
    inner = Scope.of(scope.guard, scope.dialect, "observation")
    keys = keys_of(inner, wanted.order, in_series=False)
    where = [_LINK, *conditions(inner, wanted.filter)]
    if wanted.after is not None:
        where.append(after(scope.dialect, keys, wanted.after))
    skip = wanted.skip if wanted.after is None else 0
    order = order_by(keys_of(inner, wanted.order, in_series=True))
    tenant = Fragment("d.tenant_id=?", (scope.guard.tenant_id,))
    most = scope.dialect.limit(wanted.top + skip + 1, 0, is_whole=wanted.is_whole)
    page = scope.dialect.limit(wanted.top + 1, skip, is_whole=wanted.is_whole)
    shown = joined((columns, *(key.piece for key in keys)), ",")
    if scope.dialect.engine == "sqlite":
        first = select_where(inner, Fragment("e.time,e.seq"), where)
        first = build("(e.time,e.seq) IN ({0} ORDER BY {1} {2})", first, order, most)
        scope.sources.insert(0, _SERIES)
        found = select_where(scope.with_sides(), shown, [tenant, _LINK, first])
        return build("{0} ORDER BY {1} {2}", found, order_by(keys), page), keys
    first = select_where(inner.with_sides(), shown, where)
    first = build("{0} ORDER BY {1} {2}", first, order, most)
    names = ",".join(f"c{i}" for i in range(width + len(keys)))
    outer = ",".join(f"c{width + i}{key.direction}" for i, key in enumerate(keys))
    found = build(
        f"SELECT c.* FROM {{0}} LATERAL ({{1}}) c({names}) WHERE {{2}} ORDER BY {outer} {{3}}",
        *(_SERIES, first, tenant, page),
    )
    return found, keys
