"""Rows of lists: who uses a solution, what it costs, which similar town can be asked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import AdoptionStatus, Basis, Relation
from mehrwert.catalogue.models import Adoption, CostRecord, Solution
from mehrwert.catalogue.queries.places import read_places_of
from mehrwert.catalogue.rules import Place
from mehrwert.catalogue.rules.places import (
    counts_as_declared_use,
    counts_as_reuse,
    is_same_place,
)
from mehrwert.catalogue.rules.similarity import Similarity, similarity_of

# estimates, vendor prices and press never enter a range (TRF-402)
RANGE_KINDS = ("invoice", "contract", "budget", "council_paper")
# the same for a statement; what is a lower bound would make a span look cheaper than it is
IN_RANGE = {"source_kind__in": RANGE_KINDS, "is_lower_bound": False}
FEWEST = 3
MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Uses:
    """Who uses a solution, by kind and level; levels are never added.

    Args:
        declared: Level → places that say so themselves and reuse it now.
        documented: Level → places that a source names as reusing it.
        tests: Places with a test limited in time.
        sites: Places where it stands or comes from.
    """

    declared: dict[str, int]
    documented: dict[str, int]
    tests: int
    sites: int


@dataclass(frozen=True, slots=True)
class CostRange:
    """Euros per inhabitant and year over at least three records of allowed kinds."""

    n: int
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Near:
    """A place that uses a solution, how alike it is, and whether it says itself that it does."""

    adoption: Adoption
    place: Place
    similarity: Similarity
    is_declared: bool


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """One solution with what a list shows beside it; ``near`` is empty without a home."""

    solution: Solution
    uses: Uses
    cost: CostRange | None
    near: tuple[Near, ...]


def list_rows(ids: Sequence[int], home: Place | None = None) -> list[SolutionRow]:
    """Return rows in the order of ``ids``; four queries for any number."""
    solutions = Solution.objects.in_bulk(list(ids))
    adoptions: dict[int, list[Adoption]] = {}
    for row in Adoption.objects.filter(solution_id__in=ids, is_denied=False):
        adoptions.setdefault(row.solution_id, []).append(row)
    costs: dict[int, list[CostRecord]] = {}
    for record in CostRecord.objects.filter(solution_id__in=ids, **IN_RANGE):
        costs.setdefault(record.solution_id, []).append(record)
    everywhere = [row for rows in adoptions.values() for row in rows]
    places = read_places_of(everywhere) if home else {}
    today = from_us(now_us()).date()
    return [
        SolutionRow(
            solution=solutions[key],
            uses=uses_of(adoptions.get(key, []), today),
            cost=cost_range(costs.get(key, [])),
            near=near_places(adoptions.get(key, []), places, home, today) if home else (),
        )
        for key in ids
        if key in solutions
    ]


def uses_of(adoptions: Sequence[Adoption], today: date) -> Uses:
    """Count who uses a solution; declared and documented are never added."""
    reused = [row for row in adoptions if counts_as_reuse(row)]
    return Uses(
        declared=dict(
            Counter(row.place_level for row in reused if counts_as_declared_use(row, today))
        ),
        documented=dict(
            Counter(row.place_level for row in reused if row.basis == Basis.DOCUMENTED)
        ),
        tests=sum(row.relation == Relation.TEST for row in adoptions),
        sites=sum(row.relation in {Relation.ORIGIN, Relation.SITE} for row in adoptions),
    )


def counts_in_range(record: CostRecord) -> bool:
    """Say whether a record may enter a span: a sound source, and nothing unknown (TRF-402)."""
    return record.source_kind in RANGE_KINDS and not record.is_lower_bound


def cost_range(records: Sequence[CostRecord]) -> CostRange | None:
    """Return the range over records, None below three: then there is no figure to show."""
    amounts = sorted(float(record.per_inhabitant_year) for record in records)
    if len(amounts) < FEWEST:
        return None
    return CostRange(len(amounts), amounts[0], median(amounts), amounts[-1])


def read_cost_range(solution_id: int) -> CostRange | None:
    """Return what the adopters of a solution pay, None where fewer than three said something."""
    return cost_range(list(CostRecord.objects.filter(solution_id=solution_id, **IN_RANGE)))


def near_places(
    adoptions: Sequence[Adoption], places: Mapping[int, Place], home: Place, today: date
) -> tuple[Near, ...]:
    """Return the five users most like a place; itself is left out (CAT-505).

    Those that say themselves that they use it now come first, best first; only where they are
    fewer than five, those follow that a source names or that use it in another way.
    """
    found = []
    for row in adoptions:
        place = places.get(row.pk)
        if place is None or row.relation in {Relation.TEST, Relation.PLANNED}:
            continue
        if is_same_place(place, home) or row.status == AdoptionStatus.ENDED:
            continue
        alike = similarity_of(home, place)
        if alike is not None:
            found.append(Near(row, place, alike, counts_as_declared_use(row, today)))
    found.sort(key=lambda n: (not n.is_declared, -n.similarity.value, n.place.key, n.place.name))
    return tuple(found[:MOST_NEAR])
