"""The municipalities that are set up here."""

from django.db.models import Count, Q, QuerySet

from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.rows import first_of
from mehrwert.municipalities.models import Tenant, TenantSlug
from mehrwert.municipalities.queries.register import read_official
from mehrwert.municipalities.rules import slug_for


def list_tenants() -> "QuerySet[Tenant]":
    """Return all municipalities with ``n_members``, by name; for whoever runs the installation."""
    valid = Q(memberships__removed_us=None, memberships__user__is_active=True)
    valid &= Q(memberships__until_us=None) | Q(memberships__until_us__gt=now_us())
    members = Count("memberships", filter=valid)
    return Tenant.objects.annotate(n_members=members).order_by("name", "pk")


def read_population(tenant: Tenant) -> int | None:
    """Return how many people live in a municipality, None where nobody knows."""
    official = read_official(tenant)
    return official.population if official is not None else tenant.population


def count_tenants() -> int:
    """Return how many municipalities are set up."""
    return Tenant.objects.count()


def read_tenant_by_id(tenant_id: int) -> Tenant:
    """Return one municipality, for whoever runs the installation.

    Raises:
        NotFoundError: No such municipality.
    """
    return first_of(Tenant.objects.filter(pk=tenant_id), NotFoundError)


def propose_slug(name: str) -> str:
    """Return a free short name for a place: ``neustadt``, ``neustadt-2``."""
    first = slug_for(name)
    pattern = rf"^{first}(-\d+)?$"
    taken = set(Tenant.objects.filter(slug__regex=pattern).values_list("slug", flat=True))
    taken |= set(TenantSlug.objects.filter(slug__regex=pattern).values_list("slug", flat=True))
    slug, number = first, 1
    while slug in taken:
        number += 1
        slug = f"{first}-{number}"
    return slug
