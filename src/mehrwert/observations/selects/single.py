"""Reads that one statement answers: an event loop asks it itself, without a thread."""

from mehrwert.observations.stores import get_store

from .failures import calculated
from .pages import Statement, is_series, page_of, row_of
from .result import SelectResult
from .sql.guard import Guard
from .sql.statements import Wanted
from .tree import Select

MAX_ID = 2**53
MAX_SERIES = 2**31


async def run_single(select: Select) -> SelectResult | None:
    """Read what one statement of few rows answers.

    Returns:
        None if it takes more than one, or if something along the path may be missing:
        ``run_select`` does the one and tells of the other.
    """
    store = get_store()
    asked = _statement(store.engine, select)
    if asked is None:
        return None
    with calculated(store):
        found = await store.aselect(asked.sql, asked.filled(select.path[0].id or 0))
    last, is_page = select.path[-1], select.path[-1].id is None
    if not found and (len(select.path) > 1 or not is_page):
        return None
    rows, next_key = asked.cut(found, select.top) if is_page else (found, None)
    return SelectResult(last.kind, is_page, rows, next_key=next_key)


def _statement(engine: str, select: Select) -> Statement | None:
    path, guard = select.path, Guard(select.tenant_id, select.limits)
    if select.expand or select.count or select.distinct or select.top == 0:
        return None
    first, last = path[0], path[-1]
    if len(path) == 1 and last.id is not None:
        is_id = last.kind != "observation" and 0 < last.id < MAX_ID
        return row_of(engine, guard, last.kind) if is_id else None
    if len(path) > 1 and not is_plain_series(select):
        return None
    wanted = Wanted(select.top, select.skip, select.filter, select.order, select.after)
    before = first.kind if len(path) > 1 else None
    return page_of(engine, guard, before, last, wanted, ())


def is_plain_series(select: Select) -> bool:
    """Say whether readings of a series are asked for by the number of the series."""
    if len(select.path) != 2 or select.count:
        return False
    first, last = select.path
    is_number = first.id is not None and 0 < first.id < MAX_SERIES
    return is_number and last.id is None and is_series(first.kind, last.kind)
