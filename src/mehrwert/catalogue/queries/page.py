"""Everything one page of a solution shows besides its profile."""

from dataclasses import dataclass

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import Relation, Status
from mehrwert.catalogue.models import (
    Adoption,
    CostRecord,
    Solution,
    SolutionLink,
    SolutionSource,
    SolutionVersion,
)
from mehrwert.catalogue.queries.places import read_places_of
from mehrwert.catalogue.queries.rows import (
    CostRange,
    Near,
    Uses,
    cost_range,
    counts_in_range,
    near_places,
    uses_of,
)
from mehrwert.catalogue.rules import Place

# who took it over comes first, who only stands in a source last
ORDER = {
    name: place
    for place, name in enumerate(
        (
            Relation.REUSE,
            Relation.ORIGIN,
            Relation.SITE,
            Relation.EXTENSION,
            Relation.CO_DEVELOPMENT,
            Relation.SAME_PRODUCT,
            Relation.TEST,
            Relation.PLANNED,
        )
    )
}
MOST_WARNINGS = 4


@dataclass(frozen=True, slots=True)
class SolutionDetails:
    """What hangs on a solution.

    Args:
        sources: Pages and reports it is taken from.
        adoptions: Places, those who reuse it first; denied ones are left out.
        uses: The same counted.
        cost: Range over at least three records, else None.
        n_costs: Records of any kind.
        links: Links to and from other solutions.
        warnings: Ended solutions in one of its fields: "Bevor Sie anfangen".
        near: Users most like the home.
        here: Users that are the home's own county, association or Land.
        n_versions: Number of versions.
    """

    sources: list[SolutionSource]
    adoptions: list[Adoption]
    uses: Uses
    cost: CostRange | None
    n_costs: int
    links: list[SolutionLink]
    warnings: list[Solution]
    near: tuple[Near, ...]
    here: list[Adoption]
    n_versions: int


def read_details(solution: Solution, home: Place | None) -> SolutionDetails:
    """Return what hangs on a solution, seen from a place."""
    adoptions = list(
        Adoption.objects.filter(solution=solution, is_denied=False).order_by("place_name", "pk")
    )
    adoptions.sort(key=lambda row: ORDER.get(Relation(row.relation), len(ORDER)))
    costs = list(CostRecord.objects.filter(solution=solution))
    places = read_places_of(adoptions) if home else {}
    today = from_us(now_us()).date()
    links = SolutionLink.objects.select_related("solution", "target").filter(is_refused=False)
    return SolutionDetails(
        sources=list(SolutionSource.objects.filter(solution=solution).order_by("position")),
        adoptions=adoptions,
        uses=uses_of(adoptions, today),
        cost=cost_range([row for row in costs if counts_in_range(row)]),
        n_costs=len(costs),
        links=[*links.filter(solution=solution), *links.filter(target=solution)],
        warnings=list_warnings(solution),
        near=near_places(adoptions, places, home, today) if home else (),
        here=[row for row in adoptions if home and covers(row, home)],
        n_versions=SolutionVersion.objects.filter(solution=solution).count(),
    )


def covers(adoption: Adoption, home: Place) -> bool:
    """Say whether the user is the county, association or Land that a place belongs to (CAT-506)."""
    own = {
        "kreis": home.kreis_key,
        "gemeindeverband": home.verband_key,
        "land": home.land_code,
    }
    key = own.get(adoption.place_level, "")
    is_use = adoption.relation not in {Relation.PLANNED, Relation.TEST}
    return bool(key) and adoption.place_key == key and is_use


def list_warnings(solution: Solution) -> list[Solution]:
    """Return ended solutions that share a task or a field, those with most in common first.

    All that share a task, whatever their number (CAT-403); of others only the first few.
    """
    fields = set(solution.profile.get("fields_of_action") or [])
    tasks = {task.get("key") for task in solution.profile.get("tasks") or []}
    ended = Solution.objects.filter(status=Status.ENDED, is_public=True, is_withdrawn=False)
    found, n_same_task = [], 0
    for row in ended.exclude(pk=solution.pk):
        shared = len(tasks & {task.get("key") for task in row.profile.get("tasks") or []}) * 20
        n_same_task += bool(shared)
        shared += len(fields & set(row.profile.get("fields_of_action") or []))
        if shared:
            found.append((-shared, row.slug, row))
    most = max(MOST_WARNINGS, n_same_task)
    return [row for _, _, row in sorted(found, key=lambda item: item[:2])[:most]]


def list_versions(solution: Solution) -> list[SolutionVersion]:
    """Return all versions, newest first."""
    return list(SolutionVersion.objects.filter(solution=solution).order_by("-number"))
