"""Reads what is known of repositories."""

from mehrwert.catalogue.choices import AdoptionStatus, Basis
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.connectors.repositories.models import RepositoryReading


def read_reading(solution: Solution) -> RepositoryReading | None:
    """Return the newest reading of the repository of a solution."""
    return RepositoryReading.objects.filter(solution=solution).first()


def count_declared_live(solution: Solution) -> int:
    """Return how many municipalities say themselves that they use a solution now."""
    rows = Adoption.objects.filter(
        solution=solution, basis=Basis.DECLARED, status=AdoptionStatus.LIVE, is_denied=False
    )
    return rows.values("place_level", "place_key", "source_name").distinct().count()


def read_public(slug: str) -> Solution | None:
    """Return a solution by its address, unless it was withdrawn."""
    return Solution.objects.filter(slug=slug, is_withdrawn=False).first()
