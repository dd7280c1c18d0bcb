"""Runs a tree: walks the path with checked links, then reads the entity or one page of the set."""

from collections.abc import Iterator
from contextlib import contextmanager

from mehrwert.observations.stores import get_store
from mehrwert.observations.stores.base import Reader, Store

from .counts import count_set
from .errors import UnknownPathError
from .failures import calculated
from .inside import Inside
from .levels import read_levels
from .model import COLUMNS, RELATIONS
from .result import SelectResult
from .sql.guard import Guard
from .sql.newest import is_by_time, select_by_time
from .sql.statements import Wanted, own_columns, row_columns, select_page, select_where
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
        before, parent = walk.to_last(select.path)
        last = select.path[-1]
        where = walk.at(before, parent, last)
        columns = row_columns(last.kind, select.expand)
        if is_set(select.path):
            return _page(walk, select, before, parent)
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


def _page(walk: Walk, select: Select, before: Step | None, parent: int) -> SelectResult:
    last = select.path[-1]
    in_series = last.kind == "observation" and before is not None and before.kind == "datastream"
    where = walk.at(before, parent, last)
    count = count_set(walk, select, before, parent) if select.count else None
    if select.top == 0:
        return SelectResult(last.kind, True, [], count)
    wanted = Wanted(select.top, select.skip, select.filter, select.order, select.after)
    columns = row_columns(last.kind, select.expand)
    scope = walk.scope(last.kind)
    if last.kind == "observation" and before is None and is_by_time(wanted):
        width = len(COLUMNS[last.kind]) + len(own_columns(last.kind, select.expand))
        asked, keys = select_by_time(scope, columns, width, wanted)
    else:
        asked, keys = select_page(scope, columns, where, wanted, in_series=in_series)
    rows = walk.reader.select(asked.sql, asked.params)
    next_key = None
    if len(rows) > select.top:
        rows = rows[: select.top]
        next_key = rows[-1][-len(keys) :]
    levels = read_levels(walk, last.kind, rows, select.expand)
    return SelectResult(last.kind, True, rows, count, next_key, levels)
