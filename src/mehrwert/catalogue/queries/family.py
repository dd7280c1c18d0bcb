"""Families of solutions: what is a variant of or runs the same product has one root."""

from collections.abc import Iterable

from mehrwert.catalogue.choices import EntryOrigin, LinkKind
from mehrwert.catalogue.models import Solution, SolutionLink

SAME = (LinkKind.VARIANT_OF, LinkKind.INSTANCE_OF)


def read_root(solution_id: int) -> tuple[str, bool]:
    """Return the address of the root of a solution's family, and whether it is invented.

    Only confirmed links count; links form no circle. Empty for an unknown solution.
    """
    here = Solution.objects.filter(pk=solution_id).first()
    while here is not None:
        above = _above([here.pk])
        if not above:
            return here.slug, here.entry_origin == EntryOrigin.DEMO
        here = Solution.objects.get(pk=min(above))
    return "", False


def list_family(root: str, *, is_demo: bool) -> list[int]:
    """Return the ids of all solutions of a family, its root first; invented ones or real ones."""
    first = Solution.objects.filter(slug=root).first()
    found: list[int] = []
    open_ones = [first.pk] if first else []
    while open_ones:
        found += open_ones
        below = SolutionLink.objects.filter(
            target_id__in=open_ones, kind__in=SAME, is_confirmed=True
        ).exclude(solution_id__in=found)
        candidates = sorted(set(below.values_list("solution_id", flat=True)))
        open_ones = [pk for pk in candidates if read_root(pk)[0] == root]
    rows = Solution.objects.filter(pk__in=found)
    rows = (
        rows.filter(entry_origin=EntryOrigin.DEMO)
        if is_demo
        else rows.exclude(entry_origin=EntryOrigin.DEMO)
    )
    kept = set(rows.values_list("pk", flat=True))
    return [pk for pk in found if pk in kept]


def _above(ids: Iterable[int]) -> list[int]:
    links = SolutionLink.objects.filter(solution_id__in=ids, kind__in=SAME, is_confirmed=True)
    return list(links.values_list("target_id", flat=True))
