"""Finds solutions through the index, and the place somebody asks for."""

from typing import Any

from mehrwert.base.rows import first_of
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.catalogue.queries.places import place_of
from mehrwert.catalogue.rules import Place
from mehrwert.catalogue.search.documents import SearchRequest, SearchResult
from mehrwert.catalogue.search_index import search
from mehrwert.municipalities.access import list_tenants_of
from mehrwert.municipalities.choices import Level
from mehrwert.municipalities.models import Municipality, Tenant
from mehrwert.municipalities.queries import read_official

# length of an official key → levels it can belong to
KEY_LEVELS = {
    2: (Level.LAND,),
    5: (Level.COUNTY,),
    8: (Level.MUNICIPALITY,),
    9: (Level.ASSOCIATION,),
    12: (Level.MUNICIPALITY, Level.ASSOCIATION, Level.COUNTY),
}


def read_solution(slug: str) -> Solution:
    """Return a public solution.

    Raises:
        UnknownSolutionError: No such solution, or not public.
    """
    return first_of(Solution.objects.filter(slug=slug, is_public=True), UnknownSolutionError)


def read_adoption(adoption_id: int) -> Adoption:
    """Return what a source says of one place.

    Raises:
        UnknownSolutionError: No such row.
    """
    return first_of(
        Adoption.objects.select_related("solution").filter(pk=adoption_id), UnknownSolutionError
    )


def read_home(key: str) -> Place | None:
    """Return the place of an official key (AGS, ARS, county, association, Land), else None."""
    digits = key.strip()
    if not digits.isdecimal() or len(digits) not in KEY_LEVELS:
        return None
    column = {9: "verband_ars", 12: "ars"}.get(len(digits), "ags")
    for level in KEY_LEVELS[len(digits)]:
        row = Municipality.objects.filter(**{column: digits}, level=level).first()
        if row is not None:
            return place_of(row)
    return None


def read_slug_of(user: Any) -> str:
    """Return the address of the first municipality somebody belongs to, empty for strangers."""
    tenants = list_tenants_of(user)
    return tenants[0].slug if tenants else ""


def count_public() -> int:
    """Return how many solutions everybody can read."""
    return Solution.objects.filter(is_public=True, is_withdrawn=False).count()


def search_solutions(request: SearchRequest) -> SearchResult:
    """Return hits, facets and how the text was read."""
    return search(request)


def read_home_of(user: Any) -> Place | None:
    """Return the place of the first municipality somebody belongs to, None for strangers."""
    tenants = list_tenants_of(user)
    return home_of_tenant(tenants[0]) if tenants else None


def home_of_tenant(tenant: Tenant) -> Place:
    """Return a municipality as the rules compare it; an invented one has only its size."""
    official = read_official(tenant)
    if official is not None:
        return place_of(official)
    return Place(Level.DEMO, "", tenant.name, population=tenant.population)
