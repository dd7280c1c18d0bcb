"""Gives views of a municipality short names."""

import secrets

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.municipalities.models import ShortLink, Tenant

# nothing that looks like something else when it is read aloud or copied from paper
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 8


def shorten(tenant: Tenant, path: str, *, actor: Actor) -> str:
    """Return the short name of a view, made if it has none; the same view keeps its name.

    Args:
        tenant: Whose page it is.
        path: What follows the short name of the municipality, see ``rules.path_within``.
        actor: Who asks.
    """
    with transaction.atomic():
        code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        link, is_new = ShortLink.objects.get_or_create(
            tenant=tenant, path=path, defaults={"code": code, "created_us": now_us()}
        )
        if is_new:
            record_audit(
                actor=actor,
                verb="create",
                kind="short_link",
                object_id=link.pk,
                label=link.code,
                after={"path": path},
                tenant_id=tenant.pk,
            )
    return link.code
