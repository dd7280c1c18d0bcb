"""Values grow older without anybody touching them: freshness is worked out anew (CAT-206)."""

from django.db import transaction

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.rules import overall_freshness

_BATCH = 500


def age_solutions() -> int:
    """Bring freshness to today, in the search as well; return how many solutions changed."""
    today = from_us(now_us()).date()
    changed: list[Solution] = []
    columns = ("profile", "provenance", "freshness", "freshness_factor")
    for solution in Solution.objects.only(*columns).order_by("pk").iterator(chunk_size=_BATCH):
        state, factor = overall_freshness(solution.profile, solution.provenance, today)
        if (state, factor) != (solution.freshness, solution.freshness_factor):
            solution.freshness, solution.freshness_factor = state, factor
            changed.append(solution)
    with transaction.atomic():
        Solution.objects.bulk_update(changed, ["freshness", "freshness_factor"], batch_size=_BATCH)
        if changed:
            index_solutions([solution.pk for solution in changed])
    return len(changed)
