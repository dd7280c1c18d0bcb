"""Solutions and a publisher for tests; all invented."""

from datetime import date
from typing import Any

from mehrwert.base.clock import now_us
from mehrwert.catalogue.models import Adoption, CostRecord, Solution, SolutionSource
from mehrwert.standards.dcat_ap.mapping import Publisher

PUBLISHER = Publisher(
    base="https://daten.auental.example",
    name="Stadt Auental",
    contact="mailto:daten@auental.example",
    contributor="http://dcat-ap.de/def/contributors/auental",
)


def make_solution(slug: str = "bachwarner", **profile: Any) -> Solution:
    whole = {
        "name": "Bachwarner",
        "short_description": "Warnt vor Hochwasser an kleinen Bächen.",
        "status": "operation",
        "solution_type": "software",
        "fields_of_action": ["Wasser"],
        "technologies": ["LoRaWAN"],
        "code": {"repository_url": "https://git.example.org/a/b", "licence": "EUPL-1.2"},
        "contact": {"unit": "Bauhof", "person": "Erika Geheim"},
        **profile,
    }
    solution = Solution.objects.create(
        slug=slug,
        entry_origin="imported",
        is_public=True,
        profile=whole,
        provenance={"": {"source": "declared:99999001"}},
        created_us=now_us(),
        changed_us=now_us(),
        name=str(whole["name"]),
        sort_name=str(whole["name"]).lower(),
        status=str(whole.get("status") or ""),
        level="stub",
        source_date=date(2024, 5, 1),
        freshness="stale",
    )
    SolutionSource.objects.create(solution=solution, position=0, url="https://example.org/quelle")
    return solution


def make_adoption(solution: Solution, **values: Any) -> Adoption:
    return Adoption.objects.create(
        **{
            "solution": solution,
            "basis": "documented",
            "relation": "reuse",
            "place_level": "gemeinde",
            "place_key": "99999002",
            "place_name": "Musterstadt",
            "source_name": "Musterstadt",
            "source": "https://example.org/quelle",
            "changed_us": now_us(),
            **values,
        }
    )


def make_cost(solution: Solution) -> CostRecord:
    return CostRecord.objects.create(
        solution=solution,
        place_key="99999002",
        size_class="under_5000",
        per_inhabitant_year="0.1200",
        price_year=2025,
        source_kind="declared",
        source="declared:99999002",
        changed_us=now_us(),
    )
