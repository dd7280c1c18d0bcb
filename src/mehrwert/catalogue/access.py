"""Who may do what: everybody reads what is public, a municipality writes about itself."""

from typing import Any

from mehrwert.catalogue.errors import NotOwnEntryError, UnknownSolutionError
from mehrwert.catalogue.models import Solution
from mehrwert.municipalities.access import can, read_membership
from mehrwert.municipalities.choices import Capability
from mehrwert.municipalities.models import Tenant


def may_edit(user: Any, solution: Solution) -> bool:
    """Say whether somebody may change an entry: a role of the municipality that owns it."""
    if solution.owner_tenant_id is None:
        return False
    tenant = Tenant.objects.filter(pk=solution.owner_tenant_id).first()
    membership = read_membership(user, tenant) if tenant else None
    return membership is not None and can(membership, Capability.EDIT_DATA)


def read_owner(solution: Solution) -> Tenant | None:
    """Return the municipality that looks after an entry, None without one."""
    return Tenant.objects.filter(pk=solution.owner_tenant_id or 0).first()


def name_of_town(tenant_id: int | None) -> str:
    """Return the name of a municipality of this installation, empty for none."""
    row = Tenant.objects.filter(pk=tenant_id or 0).first()
    return row.name if row else ""


def read_own(tenant_id: int, slug: str) -> Solution:
    """Return an entry of a municipality, public or not.

    Raises:
        UnknownSolutionError: No such entry, or a draft of somebody else.
        NotOwnEntryError: A public entry of somebody else.
    """
    row = Solution.objects.filter(slug=slug).first()
    if row is None or (row.owner_tenant_id != tenant_id and not row.is_public):
        raise UnknownSolutionError
    if row.owner_tenant_id != tenant_id:
        raise NotOwnEntryError
    return row
