"""Versions of a solution and the file it is exchanged as."""

from collections.abc import Mapping
from typing import Any

from mehrwert.base.rows import first_of
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.models import Solution, SolutionVersion
from mehrwert.catalogue.profile import Finding, export_text, validate
from mehrwert.catalogue.profile.schema import VERSION
from mehrwert.catalogue.rules import walk


def read_version(slug: str, number: int) -> SolutionVersion:
    """Return one version of a public solution.

    Raises:
        UnknownSolutionError: No such solution or version.
    """
    rows = SolutionVersion.objects.select_related("solution")
    return first_of(
        rows.filter(solution__slug=slug, solution__is_public=True, number=number),
        UnknownSolutionError,
    )


def with_identity(solution: Solution, profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return a profile with the identifier of its solution."""
    return {"id": f"urn:uuid:{solution.uuid}", **profile}


def format_findings(profile: dict[str, Any]) -> list[Finding]:
    """Return what breaks the format in a profile; nothing means it can be stored."""
    return validate({"mehrwert_version": VERSION, **profile})


def leaves_of(profile: dict[str, Any]) -> list[str]:
    """Return the pointers of all values, as provenance names them."""
    return [pointer for pointer, _value in walk(profile)]


def export_solution(solution: Solution) -> str:
    """Return a solution as ``mehrwert.yml``."""
    return export_text(with_identity(solution, solution.profile), solution.provenance)
