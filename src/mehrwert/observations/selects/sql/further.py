"""Further pages of readings of many series as they lie, on SQLite.

SQLite does not seek by a comparison of rows beside a list of series: it would walk through the
series in which the page before ended from its first reading on. So the rest of that series is
asked first, and the later ones only if that was not enough.
"""

from dataclasses import replace

from mehrwert.observations.selects.errors import BadKeyError
from mehrwert.observations.selects.tree import KeyPart, Order, Path

from .conditions import conditions
from .fragment import Fragment, build, joined
from .order import Key, keys_of, order_by
from .scope import Scope
from .spans import range_of
from .statements import Wanted, select_where

_BY = Fragment("e.datastream_id,e.time,e.seq")
_FOUND = Fragment("e.datastream_id=f.datastream_id AND e.time=f.time AND e.seq=f.seq", narrows=True)
_AS_THEY_LIE = ((), (Order(Path("id")),))


def is_further(scope: Scope, wanted: Wanted) -> bool:
    """Say whether this is such a page."""
    is_next = wanted.after is not None and wanted.order in _AS_THEY_LIE
    return is_next and scope.dialect.engine == "sqlite"


def select_further(
    scope: Scope, columns: Fragment, wanted: Wanted, links: list[Fragment]
) -> tuple[Fragment, list[Key]]:
    """Return a page over all series, as ``select_page`` does.

    Raises:
        BadKeyError: The page before did not end so.
    """
    begun, seq = _key(wanted.after)
    keys = keys_of(scope, (), in_series=False)
    limit = scope.dialect.limit(wanted.top + 1, 0, is_whole=wanted.is_whole)
    rest = build("{0} ORDER BY e.seq {1}", _rest(scope, wanted, links, (begun, seq)), limit)
    order = order_by(keys)
    later = build("{0} ORDER BY {1} {2}", _later(scope, wanted, links, begun), order, limit)
    # one after the other, and no further than the limit; then read whole where they lie
    found = "(SELECT * FROM ({0}) UNION ALL SELECT * FROM ({1}) {2}) f CROSS JOIN"
    scope.sources.insert(0, build(found, rest, later, limit))
    shown = joined((columns, *(key.piece for key in keys)), ",")
    page = select_where(scope.with_sides(), shown, [_FOUND])
    return build("{0} ORDER BY {1}", page, order), keys


def _key(after: tuple[KeyPart, ...] | None) -> tuple[int, int]:
    if after is None or len(after) != 2:
        raise BadKeyError
    begun, seq = after
    if type(begun) is not int or type(seq) is not int:
        raise BadKeyError
    return begun, seq


def _rest(scope: Scope, wanted: Wanted, links: list[Fragment], key: tuple[int, int]) -> Fragment:
    """Return the rest of the series in which the page before ended."""
    inner = Scope.of(scope.guard, scope.dialect, scope.kind)
    here = Fragment("e.datastream_id=? AND e.seq>?", key, narrows=True)
    where = [here, *links, *conditions(inner, wanted.filter)]
    checked = [replace(p, sql=f"+{p.sql}") if p.narrows and p is not here else p for p in where]
    return select_where(inner, _BY, checked)


def _later(scope: Scope, wanted: Wanted, links: list[Fragment], begun: int) -> Fragment:
    """Return the readings of later series; which those are carries the guard."""
    inner = Scope.of(scope.guard, scope.dialect, scope.kind)
    limits = [*links, *conditions(inner, wanted.filter)]
    series = [scope.guard.on_states("d"), Fragment("d.datastream_id>?", (begun,))]
    series += [replace(p, sql=p.sql.replace("e.", "d.", 1)) for p in limits if p.narrows]
    series += range_of(wanted.filter)[0].on_states("d")
    own = "e.datastream_id IN (SELECT d.datastream_id FROM obs_datastream_state d WHERE {0})"
    where = [build(own, joined(series, " AND ")), *(p for p in limits if not p.narrows)]
    return build("SELECT {0} FROM {1} WHERE {2}", _BY, inner.tables, joined(where, " AND "))
