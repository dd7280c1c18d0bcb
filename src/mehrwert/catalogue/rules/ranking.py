"""The order of many solutions for one municipality, as columns of numbers.

The same rules as in :mod:`.matching`, which explain one solution; here all are ranked at once, so
that another answer is shown at once with ten thousand of them (CAT-507). That both agree is tested
on random facts and answers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mehrwert.catalogue.rules.matching import (
    NO_LICENCE,
    Facts,
    Wishes,
    fixed_factors,
    is_law_elsewhere,
)

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
DIGITS = 1e6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One solution before it is ranked.

    Args:
        id: Of the solution.
        status: Of the solution.
        facts: What is known of it for the municipality.
        is_here: Whether the own county, association or Land runs it already.
    """

    id: int
    status: str
    facts: Facts
    is_here: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """All solutions in order, as columns by the row of the table.

    Args:
        order: Rows, best first; excluded ones come last.
        place: Place of each row, from 0.
        low: Lower end of the score.
        high: Upper end of the score.
        closed: Whether a rule excludes the row.
    """

    order: Rows
    place: Rows
    low: Floats
    high: Floats
    closed: Bools

    @property
    def n_open(self) -> int:
        """Return how many are not excluded."""
        return int(self.closed.size - np.count_nonzero(self.closed))


class _Names:
    """Which rows have which names; a row of which nobody said anything has None."""

    def __init__(self, values: Sequence[Collection[str] | None]) -> None:
        self.is_known = np.array([value is not None for value in values], dtype=bool)
        self._size = len(values)
        rows: dict[str, list[int]] = {}
        for row, names in enumerate(values):
            for name in names or ():
                rows.setdefault(name, []).append(row)
        self._rows = {name: np.array(found, dtype=np.int64) for name, found in rows.items()}

    def count(self, wanted: Collection[str]) -> Rows:
        """Return how many of some names each row has."""
        counts = np.zeros(self._size, dtype=np.int64)
        for name in wanted:
            rows = self._rows.get(name)
            if rows is not None:
                counts[rows] += 1
        return counts

    def beyond(self, given: Collection[str]) -> Bools:
        """Return which rows have a name that is not given."""
        mask = np.zeros(self._size, dtype=bool)
        for name, rows in self._rows.items():
            if name not in given:
                mask[rows] = True
        return mask


