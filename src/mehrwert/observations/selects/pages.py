"""Pages of a set as compiled statements, kept by the shape of what is asked.

Making SQL from a tree takes longer than running it. The same few shapes are asked again and again
for other ids, so the id of the parent is a hole in the statement that is filled when it is run.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mehrwert.observations.stores.base import Row

from .model import COLUMNS, RELATIONS
from .sql.by_series import is_by_series, select_by_series
from .sql.dialect import dialect_of
from .sql.fragment import Fragment
from .sql.further import is_further, select_further
from .sql.guard import Guard
from .sql.in_span import has_span, select_in_span
from .sql.scope import Scope
from .sql.statements import (
    Wanted,
    link_to,
    links_to_feature,
    own_columns,
    row_columns,
    select_page,
    select_where,
)
from .tree import Expand, Step

# large conditions are statements of many kilobytes
MOST_KEPT = 256


class _Hole:
    """Stands for the id of the parent among the values of a statement."""


PARENT: Any = _Hole()
_PARENT = Fragment("?", (PARENT,))


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its values, one of which may be the id of the parent.

    Args:
        n_keys: How many columns at the end are the key of a row in the order asked for.
    """

    sql: str
    values: tuple[Any, ...]
    n_keys: int = 0

    def filled(self, parent: int) -> tuple[Any, ...]:
        """Return the values for one parent."""
        return tuple([parent if value is PARENT else value for value in self.values])

    def cut(self, rows: list[Row], top: int) -> tuple[list[Row], Row | None]:
        """Return a page of its rows, and the key of its last row if more follow."""
        if len(rows) <= top:
            return rows, None
        rows = rows[:top]
        return rows, rows[-1][-self.n_keys :]


@lru_cache(maxsize=MOST_KEPT)
def page_of(
    engine: str,
    guard: Guard,
    before: str | None,
    last: Step,
    wanted: Wanted,
    expand: tuple[Expand, ...],
) -> Statement:
    """Return the statement of one page of a set.

    Args:
        engine: Whose SQL.
        guard: Tenant and limits.
        before: Kind of the parent, None for the set of all.
        last: The step from it to the set; without an id.
        wanted: Which part.
        expand: What comes along: its ids are columns of the row.
    """
    scope = scope_of(engine, guard, before, last.kind)
    columns = row_columns(last.kind, expand)
    is_feature = before == "feature"
    is_over_series = last.kind == "observation" and (before is None or is_feature)
    links = links_to_feature(_PARENT) if is_feature else []
    if is_over_series and is_further(scope, wanted):
        asked, keys = select_further(scope, columns, wanted, links)
    elif is_over_series and is_by_series(wanted, is_linked=is_feature):
        width = len(COLUMNS[last.kind]) + len(own_columns(last.kind, expand))
        asked, keys = select_by_series(scope, columns, width, wanted, links)
    elif last.kind == "observation" and before is None and has_span(wanted.filter):
        asked, keys = select_in_span(scope, columns, wanted)
    else:
        where = [] if before is None else [_link(scope, before, last)]
        in_series = is_series(before, last.kind)
        asked, keys = select_page(scope, columns, where, wanted, in_series=in_series)
    return Statement(asked.sql, asked.params, len(keys))


@lru_cache(maxsize=MOST_KEPT)
def entity_of(engine: str, guard: Guard, kind: str) -> Statement:
    """Return the statement that finds an entity by its id; not for readings."""
    scope = Scope.of(guard, dialect_of(engine), kind)
    asked = select_where(scope, Fragment("e.id"), [Fragment("e.id=?", (PARENT,))])
    return Statement(asked.sql, asked.params)


@lru_cache(maxsize=MOST_KEPT)
def row_of(engine: str, guard: Guard, kind: str) -> Statement:
    """Return the statement that reads an entity by its id; not for readings."""
    scope = Scope.of(guard, dialect_of(engine), kind)
    where = [Fragment("e.id=?", (PARENT,))]
    asked = select_where(scope.with_sides(), row_columns(kind, ()), where)
    return Statement(asked.sql, asked.params)


def scope_of(engine: str, guard: Guard, before: str | None, kind: str) -> Scope:
    """Return the scope of a set; readings of one series are guarded through the series."""
    scope = Scope.of(guard, dialect_of(engine), kind)
    if is_series(before, kind):
        scope.series = _PARENT
    return scope


def is_series(before: str | None, kind: str) -> bool:
    """Say whether a set is the readings of one series."""
    return kind == "observation" and before == "datastream"


def _link(scope: Scope, before: str, last: Step) -> Fragment:
    return link_to(scope, RELATIONS[before][last.relation or ""], _PARENT)
