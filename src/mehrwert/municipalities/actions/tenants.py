"""Sets municipalities up and changes them."""

from typing import Any, Required, TypedDict, Unpack

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.rows import first_of
from mehrwert.municipalities.choices import Level
from mehrwert.municipalities.errors import (
    InventedTownError,
    SlugNotAllowedError,
    SlugTakenError,
    UnknownMunicipalityError,
)
from mehrwert.municipalities.events import TenantCreated
from mehrwert.municipalities.models import Municipality, Tenant, TenantSlug
from mehrwert.municipalities.rules import is_invented_ars, is_slug_allowed


class NewTenant(TypedDict, total=False):
    """What a new municipality may be given.

    ``boundary`` (GeoJSON geometry) and ``population`` only for invented ones; official ones have
    theirs in the register.
    """

    level: Required[str]
    ars: Required[str]
    slug: Required[str]
    name: str
    is_demo: bool
    notice: str
    read_only: bool
    boundary: dict[str, Any] | None
    population: int | None
    actor: Actor


def create_tenant(**given: Unpack[NewTenant]) -> Tenant:
    """Set a municipality up.

    Raises:
        UnknownMunicipalityError: The register has no such row.
        InventedTownError: Invented, but not marked as such; or the other way round.
        SlugNotAllowedError: Reserved word or signs that an address cannot have.
        SlugTakenError: In use, or the former address of another municipality.
    """
    level, ars, slug = given["level"], given["ars"], given["slug"]
    actor = given.get("actor", SYSTEM)
    is_demo = given.get("is_demo", False)
    official = _official_row(level, ars, is_demo=is_demo)
    with transaction.atomic():
        _check_slug(slug, tenant_id=None)
        tenant = Tenant.objects.create(
            slug=slug,
            name=(given.get("name") or (official.name_short if official else slug)).strip()[:120],
            level=level,
            ars=ars,
            is_demo=is_demo,
            notice=given.get("notice", "").strip(),
            read_only=given.get("read_only", False),
            created_us=now_us(),
            boundary=given.get("boundary") if official is None else None,
            population=given.get("population") if official is None else None,
        )
        _audit(actor, "create", tenant, after={"level": level, "ars": ars, "slug": slug})
        emit(TenantCreated(tenant.pk, level, ars, is_demo), tenant_id=tenant.pk)
    return tenant


def update_tenant(tenant: Tenant, *, name: str, notice: str, actor: Actor) -> None:
    """Change name and notice of a municipality."""
    with transaction.atomic():
        row = _locked(tenant.pk)
        before = {"name": row.name, "notice": row.notice}
        row.name, row.notice = name.strip(), notice.strip()
        row.save(update_fields=["name", "notice"])
        _audit(actor, "update", row, before=before, after={"name": row.name, "notice": row.notice})


def change_slug(tenant: Tenant, slug: str, *, actor: Actor) -> Tenant:
    """Give a municipality another address; the old one leads to it for ever.

    Raises:
        SlugNotAllowedError: Reserved word or signs that an address cannot have.
        SlugTakenError: In use, or the former address of another municipality.
    """
    with transaction.atomic():
        row = _locked(tenant.pk)
        if row.slug == slug:
            return row
        _check_slug(slug, tenant_id=row.pk)
        old = row.slug
        TenantSlug.objects.filter(slug=slug, tenant=row).delete()
        TenantSlug.objects.create(slug=old, tenant=row, created_us=now_us())
        row.slug = slug
        row.save(update_fields=["slug"])
        _audit(actor, "change_address", row, before={"slug": old}, after={"slug": slug})
    return row


def suspend_tenant(tenant: Tenant, *, actor: Actor) -> None:
    """Let a municipality rest: only its administration gets in, doors of programs are shut.

    Data stay. Keys take effect within 5 seconds.
    """
    _set_suspended(tenant, now_us(), "suspend", actor)


def resume_tenant(tenant: Tenant, *, actor: Actor) -> None:
    """Open a municipality again."""
    _set_suspended(tenant, None, "resume", actor)


def set_read_only(tenant: Tenant, is_read_only: bool, *, actor: Actor) -> None:
    """Show the data of a municipality only, or let people change them."""
    with transaction.atomic():
        row = _locked(tenant.pk)
        before = row.read_only
        row.read_only = is_read_only
        row.save(update_fields=["read_only"])
        _audit(
            actor, "update", row, before={"read_only": before}, after={"read_only": is_read_only}
        )


def _set_suspended(tenant: Tenant, at_us: int | None, verb: str, actor: Actor) -> None:
    with transaction.atomic():
        row = _locked(tenant.pk)
        if (row.suspended_us is None) == (at_us is None):
            return
        row.suspended_us = at_us
        row.save(update_fields=["suspended_us"])
        _audit(actor, verb, row)


def _official_row(level: str, ars: str, *, is_demo: bool) -> Municipality | None:
    if level == Level.DEMO or is_invented_ars(ars):
        if level != Level.DEMO or not is_invented_ars(ars) or not is_demo:
            raise InventedTownError
        return None
    return first_of(Municipality.objects.filter(level=level, ars=ars), UnknownMunicipalityError)


def _check_slug(slug: str, *, tenant_id: int | None) -> None:
    if not is_slug_allowed(slug):
        raise SlugNotAllowedError(slug=slug)
    is_taken = Tenant.objects.filter(slug=slug).exclude(pk=tenant_id or 0).exists()
    was_taken = TenantSlug.objects.filter(slug=slug).exclude(tenant_id=tenant_id or 0).exists()
    if is_taken or was_taken:
        raise SlugTakenError(slug=slug)


def _locked(tenant_id: int) -> Tenant:
    return first_of(Tenant.objects.select_for_update().filter(pk=tenant_id), NotFoundError)


def _audit(
    actor: Actor,
    verb: str,
    tenant: Tenant,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="tenant",
        object_id=tenant.pk,
        label=tenant.name,
        before=before,
        after=after,
        tenant_id=tenant.pk,
    )
