"""Somebody says whether a proposed relation between two solutions is true (CAT-210)."""

from collections.abc import Iterable

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.catalogue.choices import LinkKind
from mehrwert.catalogue.errors import CircularLinkError, NotOwnEntryError, UnknownSolutionError
from mehrwert.catalogue.models import SolutionLink
from mehrwert.catalogue.rules import would_close_circle
from mehrwert.municipalities.models import Tenant


def answer_link(
    link_id: int, kind: LinkKind | None, *, actor: Actor, tenant: Tenant | None = None
) -> SolutionLink:
    """Confirm a proposed relation as of one kind, or refuse it for good; nothing is merged.

    Args:
        link_id: The proposal.
        kind: What the relation is, None to refuse it.
        actor: Who says so.
        tenant: The municipality they speak for; None for whoever runs the installation.

    Raises:
        UnknownSolutionError: No such proposal.
        NotOwnEntryError: Neither entry belongs to the municipality.
        CircularLinkError: The solutions would build on each other.
    """
    with transaction.atomic():
        links = SolutionLink.objects.select_for_update(of=("self",))
        row = links.select_related("solution", "target").filter(pk=link_id).first()
        if row is None:
            raise UnknownSolutionError
        owners = {row.solution.owner_tenant_id, row.target.owner_tenant_id}
        if tenant is not None and tenant.pk not in owners:
            raise NotOwnEntryError
        if kind is None:
            row.is_confirmed, row.is_refused = False, True
        else:
            if would_close_circle(_edges(row.pk), row.solution_id, row.target_id):
                raise CircularLinkError
            row.kind, row.is_confirmed, row.is_refused = kind, True, False
        row.save()
        record_audit(
            actor=actor,
            verb="deny" if kind is None else "confirm",
            kind="solution",
            object_id=row.solution_id,
            label=row.solution.name,
            after={"relation": kind or row.kind, "target": row.target.name},
            tenant_id=tenant.pk if tenant else None,
        )
    return row


def _edges(besides: int) -> dict[int, list[int]]:
    rows: Iterable[tuple[int, int]] = (
        SolutionLink.objects.filter(is_confirmed=True)
        .exclude(pk=besides)
        .values_list("solution_id", "target_id")
    )
    found: dict[int, list[int]] = {}
    for source, target in rows:
        found.setdefault(source, []).append(target)
    return found
