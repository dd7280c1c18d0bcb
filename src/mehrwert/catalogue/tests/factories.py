"""Solutions and what hangs on them, as tests need them."""

from typing import Any

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.models import Adoption, CostRecord, Solution
from mehrwert.catalogue.recording import project, version_of

MINIMAL: dict[str, Any] = {
    "name": "Bodenfeuchte an Stadtbäumen",
    "short_description": "Misst im Wurzelraum, welche Bäume Wasser brauchen.",
    "solution_type": "hardware_software",
    "origin": {"key": "09462000", "level": "gemeinde", "name": "Bayreuth"},
    "programme": "none",
    "fields_of_action": ["Klimaanpassung"],
    "problem": "Bäume vertrocknen, obwohl der Bauhof gießt.",
    "stage": "P3",
    "status": "pilot",
    "status_since": "2024-05",
    "contact": {
        "role": "Leitung",
        "unit": "Gartenamt",
        "functional_mailbox": "gartenamt@stadt.example",
    },
    "adoption": {"relation": "origin", "status": "trial"},
}


def make_solution(slug: str = "bodenfeuchte", **given: Any) -> Solution:
    """Store a declared, public solution with its first version, and index it."""
    columns = {"entry_origin": "declared", "is_public": True, "provenance": {}}
    names = {"entry_origin", "is_public", "provenance", "owner_tenant_id", "import_id"}
    columns |= {name: given.pop(name) for name in list(given) if name in names}
    profile = {**MINIMAL, **given}
    row = Solution(slug=slug, profile=profile, created_us=now_us(), changed_us=now_us(), **columns)
    project(row, from_us(now_us()).date())
    row.save()
    version_of(row, reason="Anlage", author_role="Test").save()
    index_solutions([row.pk])
    return row


def make_adoption(solution: Solution, key: str, **given: Any) -> Adoption:
    """Store one documented reuse of a municipality."""
    values = {
        "basis": "documented",
        "relation": "reuse",
        "place_level": "gemeinde",
        "place_name": f"Ort {key}",
        "source_name": f"Ort {key}",
        "source": "import:test@2026-01-01",
        "changed_us": now_us(),
    }
    row = Adoption.objects.create(solution=solution, place_key=key, **{**values, **given})
    index_solutions([solution.pk])
    return row


def make_cost(solution: Solution, key: str, amount: float, **given: Any) -> CostRecord:
    """Store what one municipality pays, from an invoice."""
    values = {
        "size_class": "under_20000",
        "price_year": 2025,
        "source_kind": "invoice",
        "source": "declared:1",
        "changed_us": now_us(),
    }
    return CostRecord.objects.create(
        solution=solution, place_key=key, per_inhabitant_year=amount, **{**values, **given}
    )


def body(response: Any) -> str:
    """Return what an answer says, streamed or not."""
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()
