"""Everything that changes something in the foundation."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django_tasks.base import Task

from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.events import Event
from mehrwert.base.models import (
    AuditRow,
    EventDelivery,
    InstallationSetting,
    Job,
    JobState,
    LegalText,
    LiveEvent,
    OutboxEvent,
)
from mehrwert.base.wakeup import wake

LIVE_LOCK = 0x6D77_6C69_7665
SECRET_WORDS = ("password", "secret", "token", "key_hash", "sha256")


def record_audit(  # noqa: PLR0913 - one value per column of the row
    *,
    actor: Actor,
    verb: str,
    kind: str,
    object_id: str | int = "",
    label: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    tenant_id: int | None = None,
) -> None:
    """Write one row of the audit log, in the transaction of the change it tells of."""
    AuditRow.objects.create(
        at_us=now_us(),
        tenant_id=tenant_id,
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        actor_label=actor.label[:200],
        verb=verb,
        kind=kind,
        object_id=str(object_id),
        label=label[:300],
        before=without_secrets(before),
        after=without_secrets(after),
    )


def without_secrets(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the values with every field that sounds like a secret replaced."""
    if values is None:
        return None
    return {
        name: "…" if any(word in name.lower() for word in SECRET_WORDS) else value
        for name, value in values.items()
    }


def emit(event: Event, *, tenant_id: int | None) -> None:
    """Write an event into the outbox; it is delivered after the commit of this transaction."""
    OutboxEvent.objects.create(
        name=event.name(), tenant_id=tenant_id, payload=event.to_payload(), created_us=now_us()
    )
    transaction.on_commit(lambda: wake("events"))


def publish_live(tenant_id: int, topic: str, payload: Mapping[str, Any]) -> None:
    """Tell the open pages of a tenant something. Topics: ``observations``, ``job``.

    The row is written after the commit of the running transaction, in a short one of its own.
    """
    told = dict(payload)
    transaction.on_commit(lambda: _append_live(tenant_id, topic, told))


def _append_live(tenant_id: int, topic: str, payload: Mapping[str, Any]) -> None:
    """Append one row so that numbers become visible in their order: resuming loses nothing.

    SQLite has one writer anyway. On PostgreSQL a lock until the commit keeps a larger number from
    being seen before a smaller one.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LIVE_LOCK])
        LiveEvent.objects.create(tenant_id=tenant_id, topic=topic, payload=payload, at_us=now_us())
    wake("live")


def start_job(
    task: "Task[Any, Any]",
    *,
    title: str,
    tenant_id: int | None,
    actor: Actor = SYSTEM,
    kwargs: Mapping[str, Any] | None = None,
    most_tries: int = 3,
) -> str:
    """Put a task into the queue and return the id of its job.

    The job starts after the commit of the running transaction. A worker that dies loses nothing:
    the job is taken over by another one, at most ``most_tries`` times; tasks bear being run again.
    """
    job = Job.objects.create(
        id=uuid.uuid4().hex,
        task=task.module_path,
        kwargs=dict(kwargs or {}),
        queue=task.queue_name,
        priority=task.priority,
        title=title[:200],
        tenant_id=tenant_id,
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        actor_label=actor.label[:200],
        enqueued_us=now_us(),
        most_tries=most_tries,
    )
    transaction.on_commit(lambda: wake("jobs"))
    return job.id


def cancel_job(job_id: str, *, tenant_id: int | None, actor: Actor) -> None:
    """Ask a job to stop; one that has not started is cancelled at once.

    Raises:
        NotFoundError: No such job in this tenant.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(id=job_id, tenant_id=tenant_id).first()
        if job is None:
            raise NotFoundError
        if not job.is_open:
            return
        job.cancel_requested = True
        if job.state == JobState.READY:
            job.state, job.finished_us = JobState.CANCELLED, now_us()
        job.save(update_fields=["cancel_requested", "state", "finished_us"])
        record_audit(
            actor=actor,
            verb="cancel",
            kind="job",
            object_id=job.id,
            label=job.title,
            tenant_id=tenant_id,
        )


def set_setting(key: str, value: Any, *, actor: Actor) -> None:
    """Store one setting of the installation and audit it (secrets are never written down)."""
    with transaction.atomic():
        row = InstallationSetting.objects.select_for_update().filter(key=key).first()
        before = row.value if row else None
        InstallationSetting.objects.update_or_create(
            key=key, defaults={"value": value, "changed_us": now_us()}
        )
        record_audit(
            actor=actor,
            verb="set",
            kind="setting",
            object_id=key,
            before=before if isinstance(before, dict) else {"value": before},
            after=value if isinstance(value, dict) else {"value": value},
        )


def retry_delivery(delivery_id: int, *, actor: Actor) -> None:
    """Try a parked event again."""
    with transaction.atomic():
        row = EventDelivery.objects.select_for_update().filter(pk=delivery_id).first()
        if row is None:
            raise NotFoundError
        row.parked, row.tries, row.next_try_us = False, 0, now_us()
        row.save(update_fields=["parked", "tries", "next_try_us"])
        record_audit(
            actor=actor, verb="retry", kind="event", object_id=delivery_id, label=row.listener
        )
    wake("events")


def write_legal_text(page: str, text: str, *, actor: Actor) -> LegalText:
    """Add a version of a legal page; earlier ones stay and can be taken up again."""
    with transaction.atomic():
        before = LegalText.objects.filter(page=page).order_by("-id").first()
        row = LegalText.objects.create(
            page=page, text=text, at_us=now_us(), actor_label=actor.label[:200]
        )
        record_audit(
            actor=actor,
            verb="write",
            kind="legal_text",
            object_id=row.pk,
            label=page,
            before={"text": before.text} if before else None,
            after={"text": text},
        )
    return row


def note_backup(name: str, size_mb: int, *, actor: Actor) -> None:
    """Record that a backup was made."""
    record_audit(
        actor=actor, verb="make", kind="backup", object_id=name[:80], after={"size_mb": size_mb}
    )


def note_drill(verdict: Mapping[str, Any], *, actor: Actor) -> None:
    """Keep the outcome of the newest restore drill for the page of the operator."""
    set_setting("drill", dict(verdict), actor=actor)
