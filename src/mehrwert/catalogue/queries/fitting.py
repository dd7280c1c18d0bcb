"""Ranks solutions for one municipality; every factor and every exclusion stays explained.

What is known of the solutions for one place is gathered once and kept for the last places asked
for, as long as the state of the search index is the same: another answer then only ranks anew.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, overload

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import AdoptionStatus, Basis, Relation
from mehrwert.catalogue.models import Adoption, CostRecord, SearchState, Solution
from mehrwert.catalogue.queries.page import covers
from mehrwert.catalogue.queries.places import read_places_of
from mehrwert.catalogue.queries.rows import FEWEST, IN_RANGE
from mehrwert.catalogue.rules import Place, size_class_of
from mehrwert.catalogue.rules.matching import (
    Exclusion,
    Factor,
    Facts,
    Match,
    Wishes,
    exclusions,
    fixed_factors,
    match,
)
from mehrwert.catalogue.rules.moves import Move, Placed, compare_rankings
from mehrwert.catalogue.rules.places import (
    counts_as_declared_use,
    counts_as_reuse,
    is_same_place,
)
from mehrwert.catalogue.rules.ranking import Candidate, FitTable, find_moved
from mehrwert.catalogue.rules.similarity import is_neighbour, similarity_of

FILE = Path(__file__).resolve().parent.parent / "data" / "matching.json"
KEPT_PLACES = 3
# solutions named that a rule shut, and that it opened; of the others only the number
MOST_SHUT = 3
# relations of a place that has a solution at work, not only in mind
RUN = frozenset({Relation.ORIGIN, Relation.REUSE, Relation.SITE, Relation.EXTENSION})
# area of a norm of the federation or of nobody in particular
EVERYWHERE = frozenset({"", "DE"})
COLUMNS = (
    *("pk", "slug", "status", "profile", "freshness_factor"),
    *("evidence_class", "evidence_direction"),
)
Places = Mapping[int, Place]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one solution for one municipality, whatever it answers.

    Args:
        id: Of the solution.
        slug: Of the solution.
        status: Of the solution.
        facts: What the score needs.
        fixed: The factors that no answer changes.
        here: Names of the own county, association or Land that run it already.
        nearest: Name of the most similar user, empty without one.
        nearest_basis: Who says so: ``declared`` or ``documented``.
        nearest_role: Whom to ask there, empty where nobody said.
    """

    id: int
    slug: str
    status: str
    facts: Facts
    fixed: tuple[Factor, ...]
    here: tuple[str, ...]
    nearest: str
    nearest_basis: str
    nearest_role: str


class Ranking(NamedTuple):
    """One solution in the order for one municipality.

    Args:
        known: What it is made of.
        match: Score as a range with its factors.
        closed: Rules that exclude it.
        open: Rules whose answer is missing: "zu klären".
    """

    known: Known
    match: Match
    closed: tuple[Exclusion, ...]
    open: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """One solution in the order, with its row for a page."""

    solution: Solution
    known: Known
    match: Match
    closed: tuple[Exclusion, ...]
    open: tuple[Exclusion, ...]


@cache
def read_method() -> dict[str, Any]:
    """Return weights and exclusion rules with their version."""
    method: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return method


def valid_rules(today: date) -> dict[str, str]:
    """Return the exclusion rules that hold on a day, each with its source."""
    day = today.isoformat()
    return {
        rule["id"]: rule["source"]
        for rule in read_method()["exclusions"]
        if rule["valid_from"] <= day <= (rule["valid_to"] or day)
    }


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """What is known of all public solutions for one municipality, and the same as columns."""

    known: tuple[Known, ...]
    table: FitTable


