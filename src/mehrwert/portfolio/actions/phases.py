"""Takes over the phase that the room above computed."""

from collections.abc import Mapping

from mehrwert.portfolio.models import Project


def set_phases(phases: Mapping[int, str]) -> int:
    """Store the phase of projects by id; return how many changed.

    A phase is computed from data and can be computed again, so it is no change of the record and
    not audited one by one.
    """
    changed = [row for row in Project.objects.filter(pk__in=phases) if row.phase != phases[row.pk]]
    for row in changed:
        row.phase = phases[row.pk]
    Project.objects.bulk_update(changed, ["phase"], batch_size=500)
    return len(changed)
