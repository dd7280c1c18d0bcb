"""Solutions as the search index takes them: texts by field, values by facet."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import FIELD_BY_CODE, Basis, ProfileLevel, Relation
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.catalogue.queries.places import read_places
from mehrwert.catalogue.rules import Place, read_pointer, size_class_of, without_personal_data
from mehrwert.catalogue.rules.places import counts_as_declared_use, counts_as_reuse
from mehrwert.catalogue.search.documents import SearchDocument

COMPLETENESS = {ProfileLevel.STUB: 0.9, ProfileLevel.MINIMAL: 0.95}
# "in at least n municipalities", the steps that can be chosen
USE_STEPS = (1, 2, 3, 5, 10)
USED = frozenset({Relation.ORIGIN, Relation.REUSE, Relation.SITE, Relation.EXTENSION})
Places = dict[tuple[str, str], Place]


def build_documents(ids: Sequence[int] | None = None) -> Iterator[SearchDocument]:
    """Yield the documents of public solutions; None for all. Three queries for any number."""
    chosen = Solution.objects.filter(is_public=True, is_withdrawn=False)
    if ids is not None:
        chosen = chosen.filter(pk__in=ids)
    solutions = list(chosen.order_by("pk"))
    adoptions: dict[int, list[Adoption]] = {}
    told = Adoption.objects.filter(is_denied=False)
    if ids is not None:
        told = told.filter(solution_id__in=ids)
    for row in told:
        adoptions.setdefault(row.solution_id, []).append(row)
    places = read_places((a.place_level, a.place_key) for rows in adoptions.values() for a in rows)
    today = from_us(now_us()).date()
    for solution in solutions:
        yield document_of(solution, adoptions.get(solution.pk, []), places, today)


def document_of(
    solution: Solution, adoptions: Sequence[Adoption], places: Places, today: date
) -> SearchDocument:
    """Return one solution as a document; only users that are not denied are handed in."""
    return SearchDocument(
        id=solution.pk,
        slug=solution.slug,
        fields=_fields(solution.profile, adoptions),
        facets=_facets(solution, adoptions, places, today),
        freshness=solution.freshness_factor,
        completeness=COMPLETENESS.get(ProfileLevel(solution.level), 1.0),
        sort_name=solution.sort_name,
    )


def _fields(profile: dict[str, Any], adoptions: Sequence[Adoption]) -> dict[str, str]:
    lessons = profile.get("lessons") or {}
    texts: dict[str, Iterable[Any]] = {
        "name": [profile.get("name")],
        "short_description": [profile.get("short_description")],
        "problem": [profile.get("problem")],
        "tasks": [task.get("name") or task.get("key") for task in profile.get("tasks") or []],
        "fields_of_action": profile.get("fields_of_action") or [],
        "technologies": profile.get("technologies") or [],
        "features": profile.get("features") or [],
        "municipalities": [name for row in adoptions for name in {row.place_name, row.source_name}],
        "description": [
            profile.get("description"),
            profile.get("plain_summary"),
            profile.get("note"),
            profile.get("programme"),
        ],
        "lessons": [
            lessons.get("what_differently"),
            *(lessons.get("stumbling_blocks") or []),
            read_pointer(profile, "/ended/text"),
        ],
    }
    joined = {
        name: "\n".join(str(value) for value in values if value) for name, values in texts.items()
    }
    return {name: without_personal_data(text) for name, text in joined.items()}


def _facets(
    solution: Solution, adoptions: Sequence[Adoption], places: Places, today: date
) -> dict[str, tuple[str, ...]]:
    profile = solution.profile
    users = [row for row in adoptions if row.relation in USED]
    found = [places.get((row.place_level, row.place_key)) for row in users]
    known = [place for place in found if place is not None]
    sizes = [size_class_of(place.level, place.population) for place in known]
    declared = [row for row in adoptions if counts_as_declared_use(row, today)]
    reused = [row for row in adoptions if counts_as_reuse(row)]
    evidence = solution.evidence_class
    values: dict[str, Iterable[Any]] = {
        "field": [f for f in profile.get("fields_of_action") or [] if f in FIELD_BY_CODE],
        "status": [solution.status],
        "component_type": [solution.component_type],
        "solution_type": [profile.get("solution_type")],
        "stage": [profile.get("stage")],
        "evidence": [] if evidence is None else [str(evidence)],
        "land": [place.land_code for place in known],
        "size_class": sizes,
        "urbanisation": [place.urbanisation for place in known],
        "technology": profile.get("technologies") or [],
        "licence": [read_pointer(profile, "/code/licence")],
        "origin": [solution.entry_origin],
        "freshness": [solution.freshness],
        "end_reason": read_pointer(profile, "/ended/reasons") or [],
        "declared_use": _steps(declared, places),
        "documented_reuse": _steps(
            [row for row in reused if row.basis == Basis.DOCUMENTED], places
        ),
    }
    return {
        name: tuple(dict.fromkeys(str(value) for value in given if value))
        for name, given in values.items()
    }


def _steps(rows: Sequence[Adoption], places: Places) -> list[str]:
    """Return ``n`` and ``size class:n`` for every step reached; only municipalities count."""
    counts: dict[str, int] = {"": 0}
    for row in rows:
        if row.place_level != "gemeinde":
            continue
        counts[""] += 1
        place = places.get((row.place_level, row.place_key))
        size = size_class_of(row.place_level, place.population) if place else None
        if size:
            counts[size] = counts.get(size, 0) + 1
    return [
        f"{size}:{step}" if size else str(step)
        for size, count in counts.items()
        for step in USE_STEPS
        if count >= step
    ]
