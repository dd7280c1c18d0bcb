"""Everything that changes keys of programs."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from mehrwert.accounts.errors import KeyLimitError
from mehrwert.accounts.events import BrokerKeyChanged
from mehrwert.accounts.models import ApiKey
from mehrwert.accounts.queries import forget_keys
from mehrwert.accounts.rules import OVERLAP_HOURS_MOST, SCOPES, digest, mqtt_hash, new_key
from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.rows import first_of

HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True)
class KeyLimits:
    """What narrows a key down; ``None`` means no limit."""

    thing_ids: list[int] | None = None
    datastream_ids: list[int] | None = None
    expires_us: int | None = None


NO_LIMITS = KeyLimits()


def create_key(
    *,
    tenant_id: int,
    name: str,
    scopes: Iterable[str],
    actor: Actor,
    limits: KeyLimits = NO_LIMITS,
) -> tuple[ApiKey, str]:
    """Create a key and return (row, whole key); the whole key is never seen again.

    Raises:
        KeyLimitError: No right, or one that does not exist.
    """
    chosen = sorted(set(scopes))
    if not chosen or set(chosen) - set(SCOPES):
        raise KeyLimitError
    prefix, whole = new_key()
    with transaction.atomic():
        row = ApiKey.objects.create(
            prefix=prefix,
            sha256=digest(whole),
            mqtt_hash=mqtt_hash(whole, secrets.token_bytes(12)) if "mqtt" in chosen else "",
            tenant_id=tenant_id,
            name=name.strip(),
            scopes=chosen,
            thing_ids=limits.thing_ids,
            datastream_ids=limits.datastream_ids,
            created_us=now_us(),
            created_by_id=actor.actor_id,
            expires_us=limits.expires_us,
        )
        record_audit(
            actor=actor,
            verb="create",
            kind="key",
            object_id=row.pk,
            label=row.name,
            after={
                "scopes": chosen,
                "things": limits.thing_ids,
                "datastreams": limits.datastream_ids,
                "expires_us": limits.expires_us,
            },
            tenant_id=tenant_id,
        )
        _tell_broker(row)
    return row, whole


def rotate_key(
    key_id: int, *, tenant_id: int, overlap_hours: int, actor: Actor
) -> tuple[ApiKey, str]:
    """Make a successor with the same rights; the old key works on for the overlap: no gap."""
    with transaction.atomic():
        old = _locked_key(key_id, tenant_id)
        new, whole = create_key(
            tenant_id=tenant_id,
            name=old.name,
            scopes=old.scopes,
            actor=actor,
            limits=KeyLimits(old.thing_ids, old.datastream_ids, old.expires_us),
        )
        hours = max(0, min(overlap_hours, OVERLAP_HOURS_MOST))
        old.valid_until_us, old.replaced_by = now_us() + hours * HOUR_US, new
        old.save(update_fields=["valid_until_us", "replaced_by"])
        record_audit(
            actor=actor,
            verb="rotate",
            kind="key",
            object_id=old.pk,
            label=old.name,
            after={"overlap_hours": hours},
            tenant_id=tenant_id,
        )
        transaction.on_commit(forget_keys)
    return new, whole


def revoke_key(key_id: int, *, tenant_id: int, actor: Actor) -> None:
    """Refuse a key from now on (other processes follow within 5 seconds)."""
    with transaction.atomic():
        row = _locked_key(key_id, tenant_id)
        row.revoked_us = row.revoked_us or now_us()
        row.save(update_fields=["revoked_us"])
        record_audit(
            actor=actor,
            verb="revoke",
            kind="key",
            object_id=row.pk,
            label=row.name,
            tenant_id=tenant_id,
        )
        _tell_broker(row)
        transaction.on_commit(forget_keys)


def _tell_broker(row: ApiKey) -> None:
    """Announce the change of a key that may sign in at the broker; other keys concern it not."""
    if row.mqtt_hash:
        emit(BrokerKeyChanged(row.tenant_id, row.pk), tenant_id=row.tenant_id)


def _locked_key(key_id: int, tenant_id: int) -> ApiKey:
    return first_of(
        ApiKey.objects.select_for_update().filter(pk=key_id, tenant_id=tenant_id), NotFoundError
    )
