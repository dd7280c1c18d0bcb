"""Who is what in a municipality."""

from django.db.models import QuerySet

from mehrwert.municipalities.access import valid_memberships
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
