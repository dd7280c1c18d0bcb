"""Saved searches of a person, and what their lists hold now."""

from django.http import QueryDict

from mehrwert.base.rows import first_of
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.listing import asked_of
from mehrwert.catalogue.models import SavedSearch, Solution
from mehrwert.catalogue.search_index import search

MOST_HITS = 2_000


def list_saved(user_id: int) -> list[SavedSearch]:
    """Return the saved searches of a person by name."""
    return list(SavedSearch.objects.filter(user_id=user_id).order_by("name", "pk"))


def read_saved(user_id: int, search_id: int) -> SavedSearch:
    """Return a saved search of a person.

    Raises:
        UnknownSolutionError: No such search, or somebody else's.
    """
    return first_of(SavedSearch.objects.filter(user_id=user_id, pk=search_id), UnknownSolutionError)


def read_hits(query: str) -> dict[str, int]:
    """Return id → version of what a list holds now, at most the first two thousand."""
    asked = asked_of(QueryDict(query))
    hits = search(asked.request(limit=MOST_HITS, offset=0)).hits
    rows = Solution.objects.filter(pk__in=[hit.id for hit in hits]).values_list("pk", "version")
    return {str(pk): version for pk, version in rows}


def list_names(ids: list[int]) -> list[tuple[str, str]]:
    """Return (name, address) of public solutions by name."""
    rows = Solution.objects.filter(pk__in=ids, is_public=True, is_withdrawn=False)
    return list(rows.order_by("sort_name").values_list("name", "slug"))
