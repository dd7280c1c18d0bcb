"""Writes solutions: works out the columns of a row from its profile, keeps every version."""

from datetime import date
from typing import Any

from mehrwert.base.clock import now_us
from mehrwert.catalogue.choices import EntryOrigin
from mehrwert.catalogue.models import Solution, SolutionVersion
from mehrwert.catalogue.rules import (
    cluster_count,
    digest_of,
    level_of,
    overall_freshness,
    provenance_of,
    shorten,
    sort_key,
    walk,
)


def project(solution: Solution, today: date) -> None:
    """Work out all columns that follow from profile and provenance; saves nothing."""
    profile: dict[str, Any] = solution.profile
    name = str(profile.get("name") or "")
    solution.name = name if cluster_count(name) <= 120 else shorten(name, 118)
    solution.sort_name = sort_key(name)
    solution.short_description = str(profile.get("short_description") or "")[:400]
    solution.status = str(profile.get("status") or "")
    solution.component_type = str(profile.get("component_type") or "")
    solution.level = level_of(profile)
    if solution.owner_tenant_id and solution.entry_origin == EntryOrigin.IMPORTED:
        told = {provenance_of(solution.provenance, pointer).source for pointer, _ in walk(profile)}
        if not any(source.startswith(("import:", "computed:")) for source in told):
            solution.entry_origin = EntryOrigin.DECLARED
    solution.source_date = provenance_of(solution.provenance, "/status").verified_on
    state, factor = overall_freshness(profile, solution.provenance, today)
    solution.freshness, solution.freshness_factor = state, factor


def version_of(
    solution: Solution, *, reason: str, author_role: str, reverts_to: int | None = None
) -> SolutionVersion:
    """Return the version row of a solution as it stands; saves nothing."""
    return SolutionVersion(
        solution=solution,
        number=solution.version,
        profile=solution.profile,
        provenance=solution.provenance,
        digest=digest_of(solution.profile, solution.provenance),
        reason=reason[:300],
        author_role=author_role[:120],
        reverts_to=reverts_to,
        at_us=now_us(),
    )
