"""Counting readings under a condition that only rows can answer: share by share, within a second.

What there is to look at is known from the states of the series. Up to ``AT_ONCE`` readings
are counted by one statement. More are cut into shares of about equal size, taken from all series
and times in turn: if time runs out, those looked at stand for the others.
"""

import time
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from .sql.conditions import conditions
from .sql.fragment import Fragment, build, joined
from .sql.spans import Range, range_of
from .sql.statements import count_where, links_to_feature
from .tree import Expression, Step
from .walk import Walk

# a single statement of PostgreSQL works on several cores
AT_ONCE = {"sqlite": 300_000, "postgres": 2_000_000}
SHARE = 40_000
MOST_S = 0.8
_ALWAYS = 2**62
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a series without looking at its readings."""

    datastream_id: int
    n: int
    first_us: int
    last_us: int
    end_us: int

    def is_inside(self, span: Range) -> bool:
        """Say whether all readings lie in the range."""
        return (
            (span.start_us is None or self.first_us >= span.start_us)
            and (span.before_us is None or self.last_us < span.before_us)
            and (span.end_us is None or self.end_us <= span.end_us)
        )


@dataclass(frozen=True, slots=True)
class Share:
    """Readings of some series, or of one from one time to another; ``n`` is about how many."""

    n: int
    datastream_ids: tuple[int, ...]
    start_us: int = -_ALWAYS
    before_us: int = _ALWAYS


class _Hole:
    """Stands for what differs from share to share among the values of a statement."""


_SERIES: Any = _Hole()
_START: Any = _Hole()
_BEFORE: Any = _Hole()


def states_of(walk: Walk, narrows: list[Fragment]) -> list[State]:
    """Return the series that have readings, those visible and meant by all conditions."""
    own = walk.guard.on_states("s")
    where = joined((own, Fragment("s.n>0"), *narrows), " AND ")
    asked = build(
        "SELECT s.datastream_id,s.n,s.first_time,s.last_time,s.last_end"
        " FROM obs_datastream_state s WHERE {0}",
        where,
    )
    return [State(*row) for row in walk.reader.select(asked.sql, asked.params)]


def count_by_shares(
    walk: Walk,
    before: Step | None,
    parent: int,
    where: list[Fragment],
    condition: Expression | None,
) -> tuple[int, bool] | None:
    """Return the number and whether it is estimated; None if all may be counted at once.

    Args:
        walk: Where.
        before: What the readings belong to, if to anything.
        parent: Its id.
        where: The conditions that say the same.
        condition: What was asked for.
    """
    narrows = _narrowing(walk, before, parent, condition)
    span, _ = range_of(condition)
    shares = _shares(states_of(walk, [*narrows, *span.on_states("s")]), span)
    total = sum(share.n for share in shares)
    if total <= AT_ONCE[walk.reader.engine]:
        return None
    scope = walk.scope("observation")
    meant = replace(walk.dialect.is_among("e.datastream_id", _SERIES), narrows=True)
    between = Fragment("e.time>=? AND e.time<?", (_START, _BEFORE))
    asked = count_where(scope, [meant, between, *where], condition)
    found = looked_at = 0
    end = time.monotonic() + MOST_S
    for share in shares:
        if looked_at and time.monotonic() > end:
            return round(found / looked_at * total), True
        rows = walk.reader.select(asked.sql, _filled(walk, asked, share))
        found += int(rows[0][0])
        looked_at += share.n
    return found, False


def _narrowing(
    walk: Walk, before: Step | None, parent: int, condition: Expression | None
) -> list[Fragment]:
    """Return the conditions on the states ``s`` that say which series can have such readings."""
    found = [p for p in conditions(walk.scope("observation"), condition) if p.narrows]
    if before is not None and before.kind == "feature":
        found += [p for p in links_to_feature(Fragment("?", (parent,))) if p.narrows]
    found = [Fragment(p.sql.replace("e.", "s.", 1), p.params) for p in found]
    if before is not None and before.kind == "datastream":
        found.append(Fragment("s.datastream_id=?", (parent,)))
    return found


def _shares(states: list[State], span: Range) -> list[Share]:
    """Cut the readings into shares, so ordered that the first ones come from everywhere."""
    shares, small, n = [], [], 0
    for state in states:
        if state.n > SHARE:
            shares += _slices(state, span)
            continue
        small.append(state.datastream_id)
        n += state.n
        if n > SHARE:
            shares.append(Share(n, tuple(small)))
            small, n = [], 0
    if small:
        shares.append(Share(n, tuple(small)))
    return [shares[i] for i in sorted(range(len(shares)), key=lambda i: i * _GOLDEN % 1)]


def _slices(state: State, span: Range) -> list[Share]:
    """Cut a long series into times of equal length, within the range asked for."""
    first = state.first_us if span.start_us is None else max(state.first_us, span.start_us)
    before = state.last_us + 1
    if span.before_us is not None:
        before = min(before, span.before_us)
    part = (before - first) / (state.last_us + 1 - state.first_us)
    n = max(1, round(state.n * part))
    slices = -(-n // SHARE)
    edges = [first + (before - first) * i // slices for i in range(slices + 1)]
    return [
        Share(n // slices + 1, (state.datastream_id,), start, end) for start, end in pairwise(edges)
    ]


def _filled(walk: Walk, asked: Fragment, share: Share) -> list[Any]:
    values = {
        id(_SERIES): walk.dialect.list_of(list(share.datastream_ids)).params[0],
        id(_START): share.start_us,
        id(_BEFORE): share.before_us,
    }
    return [values.get(id(value), value) for value in asked.params]