class FitTable:
    """What is known of all solutions for one municipality; any answer is ranked on it.

    Args:
        candidates: The solutions, in any order.
        weights: Points of each factor.
        rules: Names of the exclusion rules that hold.
        key: Official key of the municipality, empty if unknown.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        weights: Mapping[str, float],
        *,
        rules: Collection[str],
        key: str,
    ) -> None:
        facts = [one.facts for one in candidates]
        self._weights, self._rules = weights, frozenset(rules)
        self._ids = np.array([one.id for one in candidates], dtype=np.int64)
        self._is_here = np.array([one.is_here for one in candidates], dtype=bool)
        fixed = [fixed_factors(one, weights) for one in facts]
        self._fixed = [_column(factors[at].value for factors in fixed) for at in range(3)]
        self._fields = _Names([one.fields_of_action for one in facts])
        self._tasks = _Names([one.tasks for one in facts])
        self._hours = _column(one.staff_hours_per_week for one in facts)
        self._networks = _Names([one.networks for one in facts])
        self._components = _Names([one.base_components for one in facts])
        self._not_offered = _Names([_not_offered(one) for one in facts])
        self._costs = _column(one.cost_eur for one in facts)
        self._providers = _Names(
            [{p.strip().casefold() for p in one.it_providers or ()} or None for one in facts]
        )
        self._closed = self._always_closed(candidates, key)

    def _always_closed(self, candidates: Sequence[Candidate], key: str) -> Bools:
        """Return what a rule excludes whatever is answered."""
        rules = self._rules
        return np.array(
            [
                ("ended" in rules and one.status == "ended")
                or ("land_law" in rules and bool(key) and is_law_elsewhere(one.facts, key))
                or ("licence" in rules and _is_unlicensed(one.facts))
                for one in candidates
            ],
            dtype=bool,
        )

    def rank(self, wishes: Wishes) -> Ranked:
        """Return the order for some answers: lower end, upper end, id (CAT-503)."""
        need = self._need(wishes)
        similarity, evidence, freshness = self._fixed
        factors = (
            ("similarity", similarity),
            ("evidence", evidence),
            ("need", need),
            ("preconditions", self._preconditions(wishes)),
            ("cost", self._cost(wishes)),
            ("freshness", freshness),
        )
        low = np.zeros(self._ids.size)
        unknown = np.zeros(self._ids.size)
        for name, values in factors:
            weight = self._weights[name]
            is_unknown = np.isnan(values)
            low += np.where(is_unknown, 0.0, weight * values)
            unknown += np.where(is_unknown, weight, 0.0)
        low, high = _rounded(low), _rounded(low + unknown)
        closed = self._closed | self._answered_closed(wishes)
        last = ~self._is_here | (need == 0)
        order = np.lexsort((self._ids, -high, -low, last, closed))
        place = np.empty_like(order)
        place[order] = np.arange(order.size)
        return Ranked(order, place, low, high, closed)

    def _need(self, wishes: Wishes) -> Floats:
        wanted = len(wishes.fields_of_action) + len(wishes.tasks)
        if not wanted:
            return np.full(self._ids.size, np.nan)
        met = self._fields.count(wishes.fields_of_action) + self._tasks.count(wishes.tasks)
        return met / wanted

    def _preconditions(self, wishes: Wishes) -> Floats:
        """Return the share of the preconditions that are known on both sides and met."""
        met = np.zeros(self._ids.size)
        known = np.zeros(self._ids.size)
        if wishes.staff_hours_per_week is not None:
            is_known = ~np.isnan(self._hours)
            known += is_known
            met += is_known & (self._hours <= wishes.staff_hours_per_week)
        for needed, given in (
            (self._networks, wishes.networks),
            (self._components, wishes.base_components),
        ):
            if given is not None:
                known += needed.is_known
                met += needed.is_known & ~needed.beyond(given)
        share: Floats = np.divide(met, known, out=np.full(met.size, np.nan), where=known > 0)
        return share

    def _cost(self, wishes: Wishes) -> Floats:
        if not wishes.ceiling_eur:
            return np.full(self._ids.size, np.nan)
        over = self._costs / wishes.ceiling_eur - 1
        return np.minimum(1.0, np.maximum(0.0, 1.0 - over))

    def _answered_closed(self, wishes: Wishes) -> Bools:
        """Return what an answer excludes; an answer that is missing never does."""
        closed = np.zeros(self._ids.size, dtype=bool)
        if wishes.staff_hours_per_week is not None and "staff" in self._rules:
            closed |= self._hours > wishes.staff_hours_per_week
        if wishes.networks is not None and "network" in self._rules:
            closed |= self._networks.beyond(wishes.networks)
        if wishes.base_components is not None and "base_component" in self._rules:
            closed |= self._not_offered.beyond(wishes.base_components)
        own = wishes.it_provider.strip().casefold()
        if own and "it_provider" in self._rules:
            closed |= self._providers.is_known & (self._providers.count({own}) == 0)
        return closed


def find_moved(before: Ranked, after: Ranked, *, shown: int, most_shut: int) -> tuple[Rows, int]:
    """Return the rows that moved within the first places, and those a rule shut or opened.

    Args:
        before: All solutions with the answers of before.
        after: The same table with those of now.
        shown: How many places count as the first.
        most_shut: How many rows shut, and how many opened, are returned: best place now first.

    Returns:
        The rows, and how many more were shut or opened.
    """
    is_shut = before.closed != after.closed
    best = np.minimum(before.place, after.place)
    has_moved = (before.place != after.place) & (best < shown) & ~after.closed & ~is_shut
    parts, left = [np.flatnonzero(has_moved)], 0
    for is_closed in (True, False):
        rows = np.flatnonzero(is_shut & (after.closed == is_closed))
        rows = rows[np.argsort(after.place[rows])]
        parts.append(rows[:most_shut])
        left += max(0, rows.size - most_shut)
    return np.concatenate(parts), left


def _column(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _rounded(points: Floats) -> Floats:
    return np.rint(points * DIGITS) / DIGITS


def _not_offered(facts: Facts) -> frozenset[str]:
    """Return the components that neither the county nor a neighbour has."""
    needed = facts.base_components or frozenset()
    return needed - facts.base_offered - frozenset(facts.base_nearby)


def _is_unlicensed(facts: Facts) -> bool:
    return facts.has_code and bool(facts.licence) and facts.licence.upper() in NO_LICENCE
