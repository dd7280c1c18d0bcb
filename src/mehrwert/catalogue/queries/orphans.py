"""Entries that nobody looks after, and who may take them over (CAT-211)."""

from django.db.models import Count, Q, QuerySet

from mehrwert.catalogue.choices import AdoptionStatus, Basis, EntryOrigin
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.catalogue.queries.finding import home_of_tenant
from mehrwert.municipalities.access import MATRIX, valid_memberships
from mehrwert.municipalities.choices import Capability
from mehrwert.municipalities.models import Tenant

Rows = QuerySet[Solution]
LIVE_DECLARED = Q(adoptions__basis=Basis.DECLARED, adoptions__status=AdoptionStatus.LIVE)


def orphaned(rows: Rows) -> Rows:
    """Keep the entries without a municipality, or with nobody left there who may write.

    Worked out when asked: an entry is orphaned in the moment the last editor leaves.
    """
    editors = valid_memberships().filter(
        role__in=MATRIX[Capability.EDIT_DATA], tenant__suspended_us=None, tenant__read_only=False
    )
    return rows.filter(
        Q(owner_tenant_id=None) | ~Q(owner_tenant_id__in=editors.values("tenant_id"))
    )


def is_orphaned(solution: Solution) -> bool:
    """Say whether nobody looks after an entry: no municipality, or nobody left there."""
    return orphaned(Solution.objects.filter(pk=solution.pk)).exists()


def list_orphans(*, was_owned: bool) -> Rows:
    """Return public entries that nobody looks after, with ``n_live``, by name.

    Args:
        was_owned: Those that a municipality left; else those that none ever took over.
    """
    rows = orphaned(_public().exclude(entry_origin=EntryOrigin.DEMO))
    rows = rows.filter(owner_tenant_id__isnull=not was_owned)
    return rows.annotate(n_live=Count("adoptions", filter=LIVE_DECLARED)).order_by(
        "sort_name", "pk"
    )


def list_takeable(tenant: Tenant) -> Rows:
    """Return the orphaned entries that a municipality may take over, by name.

    It may where the solution comes from it, or where it declares live use. Invented municipalities
    take over invented entries only.
    """
    rows = _public()
    is_invented = Q(entry_origin=EntryOrigin.DEMO)
    rows = rows.filter(is_invented) if tenant.is_demo else rows.exclude(is_invented)
    uses = Adoption.objects.filter(
        tenant_id=tenant.pk, basis=Basis.DECLARED, status=AdoptionStatus.LIVE
    )
    may = Q(pk__in=uses.values("solution_id"))
    key = home_of_tenant(tenant).key
    if key:
        may |= Q(profile__origin__key=key)
    return orphaned(rows).filter(may).order_by("sort_name", "pk")


def _public() -> Rows:
    return Solution.objects.filter(is_public=True, is_withdrawn=False)
