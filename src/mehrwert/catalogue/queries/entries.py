"""Whole public entries as plain data, for another installation to take in (CAT-752)."""

from collections.abc import Iterable, Iterator
from typing import Any

from mehrwert.catalogue.models import Solution

Row = dict[str, Any]
# columns of the tables that travel with an entry; what stands here is public
ADOPTION = (
    *("basis", "relation", "status", "place_level", "place_key", "place_name", "source_name"),
    "place_population",
    *("is_carrier", "since", "origin_key", "origin_name", "origin_basis", "stages", "extent"),
    *("operating_model", "contact_role", "objection", "objection_on", "source", "source_url"),
    "verified_on",
)
COST = (
    *("place_key", "size_class", "per_inhabitant_year", "per_inhabitant_once"),
    *("per_inhabitant_running", "hours_year", "is_converted", "operating_model"),
    *("is_lower_bound", "price_year", "source_kind", "source", "verified_on"),
)
SOURCE = ("position", "url", "title")
ENTRY = (
    *("slug", "import_id", "entry_origin", "is_gone", "version", "created_us", "changed_us"),
    *("evidence_class", "evidence_direction", "evidence", "provenance"),
)


def iterate_entries() -> Iterator[Row]:
    """Yield every public entry, by address; the person of a contact is left out."""
    rows = Solution.objects.filter(is_public=True, is_withdrawn=False).order_by("slug")
    related = ("sources", "adoptions", "costs", "links__target")
    for solution in rows.prefetch_related(*related).iterator(chunk_size=200):
        yield {
            "id": f"urn:uuid:{solution.uuid}",
            **{name: getattr(solution, name) for name in ENTRY},
            "profile": _without_person(solution.profile),
            "sources": _rows(solution.sources.all(), SOURCE),
            "adoptions": _rows((a for a in solution.adoptions.all() if not a.is_denied), ADOPTION),
            "costs": _rows(solution.costs.all(), COST),
            "links": [
                {"target": link.target.slug, "kind": link.kind, "reason": link.reason}
                for link in solution.links.all()
                if link.is_confirmed and link.target.is_public
            ],
        }


def _rows(found: Iterable[Any], names: tuple[str, ...]) -> list[Row]:
    ordered = sorted(found, key=lambda row: row.pk)
    return [{name: getattr(row, name) for name in names} for row in ordered]


def _without_person(profile: Row) -> Row:
    contact = profile.get("contact")
    if not isinstance(contact, dict) or "person" not in contact:
        return profile
    return {**profile, "contact": {k: v for k, v in contact.items() if k != "person"}}
