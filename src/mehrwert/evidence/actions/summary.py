"""Pushes down to the catalogue what its lists and pages say about an effect (house, journey c)."""

from typing import Any

from django.utils.translation import override

from mehrwert.base.actor import SYSTEM
from mehrwert.catalogue.actions import set_evidence_summary
from mehrwert.catalogue.queries import list_family
from mehrwert.evidence import presenting, queries
from mehrwert.evidence.models import Finding
from mehrwert.evidence.rules import Pool, headline, in_steps


def show_in_catalogue(solution_root: str, *, is_demo: bool) -> int:
    """Tell every solution of a family what is known of it; return how many were told.

    What is known best speaks in lists; without a finding „keine Messung“ comes back. Invented
    results only reach invented solutions (decisions 37).
    """
    told = 0
    family = list_family(solution_root, is_demo=is_demo)
    if not family:
        return told
    best = _best(solution_root, is_demo=is_demo)
    for solution_id in family:
        set_evidence_summary(
            solution_id,
            evidence_class=best[1].evidence_class.value if best else None,
            direction=best[1].direction.value if best else "",
            shown=_shown(*best) if best else {},
            actor=SYSTEM,
        )
        told += 1
    return told


def _best(solution_root: str, *, is_demo: bool) -> tuple[list[Finding], Pool] | None:
    keys = queries.list_pools_of(solution_root, is_demo=is_demo)
    pools = {
        f"{key.indicator_key}|{key.scale}": (findings, found)
        for key, (findings, found) in queries.compute_pools(keys).items()
        if found is not None
    }
    chosen = headline({name: found for name, (_, found) in pools.items() if found is not None})
    if chosen is None:
        return None
    findings, found = pools[chosen]
    return (findings, found) if found is not None else None


def _shown(findings: list[Finding], found: Pool) -> dict[str, Any]:
    """Return the words of lists in both languages, and the places of the mini plot."""
    sesoi = max(row.sesoi for row in findings)
    told: dict[str, Any] = {
        "value": in_steps(found.mean[0], sesoi),
        "low": in_steps(found.mean[2], sesoi),
        "high": in_steps(found.mean[1], sesoi),
        "finding": findings[0].pk,
    }
    for language, ending in (("de", ""), ("en", "_en")):
        with override(language):
            short = presenting.short_words(findings, found)
        told |= {f"{name}{ending}": words for name, words in short.items()}
    return told
