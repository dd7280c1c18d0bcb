"""Proposes how solutions hang together; a person confirms."""

from mehrwert.catalogue.choices import LinkKind
from mehrwert.catalogue.models import Solution, SolutionLink


def propose_links() -> int:
    """Propose that entries with one repository run the same product; a person confirms (CAT-210).

    The entry that came first is the target, so that no circle can arise.
    """
    first: dict[str, Solution] = {}
    proposed = 0
    for row in Solution.objects.filter(is_public=True).order_by("pk"):
        url = str((row.profile.get("code") or {}).get("repository_url") or "").rstrip("/").lower()
        if not url:
            continue
        target = first.setdefault(url, row)
        if target.pk != row.pk:
            if SolutionLink.objects.filter(solution=row, target=target).exists():
                continue
            SolutionLink.objects.create(
                solution=row,
                target=target,
                kind=LinkKind.INSTANCE_OF,
                reason="gleiches Repository",
            )
            proposed += 1
    return proposed
