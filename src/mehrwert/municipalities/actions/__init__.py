"""Everything that changes the register, municipalities and memberships."""

from .links import shorten
from .people import (
    claim_administration,
    create_own_tenant,
    invite_member,
    remove_membership,
    restore_membership,
    set_membership,
)
from .register import load_register
from .tenants import (
    NewTenant,
    change_slug,
    create_tenant,
    resume_tenant,
    set_read_only,
    suspend_tenant,
    update_tenant,
)

__all__ = [
    "NewTenant",
    "change_slug",
    "claim_administration",
    "create_own_tenant",
    "create_tenant",
    "invite_member",
    "load_register",
    "remove_membership",
    "restore_membership",
    "resume_tenant",
    "set_membership",
    "set_read_only",
    "shorten",
    "suspend_tenant",
    "update_tenant",
]
