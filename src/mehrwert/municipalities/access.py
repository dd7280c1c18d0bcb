"""Who may do what in which municipality: one matrix capability × role, and who is a member."""

from typing import Any

from django.db.models import Q, QuerySet

from mehrwert.accounts.models import User
from mehrwert.base.clock import now_us
from mehrwert.base.errors import ForbiddenError, MehrwertError
from mehrwert.municipalities.choices import Capability, Role
from mehrwert.municipalities.errors import TenantReadOnlyError, TenantSuspendedError
from mehrwert.municipalities.models import Membership, Tenant, TenantSlug

# Rows: capability. Columns: who has it by role. Nothing else decides. A guide reads along.
_EDITORS = frozenset({Role.EDITOR, Role.LEAD, Role.ADMIN})
MATRIX: dict[str, frozenset[str]] = {
    Capability.READ: frozenset(Role),
    Capability.EDIT_DATA: _EDITORS,
    Capability.IMPORT_DATA: _EDITORS,
    Capability.CAPTURE: _EDITORS | {Role.FIELD},
    Capability.DECIDE: frozenset({Role.LEAD, Role.ADMIN}),
    Capability.MONEY: _EDITORS | {Role.TREASURER},
    Capability.ANSWER_PHONE: frozenset({Role.DESK, Role.ADMIN}),
    Capability.GUIDE: frozenset({Role.GUIDE}),
    Capability.READ_AUDIT: frozenset({Role.ADMIN}),
    Capability.MANAGE_KEYS: frozenset({Role.ADMIN}),
    Capability.MANAGE_PEOPLE: frozenset({Role.ADMIN}),
    Capability.MANAGE_TOWN: frozenset({Role.ADMIN}),
    # given one by one, or with a role of the whole installation; never by a role in a town
    Capability.CRISIS: frozenset(),
    Capability.PRIVACY: frozenset(),
    Capability.CURATE: frozenset(),
    Capability.LEGAL_REVIEW: frozenset(),
    Capability.OPERATE: frozenset(),
    Capability.AUDIT: frozenset(),
}
# what still works while a municipality is shown only, or rests
READING = frozenset({Capability.READ, Capability.READ_AUDIT, Capability.MANAGE_TOWN})


def role_has(role: str, capability: str, extra: list[str] | tuple[str, ...] = ()) -> bool:
    """Say whether a role, or a capability given beside it, allows something."""
    return role in MATRIX.get(capability, frozenset()) or capability in extra


def refusal(membership: Membership, capability: str) -> MehrwertError | None:
    """Return why a member may not do something in their municipality; None if they may."""
    tenant = membership.tenant
    if tenant.suspended_us is not None and membership.role != Role.ADMIN:
        return TenantSuspendedError()
    if not role_has(membership.role, capability, membership.extra):
        return ForbiddenError()
    if tenant.read_only and capability not in READING:
        return TenantReadOnlyError()
    if tenant.suspended_us is not None and capability not in READING:
        return TenantSuspendedError()
    return None


def can(membership: Membership, capability: str) -> bool:
    """Say whether a member may do something."""
    return refusal(membership, capability) is None


def read_tenant(slug: str) -> Tenant | None:
    """Return the municipality at an address for doors of programs; None while it rests."""
    return Tenant.objects.filter(slug=slug, suspended_us=None).first()


def read_only_tenant() -> Tenant | None:
    """Return the municipality of an installation that has exactly one."""
    found = list(Tenant.objects.order_by("pk")[:2])
    return found[0] if len(found) == 1 and found[0].suspended_us is None else None


def read_new_slug(old: str) -> str:
    """Return the address a municipality has now, empty when ``old`` was never one."""
    row = TenantSlug.objects.filter(slug=old).values_list("tenant__slug", flat=True).first()
    return row or ""


def valid_memberships() -> "QuerySet[Membership]":
    """Return memberships that count now: not taken away, not run out."""
    now = now_us()
    return Membership.objects.filter(
        Q(until_us=None) | Q(until_us__gt=now), removed_us=None, user__is_active=True
    )


def read_membership(user: Any, tenant: Tenant) -> Membership | None:
    """Return what somebody is in a municipality, None for strangers."""
    if not isinstance(user, User):
        return None
    return (
        valid_memberships().select_related("tenant").filter(user_id=user.pk, tenant=tenant).first()
    )


def read_membership_at(user: Any, slug: str) -> Membership | None:
    """Return what somebody is in the municipality at an address; one query for every page."""
    if not isinstance(user, User):
        return None
    return (
        valid_memberships()
        .select_related("tenant")
        .filter(user_id=user.pk, tenant__slug=slug)
        .first()
    )


def list_tenants_of(user: Any) -> list[Tenant]:
    """Return the municipalities somebody belongs to, by name."""
    if not isinstance(user, User):
        return []
    mine = valid_memberships().filter(user_id=user.pk).values("tenant_id")
    return list(Tenant.objects.filter(pk__in=mine).order_by("name", "pk"))


def read_first_slug(user: Any) -> str:
    """Return the address of the first municipality somebody belongs to, empty for strangers."""
    return next((tenant.slug for tenant in list_tenants_of(user)), "")


def live_access(session_key: str, slug: str) -> int | None:
    """Return the id of the municipality whose live values a session may follow, else None."""
    from mehrwert.accounts.queries import read_session_user

    membership = read_membership_at(read_session_user(session_key), slug)
    if membership is None or not can(membership, Capability.READ):
        return None
    return membership.tenant_id


def may_at(user: Any, slug: str, capability: str) -> bool:
    """Say whether somebody may do something in the municipality at an address."""
    membership = read_membership_at(user, slug) if slug else None
    return membership is not None and can(membership, capability)
