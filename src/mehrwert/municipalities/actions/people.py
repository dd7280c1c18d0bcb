"""Says who is what in a municipality."""

from collections.abc import Iterable
from typing import Unpack

from django.db import transaction

from mehrwert.accounts.actions import invite_person
from mehrwert.accounts.models import User
from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import ForbiddenError, NotFoundError
from mehrwert.base.rows import first_of
from mehrwert.municipalities.access import valid_memberships
from mehrwert.municipalities.actions.tenants import NewTenant, create_tenant
from mehrwert.municipalities.choices import EXTRA_CAPABILITIES, Role
from mehrwert.municipalities.errors import LastAdminError, UnknownRoleError
from mehrwert.municipalities.events import MembershipChanged
from mehrwert.municipalities.models import Membership, Tenant


def set_membership(
    tenant: Tenant,
    user: User,
    role: str,
    *,
    extra: Iterable[str] = (),
    until_us: int | None = None,
    actor: Actor = SYSTEM,
) -> Membership:
    """Make somebody a member, or give a member another role.

    Raises:
        UnknownRoleError: No such role or extra capability.
        LastAdminError: Nobody else could set the municipality up.
    """
    chosen = sorted(set(extra))
    if role not in set(Role) or set(chosen) - set(EXTRA_CAPABILITIES):
        raise UnknownRoleError
    with transaction.atomic():
        _lock(tenant)
        row = Membership.objects.filter(tenant=tenant, user=user).first()
        before = _values(row) if row and row.removed_us is None else None
        row = row or Membership(tenant=tenant, user=user, created_us=now_us())
        row.role, row.extra, row.until_us, row.removed_us = role, chosen, until_us, None
        row.save()
        if before and before["role"] == Role.ADMIN:
            _check_admin_left(tenant)
        _tell(row, "update" if before else "create", actor, before=before, after=_values(row))
    return row


def invite_member(
    tenant: Tenant,
    *,
    email: str,
    display_name: str,
    role: str,
    extra: Iterable[str] = (),
    actor: Actor,
) -> tuple[Membership, str]:
    """Invite somebody and return (membership, token of the link).

    The token is empty for a person who can sign in already: they need no link.
    """
    with transaction.atomic():
        user, token = invite_person(email=email, display_name=display_name, actor=actor)
        membership = set_membership(tenant, user, role, extra=extra, actor=actor)
    return membership, token


def remove_membership(tenant: Tenant, membership_id: int, *, actor: Actor) -> Membership:
    """Take somebody's role away; ``restore_membership`` undoes it.

    Raises:
        LastAdminError: Nobody else could set the municipality up.
    """
    with transaction.atomic():
        _lock(tenant)
        row = _row(tenant, membership_id)
        if row.removed_us is None:
            row.removed_us = now_us()
            row.save(update_fields=["removed_us"])
            if row.role == Role.ADMIN:
                _check_admin_left(tenant)
            _tell(row, "remove", actor, before=_values(row), after=None)
    return row


def restore_membership(tenant: Tenant, membership_id: int, *, actor: Actor) -> Membership:
    """Give somebody back the role that was taken away."""
    with transaction.atomic():
        _lock(tenant)
        row = _row(tenant, membership_id)
        if row.removed_us is not None:
            row.removed_us = None
            row.save(update_fields=["removed_us"])
            _tell(row, "restore", actor, before=None, after=_values(row))
    return row


def create_own_tenant(user: User, **given: Unpack[NewTenant]) -> Tenant:
    """Set a municipality up and make who does it its first administrator."""
    with transaction.atomic():
        tenant = create_tenant(**given)
        set_membership(tenant, user, Role.ADMIN, actor=given.get("actor", SYSTEM))
    return tenant


def claim_administration(tenant: Tenant, user: User, *, actor: Actor) -> Membership:
    """Make whoever runs the installation an administrator; stands in the audit of the town.

    Raises:
        ForbiddenError: The person does not run the installation.
    """
    if not user.is_operator:
        raise ForbiddenError
    return set_membership(tenant, user, Role.ADMIN, actor=actor)


def _check_admin_left(tenant: Tenant) -> None:
    if not valid_memberships().filter(tenant=tenant, role=Role.ADMIN).exists():
        raise LastAdminError


def _lock(tenant: Tenant) -> None:
    """Let changes of the members of one municipality happen one after the other."""
    if Tenant.objects.select_for_update().filter(pk=tenant.pk).first() is None:
        raise NotFoundError


def _row(tenant: Tenant, membership_id: int) -> Membership:
    return first_of(
        Membership.objects.select_related("user").filter(tenant=tenant, pk=membership_id),
        NotFoundError,
    )


def _values(row: Membership) -> dict[str, object]:
    return {"role": row.role, "extra": row.extra, "until_us": row.until_us}


def _tell(
    row: Membership,
    verb: str,
    actor: Actor,
    *,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="membership",
        object_id=row.pk,
        label=str(row.user),
        before=before,
        after=after,
        tenant_id=row.tenant_id,
    )
    role = str(after["role"]) if after else ""
    emit(MembershipChanged(row.tenant_id, row.user_id, role), tenant_id=row.tenant_id)
