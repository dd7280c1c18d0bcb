"""Entries of the catalogue that a project may take over."""

from mehrwert.catalogue.models import Solution


def list_solution_names() -> list[str]:
    """Return the names of all public solutions that are not withdrawn, by name."""
    rows = Solution.objects.filter(is_public=True, is_withdrawn=False)
    return list(rows.order_by("name").values_list("name", flat=True))


def find_solution(text: str) -> Solution | None:
    """Return the public solution of a name, a short name or an address.

    None if there is none, or if several have the name: then the short name tells them apart.
    """
    public = Solution.objects.filter(is_public=True)
    slug = text.rstrip("/").rsplit("/", 1)[-1]
    found = list(public.filter(slug=slug)[:1]) or list(public.filter(name__iexact=text)[:2])
    return found[0] if len(found) == 1 else None
