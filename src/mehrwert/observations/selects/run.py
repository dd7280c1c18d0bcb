"""Runs a tree: walks the path with checked links, then reads the entity or one page of the set."""

from collections.abc import Iterator
from contextlib import contextmanager

from mehrwert.observations.stores import get_store
from mehrwert.observations.stores.base import Reader, Store

from .counts import NOT_COUNTED, Count, count_set
from .distinct import distinct_count, distinct_page
from .errors import UnknownPathError
from .failures import calculated
from .inside import Inside
from .levels import read_levels
from .model import RELATIONS
from .pages import page_of
from .result import SelectResult
from .single import is_plain_series
from .sql.guard import Guard
from .sql.statements import Wanted, row_columns, select_where
from .tree import Limits, Select, Step
from .walk import Walk


def run_select(select: Select, store: Store | Inside | None = None) -> SelectResult:
    """Read what the tree asks for, in this store or transaction or in the store in use.

    Raises:
        UnknownPathError: Something along the path does not exist in the tenant.
        BadExpressionError: Kinds of values that do not go together.
        CalculationError: Values for which the engine cannot calculate what is asked.
    """
    with _reader(store) as reader, calculated(reader):
        walk = Walk(reader, Guard(select.tenant_id, select.limits))
        last = select.path[-1]
        if is_set(select.path):
            return _set(walk, select)
        before, parent = walk.to_last(select.path)
        where = walk.at(before, parent, last)
        columns = row_columns(last.kind, select.expand)
        asked = select_where(walk.scope(last.kind).with_sides(), columns, where)
        rows = reader.select(asked.sql, asked.params)
        if not rows:
            raise UnknownPathError
        levels = read_levels(walk, last.kind, rows, select.expand)
        return SelectResult(last.kind, False, rows, levels=levels)


def exists(
    tenant_id: int, limits: Limits, path: tuple[Step, ...], store: Store | Inside | None = None
) -> bool:
    """Say whether the entity at the end of a path is there."""
    try:
        run_select(Select(tenant_id, path, limits), store)
    except UnknownPathError:
        return False
    return True


@contextmanager
def _reader(store: Store | Inside | None) -> Iterator[Reader]:
    with (store or get_store()).reader() as reader:
        yield reader


def is_set(path: tuple[Step, ...]) -> bool:
    """Say whether a path leads to a set, not to one entity."""
    last = path[-1]
    if last.id is not None:
        return False
    if len(path) == 1 or last.relation is None:
        return True
    return RELATIONS[path[-2].kind][last.relation].many


def _set(walk: Walk, select: Select) -> SelectResult:
    first = select.path[0]
    if is_plain_series(select) and first.id is not None:
        # rows prove that the series is there; only without any it must be looked for
        page = _page(walk, select, first, first.id)
        if page.rows:
            return page
        walk.to_last(select.path)
        return page
    before, parent = walk.to_last(select.path)
    return _page(walk, select, before, parent)


def _count(walk: Walk, select: Select, before: Step | None, parent: int) -> Count:
    if not select.distinct:
        return count_set(walk, select, before, parent)
    kind = None if before is None else before.kind
    wanted = Wanted(0, filter=select.filter)
    asked = distinct_count(walk, kind, select.path[-1], wanted, select.distinct)
    return Count(int(walk.reader.select(asked.sql, asked.filled(parent))[0][0]))


def _page(walk: Walk, select: Select, before: Step | None, parent: int) -> SelectResult:
    last = select.path[-1]
    wanted = Wanted(select.top, select.skip, select.filter, select.order, select.after)
    kind = None if before is None else before.kind
    counted = _count(walk, select, before, parent) if select.count else NOT_COUNTED
    if select.top == 0:
        none = read_levels(walk, last.kind, [], select.expand)
        return SelectResult(last.kind, True, [], *counted, levels=none)
    if select.distinct:
        asked = distinct_page(walk, kind, last, wanted, select.distinct)
    else:
        asked = page_of(walk.reader.engine, walk.guard, kind, last, wanted, select.expand)
    found = walk.reader.select(asked.sql, asked.filled(parent))
    rows, next_key = asked.cut(found, select.top)
    levels = read_levels(walk, last.kind, rows, select.expand)
    return SelectResult(last.kind, True, rows, *counted, next_key, levels)