class Order(Sequence[Ranking]):
    """All public solutions for one municipality, best first; each is explained when asked for."""

    def __init__(self, corpus: Corpus, home: Place, wishes: Wishes, rules: frozenset[str]) -> None:
        self.columns = corpus.table.rank(wishes)
        self._corpus, self._home, self._wishes, self._rules = corpus, home, wishes, rules

    def __len__(self) -> int:
        return int(self.columns.order.size)

    @overload
    def __getitem__(self, at: int) -> Ranking: ...
    @overload
    def __getitem__(self, at: slice) -> list[Ranking]: ...
    def __getitem__(self, at: int | slice) -> Ranking | list[Ranking]:
        if isinstance(at, slice):
            return [self.explain(int(row)) for row in self.columns.order[at]]
        return self.explain(int(self.columns.order[at]))

    @property
    def n_possible(self) -> int:
        """Return how many no rule excludes; they come first."""
        return self.columns.n_open

    def explain(self, row: int) -> Ranking:
        """Return one solution by its row, with every factor and rule."""
        known = self._corpus.known[row]
        told = exclusions(known.facts, self._wishes, status=known.status, key=self._home.key)
        rules = [rule for rule in told if rule.rule in self._rules]
        weights = read_method()["weights"]
        return Ranking(
            known,
            match(known.facts, self._wishes, weights, fixed=known.fixed),
            tuple([rule for rule in rules if not rule.is_open]),
            tuple([rule for rule in rules if rule.is_open]),
        )

    def placed(self, row: int) -> Placed:
        """Return one solution by its row, with its place from 1."""
        found = self.explain(row)
        place = int(self.columns.place[row]) + 1
        return Placed(found.known.id, place, found.match, found.closed)

    def possible_slugs(self) -> list[str]:
        """Return the addresses of those that no rule excludes, best first."""
        known = self._corpus.known
        return [known[row].slug for row in self.columns.order[: self.n_possible]]


def rank_fits(home: Place, wishes: Wishes) -> Order:
    """Return all public solutions, best first; excluded ones come last and say why.

    What the own county, association or Land runs already stands first (CAT-506), unless it misses
    all chosen goals. The same input gives the same order. Three queries and one per level, one
    query where the place was asked for before.
    """
    today, token = from_us(now_us()).date(), _token()
    corpus = _kept(home, today, token) if token else _corpus(home, today)
    return Order(corpus, home, wishes, frozenset(valid_rules(today)))


def moves_between(
    home: Place, before: Wishes, after: Wishes, *, shown: int
) -> tuple[list[Move], int]:
    """Return what another answer moved within the first places or shut, and how many more it shut.

    The id of a move is that of its solution (CAT-507).
    """
    old, new = rank_fits(home, before), rank_fits(home, after)
    rows, left = find_moved(old.columns, new.columns, shown=shown, most_shut=MOST_SHUT)
    placed = [[order.placed(int(row)) for row in rows] for order in (old, new)]
    return compare_rankings(*placed, shown=shown), left


def read_moved(moves: Sequence[Move]) -> dict[int, Solution]:
    """Return the solutions of some moves by id. One query."""
    return Solution.objects.in_bulk([move.id for move in moves])


def read_fits(ranking: Sequence[Ranking]) -> list[Fit]:
    """Return a part of a ranking with the rows of its solutions. One query."""
    rows = Solution.objects.in_bulk([one.known.id for one in ranking])
    return [
        Fit(rows[one.known.id], one.known, one.match, one.closed, one.open)
        for one in ranking
        if one.known.id in rows
    ]


def list_fits(home: Place, wishes: Wishes) -> list[Fit]:
    """Return the whole ranking with the rows of its solutions."""
    return read_fits(rank_fits(home, wishes)[:])


def _token() -> str:
    """Return the state of the catalogue, empty where it is not known."""
    return SearchState.objects.values_list("token", flat=True).first() or ""


@lru_cache(maxsize=KEPT_PLACES)
def _kept(home: Place, today: date, token: str) -> Corpus:  # noqa: ARG001 (the key)
    return _corpus(home, today)


def _corpus(home: Place, today: date) -> Corpus:
    known = _gather(home, today)
    candidates = [Candidate(one.id, one.status, one.facts, bool(one.here)) for one in known]
    weights, rules = read_method()["weights"], valid_rules(today)
    return Corpus(known, FitTable(candidates, weights, rules=rules, key=home.key))


def _gather(home: Place, today: date) -> tuple[Known, ...]:
    adoptions: dict[int, list[Adoption]] = {}
    for row in Adoption.objects.filter(is_denied=False):
        adoptions.setdefault(row.solution_id, []).append(row)
    places = read_places_of(row for rows in adoptions.values() for row in rows)
    costs = _costs(home)
    public = Solution.objects.filter(is_public=True, is_withdrawn=False)
    offered, weights = _offered(adoptions, home), read_method()["weights"]
    nearby = _nearby(adoptions, places, home)
    found = []
    for solution in public.only(*COLUMNS).order_by("pk").iterator(chunk_size=1000):
        rows = adoptions.get(solution.pk, [])
        declared, documented, nearest = _alike(rows, places, home, today)
        per_inhabitant = costs.get(solution.pk)
        is_priced = per_inhabitant is not None and home.population
        said = _facts(solution, today)
        facts = replace(
            said,
            base_offered=offered,
            base_nearby={n: nearby[n] for n in said.base_components or () if n in nearby},
            declared=declared,
            documented=documented,
            cost_eur=per_inhabitant * home.population if is_priced else None,  # type: ignore[operator]
        )
        found.append(
            Known(
                id=solution.pk,
                slug=solution.slug,
                status=solution.status,
                facts=facts,
                fixed=fixed_factors(facts, weights),
                here=tuple(row.place_name for row in rows if covers(row, home)),
                nearest=nearest.place_name if nearest else "",
                nearest_basis=nearest.basis if nearest else "",
                nearest_role=nearest.contact_role if nearest else "",
            )
        )
    return tuple(found)


