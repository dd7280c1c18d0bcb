"""Counting a set: kept numbers where they answer, otherwise rows."""

from .ranges import count_by_hours, range_of
from .sql.related import count_kept
from .sql.statements import count_where
from .tree import Select, Step
from .walk import Walk


def count_set(walk: Walk, select: Select, before: Step | None, parent: int) -> int:
    """Count what a path leads to and the condition holds for."""
    last = select.path[-1]
    is_kept = last.kind == "observation" and (before is None or before.kind == "datastream")
    if is_kept and select.filter is None:
        asked = count_kept(walk.guard, None if before is None else parent)
    else:
        counted = _in_range(walk, select, before, parent)
        if counted is not None:
            return counted
        where = walk.at(before, parent, last)
        asked = count_where(walk.scope(last.kind), where, select.filter)
    return int(walk.reader.select(asked.sql, asked.params)[0][0])


def _in_range(walk: Walk, select: Select, before: Step | None, parent: int) -> int | None:
    """Count a range of time of one series by its hours, if that is what is asked."""
    if select.path[-1].kind != "observation" or before is None or before.kind != "datastream":
        return None
    asked = range_of(select.filter)
    return None if asked is None else count_by_hours(walk, parent, asked)
