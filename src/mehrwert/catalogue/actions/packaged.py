"""Entries for the starter packages that come with Mehrwert, so that the search finds them."""

from collections.abc import Sequence

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions.bundle import Writer
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.bundled import PACKAGED, BundledSolution
from mehrwert.catalogue.models import Solution

__all__ = ["PACKAGED", "BundledSolution", "import_packaged"]


def import_packaged(entries: Sequence[BundledSolution]) -> int:
    """Write one entry per package; return how many are new or changed. Repeating changes nothing.

    Args:
        entries: Their ``import_id`` begins with ``PACKAGED`` and is the address of the entry.
    """
    with transaction.atomic():
        rows = Solution.objects.filter(import_id__startswith=PACKAGED)
        writer = Writer({row.import_id: row for row in rows}, from_us(now_us()).date())
        for entry in entries:
            writer.take(entry)
        writer.flush()
        changed = writer.counts["added"] + writer.counts["changed"]
        if changed:
            record_audit(actor=SYSTEM, verb="import", kind="catalogue", after={"packages": changed})
            index_solutions([row.pk for row in writer.rows.values()])
    return changed
