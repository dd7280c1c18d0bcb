"""Pages and counts of rows that differ in some fields; asked rarely, so nothing is kept."""

from .model import RELATIONS
from .pages import PARENT, Statement, is_series, scope_of
from .sql.distinct import first_of_each
from .sql.fragment import Fragment
from .sql.scope import Scope
from .sql.statements import Wanted, count_where, link_to, row_columns, select_page
from .tree import Path, Step
from .walk import Walk


def distinct_page(
    walk: Walk, before: str | None, last: Step, wanted: Wanted, paths: tuple[Path, ...]
) -> Statement:
    """Return the statement of one page in which rows that agree in all paths come once."""
    scope, where = _firsts(walk, before, last, wanted, paths)
    columns = row_columns(last.kind, ())
    in_series = is_series(before, last.kind)
    asked, keys = select_page(scope, columns, where, wanted, in_series=in_series)
    return Statement(asked.sql, asked.params, len(keys))


def distinct_count(
    walk: Walk, before: str | None, last: Step, wanted: Wanted, paths: tuple[Path, ...]
) -> Statement:
    """Return the statement that counts them."""
    scope, where = _firsts(walk, before, last, wanted, paths)
    asked = count_where(scope, where, wanted.filter)
    return Statement(asked.sql, asked.params)


def _firsts(
    walk: Walk, before: str | None, last: Step, wanted: Wanted, paths: tuple[Path, ...]
) -> tuple[Scope, list[Fragment]]:
    """Return scope and conditions of the first row of each group."""
    engine = walk.reader.engine
    scope, inner = (scope_of(engine, walk.guard, before, last.kind) for _ in range(2))
    where: list[Fragment] = []
    if before is not None:
        relation = RELATIONS[before][last.relation or ""]
        where.append(link_to(scope, relation, Fragment("?", (PARENT,))))
    return scope, [*where, first_of_each(inner, where, wanted.filter, paths)]
