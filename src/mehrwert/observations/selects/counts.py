"""Counting a set: kept numbers where they answer, otherwise rows, and of very many a share."""

from dataclasses import replace
from typing import NamedTuple

from .ranges import count_by_hours
from .shares import count_by_shares, states_of
from .sql.fragment import build
from .sql.related import count_kept
from .sql.spans import Range, range_of
from .sql.statements import count_where, parents
from .tree import Expression, Select, Step
from .walk import Walk

# so many series that lie only partly in a range are counted by one statement
MANY = 2_000


class Count(NamedTuple):
    """How many rows there are; ``is_estimated`` if only some of them were looked at."""

    n: int | None
    is_estimated: bool = False


NOT_COUNTED = Count(None)


def count_set(walk: Walk, select: Select, before: Step | None, parent: int) -> Count:
    """Count what a path leads to and the condition holds for."""
    last = select.path[-1]
    if last.kind == "observation":
        return _count_readings(walk, select.filter, before, parent, last)
    where = walk.at(before, parent, last)
    asked = count_where(walk.scope(last.kind), where, select.filter)
    return Count(int(walk.reader.select(asked.sql, asked.params)[0][0]))


def _count_readings(
    walk: Walk, condition: Expression | None, before: Step | None, parent: int, last: Step
) -> Count:
    series = parent if before is not None and before.kind == "datastream" else None
    if before is None or series is not None:
        if condition is None:
            asked = count_kept(walk.guard, series)
            return Count(int(walk.reader.select(asked.sql, asked.params)[0][0]))
        span, is_range = range_of(condition)
        if is_range and series is None:
            return Count(_count_range(walk, condition, span))
        if is_range and series is not None:
            by_hours = count_by_hours(walk, [series], span)[series]
            if by_hours is not None:
                return Count(by_hours)
    where = walk.at(before, parent, last)
    shared = count_by_shares(walk, before, parent, where, condition)
    if shared is not None:
        return Count(*shared)
    asked = count_where(walk.scope(last.kind), where, condition)
    return Count(int(walk.reader.select(asked.sql, asked.params)[0][0]))


def _count_range(walk: Walk, condition: Expression, span: Range) -> int:
    """Count the readings of all series in a range: most lie wholly inside or outside of it."""
    found, partly = 0, []
    for state in states_of(walk, span.on_states("s")):
        if state.is_inside(span):
            found += state.n
        else:
            partly.append(state.datastream_id)
    for begin in range(0, len(partly), MANY):
        counted = count_by_hours(walk, partly[begin : begin + MANY], span)
        found += sum(n for n in counted.values() if n is not None)
        rows = [series for series, n in counted.items() if n is None]
        if rows:
            scope = walk.scope("observation")
            wished = build("e.datastream_id IN (SELECT value FROM {0})", parents(scope, rows))
            asked = count_where(scope, [replace(wished, narrows=True)], condition)
            found += int(walk.reader.select(asked.sql, asked.params)[0][0])
    return found
