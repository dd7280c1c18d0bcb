"""Who is what in a municipality."""

from django.db.models import QuerySet

from mehrwert.base.errors import NotFoundError
from mehrwert.base.rows import first_of
from mehrwert.municipalities.access import valid_memberships
from mehrwert.municipalities.choices import Role
from mehrwert.municipalities.models import Membership, Tenant


def list_members(tenant: Tenant) -> "QuerySet[Membership]":
    """Return the people of a municipality, by name."""
    return (
        valid_memberships()
        .filter(tenant=tenant)
        .select_related("user")
        .order_by("user__display_name", "user__email", "pk")
    )


def count_members(tenant: Tenant) -> int:
    """Return how many people belong to a municipality."""
    return valid_memberships().filter(tenant=tenant).count()


def list_admin_names(tenant: Tenant, limit: int = 3) -> list[str]:
    """Return who gives roles in a municipality, for whoever lacks one; by name."""
    admins = list_members(tenant).filter(role=Role.ADMIN)
    return [str(membership.user.display_name or membership.user) for membership in admins[:limit]]


def read_member(tenant: Tenant, membership_id: int, *, removed: bool = False) -> Membership:
    """Return one member of a municipality.

    Args:
        tenant: The municipality.
        membership_id: Which.
        removed: Also find one whose role was taken away: it can be given back.

    Raises:
        NotFoundError: Nobody with this id in this municipality.
    """
    rows = Membership.objects.filter(tenant=tenant) if removed else list_members(tenant)
    return first_of(rows.select_related("user").filter(pk=membership_id), NotFoundError)
