"""What another answer changes in a ranking: who entered, left, moved, and why (CAT-507)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mehrwert.catalogue.rules.matching import Exclusion, Match


class Way(StrEnum):
    """How a solution moved between two rankings."""

    CLOSED = "closed"
    OPENED = "opened"
    ENTERED = "entered"
    LEFT = "left"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Placed:
    """One solution at its place in a ranking, from 1, as far as two rankings are compared."""

    id: int
    place: int
    match: Match
    closed: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one solution.

    Args:
        id: Of the solution.
        way: How it moved.
        before: Place before, from 1.
        after: Place now, from 1.
        factor: Name of the factor that changed most, empty where no factor did.
        points: How much its known points changed.
        rule: The rule that came or went, None for a move by points.
    """

    id: int
    way: Way
    before: int
    after: int
    factor: str = ""
    points: float = 0.0
    rule: Exclusion | None = None


def compare_rankings(
    before: Sequence[Placed], after: Sequence[Placed], *, shown: int
) -> list[Move]:
    """Return the moves across or within the first ``shown`` places, and what a rule shut or opened.

    Both hold the same solutions. The order is that of :class:`Way`, then the place now.
    """
    places = {row.id: row for row in before}
    moves = []
    for row in after:
        old = places[row.id]
        way = _way(old, row, shown)
        if way is not None:
            factor, points = _cause(old.match, row.match)
            moves.append(Move(row.id, way, old.place, row.place, factor, points, _rule(old, row)))
    order = list(Way)
    return sorted(moves, key=lambda move: (order.index(move.way), move.after))


def _way(old: Placed, row: Placed, shown: int) -> Way | None:
    if bool(old.closed) != bool(row.closed):
        return Way.CLOSED if row.closed else Way.OPENED
    if row.closed or row.place == old.place or min(row.place, old.place) > shown:
        return None
    if old.place > shown:
        return Way.ENTERED
    if row.place > shown:
        return Way.LEFT
    return Way.UP if row.place < old.place else Way.DOWN


def _rule(old: Placed, row: Placed) -> Exclusion | None:
    if bool(old.closed) == bool(row.closed):
        return None
    return (row.closed or old.closed)[0]


def _cause(before: Match, after: Match) -> tuple[str, float]:
    """Return the factor whose known points changed most; "" where only others moved."""
    changes = [
        (new.name, (new.points or 0.0) - (old.points or 0.0), new.value != old.value)
        for old, new in zip(before.factors, after.factors, strict=True)
    ]
    changed = [(name, points) for name, points, is_new in changes if is_new]
    return max(changed, key=lambda pair: abs(pair[1])) if changed else ("", 0.0)
