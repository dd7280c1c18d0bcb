"""The order of a round: which place after which, so that the way is short.

Up to ``EXACT`` places the order is the best there is (dynamic programming over subsets, Held and
Karp 1962). Beyond that: nearest neighbour from several first places, then reversing stretches
(2-opt) and moving short ones (Or-opt) until neither helps. Distances are great circles; roads are
longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, inf, radians, sin, sqrt

EARTH_M = 6_371_008.8
EXACT = 9
LEAST_GAIN_M = 1e-6
# so many first places are tried, up to so many places in all; beyond that only the nearest
STARTS, WITH_STARTS = 6, 80
# looks at one possible change; bounds the time for rounds of hundreds of places
MOST_LOOKS = 2_000_000
Point = tuple[float, float]
Matrix = list[list[float]]


@dataclass(frozen=True, slots=True)
class Route:
    """Places by index in the order of the way, and its length in metres."""

    order: tuple[int, ...]
    distance_m: float


@dataclass(slots=True)
class _Way:
    """Costs between places, from the start to each, from each to the end; all in metres."""

    between: Matrix
    first: list[float]
    last: list[float]
    looks: int = 0

    def step(self, a: int | None, b: int | None) -> float:
        """Return the cost from one place to the next; None is the start or the end."""
        if a is None:
            return 0.0 if b is None else self.first[b]
        return self.last[a] if b is None else self.between[a][b]

    def length(self, order: Sequence[int]) -> float:
        return sum(self.step(a, b) for a, b in pairwise([None, *order, None]))


def distance_m(a: Point, b: Point) -> float:
    """Return the great circle between two places, each (longitude, latitude) in degrees."""
    lon_a, lat_a, lon_b, lat_b = map(radians, (*a, *b))
    h = sin((lat_b - lat_a) / 2) ** 2
    h += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(h)))


def order_round(
    places: Sequence[Point], start: Point | None = None, end: Point | None = None
) -> Route:
    """Return a short way through all places.

    Args:
        places: (longitude, latitude) in degrees.
        start: Where the way begins; None = at whichever place is best.
        end: Where it ends, may be the start; None = at whichever place is best.

    Returns:
        Every index once. The same input gives the same order. Of the two directions of a round
        trip it is the one whose first place is nearer.
    """
    way = _way(places, start, end)
    order = _exact(way) if len(places) <= EXACT else _improved(way)
    if order and start == end and way.last[order[-1]] < way.first[order[0]]:
        order.reverse()
    return Route(tuple(order), way.length(order))


def order_by_heuristic(
    places: Sequence[Point], start: Point | None = None, end: Point | None = None
) -> Route:
    """Return a short way as ``order_round`` finds it for many places, whatever their number."""
    way = _way(places, start, end)
    order = _improved(way) if places else []
    return Route(tuple(order), way.length(order))


def _way(places: Sequence[Point], start: Point | None, end: Point | None) -> _Way:
    return _Way(
        [[distance_m(a, b) for b in places] for a in places],
        [0.0 if start is None else distance_m(start, p) for p in places],
        [0.0 if end is None else distance_m(p, end) for p in places],
    )


def _exact(way: _Way) -> list[int]:
    """Return the best order: for each set of places and the last of them the shortest way."""
    n = len(way.first)
    if n == 0:
        return []
    best: dict[tuple[int, int], tuple[float, int]] = {
        (1 << i, i): (way.first[i], -1) for i in range(n)
    }
    for size in range(1, 1 << n):
        for last in range(n):
            if (size, last) not in best:
                continue
            so_far = best[size, last][0]
            for new in range(n):
                key = (size | 1 << new, new)
                cost = so_far + way.between[last][new]
                if not size >> new & 1 and cost < best.get(key, (inf, -1))[0]:
                    best[key] = (cost, last)
    left = (1 << n) - 1
    at = min(range(n), key=lambda i: best[left, i][0] + way.last[i])
    order = []
    while at >= 0:
        order.append(at)
        left, at = left & ~(1 << at), best[left, at][1]
    return order[::-1]


def _improved(way: _Way) -> list[int]:
    n = len(way.first)
    firsts = sorted(range(n), key=lambda i: (way.first[i], i))
    chosen = firsts[:: max(1, n // STARTS)][: STARTS if n <= WITH_STARTS else 1]
    found = [_better(way, _nearest(way, first)) for first in chosen]
    return min(found, key=way.length)


def _nearest(way: _Way, first: int) -> list[int]:
    order, left = [first], set(range(len(way.first))) - {first}
    while left:
        row = way.between[order[-1]]
        order.append(min(left, key=lambda i: (row[i], i)))
        left.remove(order[-1])
    return order


def _better(way: _Way, order: list[int]) -> list[int]:
    way.looks = 0
    while way.looks < MOST_LOOKS and (_reverse(way, order) or _move(way, order)):
        pass
    return order


def _reverse(way: _Way, order: list[int]) -> bool:
    """Turn round each stretch where that shortens the way; say whether one was found."""
    found = False
    for i in range(len(order) - 1):
        before = order[i - 1] if i else None
        for j in range(i + 1, len(order)):
            after = order[j + 1] if j + 1 < len(order) else None
            old = way.step(before, order[i]) + way.step(order[j], after)
            new = way.step(before, order[j]) + way.step(order[i], after)
            if old - new > LEAST_GAIN_M:
                order[i : j + 1] = order[i : j + 1][::-1]
                found = True
        way.looks += len(order) - i
    return found


def _move(way: _Way, order: list[int]) -> bool:
    """Take one to three neighbours to where they cost less; stop at the first that helps."""
    for size in (1, 2, 3):
        for i in range(len(order) - size + 1):
            piece, rest = order[i : i + size], order[:i] + order[i + size :]
            before, after = (rest[i - 1] if i else None), (rest[i] if i < len(rest) else None)
            gain = way.step(before, piece[0]) + way.step(piece[-1], after)
            gain -= way.step(before, after)
            way.looks += len(rest)
            if gain > LEAST_GAIN_M and (moved := _put(way, rest, piece, gain)):
                order[:] = moved
                return True
    return False


def _put(way: _Way, rest: list[int], piece: list[int], gain: float) -> list[int] | None:
    """Return the way with the piece, either way round, where it costs less than ``gain``."""
    for k, (before, after) in enumerate(pairwise([None, *rest, None])):
        for turned in (piece, piece[::-1]):
            cost = way.step(before, turned[0]) + way.step(turned[-1], after)
            if cost - way.step(before, after) < gain - LEAST_GAIN_M:
                return rest[:k] + turned + rest[k:]
    return None
