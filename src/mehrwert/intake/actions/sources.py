"""Sources: made with a secret of their own, rotated without a gap, ended; what they deliver."""

from collections.abc import Sequence

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.base.wakeup import wake
from mehrwert.base.wiring import resolve, table
from mehrwert.intake.errors import NoSampleError
from mehrwert.intake.models import Source
from mehrwert.intake.queries import SourceGrant, forget_sources, list_every_source
from mehrwert.intake.rules.keys import digest, new_secret, with_prefix
from mehrwert.observations.actions import (
    Delivery,
    Kept,
    NewMessage,
    akeep_messages,
    clear_messages,
    keep_messages,
    release_news,
)

BELL = "intake"
HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
OVERLAP_HOURS = 24


def create_source(*, kind: str, name: str, retention_days: int, actor: Actor) -> tuple[Source, str]:
    """Make a source and return it with its whole secret, which is never seen again."""
    prefix, secret = new_secret()
    with transaction.atomic():
        row = Source.objects.create(
            tenant_id=current_tenant_id(),
            kind=kind,
            name=name,
            prefix=prefix,
            sha256=digest(secret),
            retention_days=retention_days,
            created_us=now_us(),
        )
        _audit(row, actor, "create", {"name": name, "retention_days": retention_days})
    return row, secret


def rotate_source(row: Source, *, actor: Actor) -> str:
    """Return a new secret; the old one works for a day, so that nothing is lost meanwhile."""
    secret = with_prefix(row.prefix)
    with transaction.atomic():
        row.old_sha256, row.sha256 = row.sha256, digest(secret)
        row.old_until_us = now_us() + OVERLAP_HOURS * HOUR_US
        row.save(update_fields=["old_sha256", "sha256", "old_until_us"])
        _audit(row, actor, "rotate", {"overlap_hours": OVERLAP_HOURS})
        transaction.on_commit(forget_sources)
    return secret


def rename_source(row: Source, *, name: str, retention_days: int, actor: Actor) -> None:
    """Change the name of a source and how long its messages are kept."""
    with transaction.atomic():
        row.name, row.retention_days = name, retention_days
        row.save(update_fields=["name", "retention_days"])
        _audit(row, actor, "update", {"name": name, "retention_days": retention_days})


def end_source(row: Source, *, actor: Actor) -> None:
    """Refuse a source from now on; what it brought stays."""
    with transaction.atomic():
        row.ended_us = row.ended_us or now_us()
        row.save(update_fields=["ended_us"])
        _audit(row, actor, "revoke", {})
        transaction.on_commit(forget_sources)


async def areceive(source: SourceGrant, messages: Sequence[NewMessage]) -> Kept:
    """Keep what a source sent; returns after it is durable. Decoding follows by itself.

    Raises:
        QueueFullError, UnavailableError: Nothing was kept; the source sends again.
    """
    kept = await akeep_messages(Delivery(source.tenant_id, source.source_id, messages))
    if kept.new:
        wake(BELL)
    return kept


def receive(source: SourceGrant, messages: Sequence[NewMessage]) -> Kept:
    """Do the same from a thread."""
    kept = keep_messages(Delivery(source.tenant_id, source.source_id, messages))
    if kept.new:
        wake(BELL)
    return kept


def send_sample(row: Source, *, actor: Actor) -> Kept:
    """Let an invented device send to a source, so that the way can be tried without one.

    Raises:
        NoSampleError: Nobody knows what such a device would send, or the source has ended.
    """
    make = table("INTAKE_SAMPLES", {}).get(row.kind)
    if make is None or row.ended_us:
        raise NoSampleError
    grant = SourceGrant(row.pk, row.tenant_id, row.kind, row.name)
    kept = receive(grant, [resolve(make)(row.pk, now_us())])
    _audit(row, actor, "send_sample", {})
    return kept


def clear_old_messages() -> int:
    """Delete messages that were kept as long as their source says; return how many."""
    now = now_us()
    release_news(None, older_than_us=HOUR_US)  # of a replay whose process ended for good
    return sum(
        clear_messages(source.pk, now - source.retention_days * DAY_US)
        for source in list_every_source()
    )


def _audit(row: Source, actor: Actor, verb: str, after: dict[str, object]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="source",
        object_id=row.pk,
        label=row.name,
        after=after,
        tenant_id=row.tenant_id,
    )
