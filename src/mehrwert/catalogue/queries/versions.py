"""Versions of a solution and the file it is exchanged as."""

from collections.abc import Mapping
from typing import Any

from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.models import Solution, SolutionVersion
from mehrwert.catalogue.profile import export_text


def read_version(slug: str, number: int) -> SolutionVersion:
    """Return one version of a public solution.

    Raises:
        UnknownSolutionError: No such solution or version.
    """
    rows = SolutionVersion.objects.select_related("solution")
    row = rows.filter(solution__slug=slug, solution__is_public=True, number=number).first()
    if row is None:
        raise UnknownSolutionError
    return row


def with_identity(solution: Solution, profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return a profile with the identifier of its solution."""
    return {"id": f"urn:uuid:{solution.uuid}", **profile}


def export_solution(solution: Solution) -> str:
    """Return a solution as ``mehrwert.yml``."""
    return export_text(with_identity(solution, solution.profile), solution.provenance)