def _alike(
    rows: Sequence[Adoption], places: Places, home: Place, today: date
) -> tuple[tuple[float, ...], tuple[float, ...], Adoption | None]:
    """Return the similarities of declared and of documented users, and the most similar one."""
    declared: list[float] = []
    documented: list[float] = []
    best, nearest = 0.0, None
    for row in rows:
        place = places.get(row.pk)
        if place is None or is_same_place(place, home) or not counts_as_reuse(row):
            continue
        alike = similarity_of(home, place)
        if alike is None:
            continue
        if counts_as_declared_use(row, today):
            declared.append(alike.value)
        elif row.basis == Basis.DOCUMENTED:
            documented.append(alike.value)
        if alike.value > best:
            best, nearest = alike.value, row
    return tuple(declared), tuple(documented), nearest


def _offered(adoptions: Mapping[int, Sequence[Adoption]], home: Place) -> frozenset[str]:
    """Return names and addresses of what the own association, county or Land runs already."""
    ids = [pk for pk, rows in adoptions.items() if any(covers(row, home) for row in rows)]
    rows = Solution.objects.filter(pk__in=ids).values_list("name", "slug")
    return frozenset(text for row in rows for text in row)


def _nearby(
    adoptions: Mapping[int, Sequence[Adoption]], places: Places, home: Place
) -> dict[str, str]:
    """Return names and addresses of what neighbours run, each with the name of one of them."""
    runs: dict[int, str] = {}
    for pk, rows in adoptions.items():
        for row in rows:
            place = places.get(row.pk)
            is_use = row.relation in RUN and row.status != AdoptionStatus.ENDED
            if place is not None and is_use and is_neighbour(place, home):
                runs.setdefault(pk, row.place_name)
    found = Solution.objects.filter(pk__in=runs).values_list("pk", "name", "slug")
    return {text: runs[pk] for pk, *texts in found for text in texts}


def _law_areas(needs: Mapping[str, Any], today: date) -> frozenset[str]:
    """Return the areas whose law holds today; none where a norm holds everywhere."""
    day = today.isoformat()
    areas = {
        str(norm.get("area") or "")
        for norm in needs.get("legal") or ()
        if norm.get("from", "") <= day <= f"{norm.get('to') or day}~"
    }
    return frozenset() if areas & EVERYWHERE else frozenset(areas)


def _facts(solution: Solution, today: date) -> Facts:
    profile: dict[str, Any] = solution.profile
    needs: dict[str, Any] = profile.get("preconditions") or {}
    code: dict[str, Any] = profile.get("code") or {}
    return Facts(
        evidence_class=solution.evidence_class,
        direction=solution.evidence_direction,
        fields_of_action=frozenset(profile.get("fields_of_action") or ()),
        tasks=frozenset(str(task["key"]) for task in profile.get("tasks") or ()),
        staff_hours_per_week=needs.get("staff_hours_per_week"),
        networks=_set(needs.get("networks")),
        base_components=_set(needs.get("base_components")),
        freshness=solution.freshness_factor,
        it_providers=_set(needs.get("it_providers")),
        law_areas=_law_areas(needs, today),
        has_code=bool(code.get("repository_url")),
        licence=str(code.get("licence") or code.get("licence_note") or ""),
    )


def _set(values: Sequence[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _costs(home: Place) -> dict[int, float]:
    """Return the median per inhabitant and year in the size class of a place, from three on."""
    size = size_class_of(home.level, home.population)
    amounts: dict[int, list[float]] = {}
    rows = CostRecord.objects.filter(size_class=size or "", **IN_RANGE)
    for key, amount in rows.values_list("solution_id", "per_inhabitant_year"):
        amounts.setdefault(key, []).append(float(amount))
    return {key: median(values) for key, values in amounts.items() if len(values) >= FEWEST}
