"""The municipalities that are set up here."""

from django.db.models import Count, Q, QuerySet

from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.queries.register import read_official


def list_tenants() -> "QuerySet[Tenant]":
    """Return all municipalities with ``n_members``, by name; for whoever runs the installation."""
    members = Count(
        "memberships",
        filter=Q(memberships__removed_us=None, memberships__user__is_active=True),
    )
    return Tenant.objects.annotate(n_members=members).order_by("name", "pk")


def read_population(tenant: Tenant) -> int | None:
    """Return how many people live in a municipality, None where nobody knows."""
    official = read_official(tenant)
    return official.population if official is not None else tenant.population
