"""Everything that reads in the foundation."""

import heapq
import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from mehrwert.base.errors import NotFoundError
from mehrwert.base.models import (
    AuditRowBase,
    EventDelivery,
    InstallationSetting,
    Job,
    JobState,
    LegalText,
    LiveEvent,
)
from mehrwert.base.rows import first_of
from mehrwert.base.wiring import resolve, table


def read_job(job_id: str, tenant_id: int | None) -> Job:
    """Return one job of a tenant.

    Raises:
        NotFoundError: No such job, or of another tenant.
    """
    return first_of(Job.objects.filter(id=job_id, tenant_id=tenant_id), NotFoundError)


def list_jobs(tenant_id: int | None) -> "QuerySet[Job]":
    """Return the jobs of a tenant, newest first."""
    return Job.objects.filter(tenant_id=tenant_id).order_by("-enqueued_us", "id")


def count_open_jobs() -> int:
    """Return how many jobs wait or run in the whole installation."""
    return Job.objects.filter(state__in=(JobState.READY, JobState.RUNNING)).count()


class AuditPosition(NamedTuple):
    """Where a row stands among all audit tables, newest first: time, table, number."""

    at_us: int
    table: int
    pk: int

    def __str__(self) -> str:
        return "-".join(str(part) for part in self)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What the audit page may narrow down; empty means all."""

    verb: str = ""
    kind: str = ""
    text: str = ""
    actor: str = ""
    from_us: int = 0
    to_us: int = 0


def list_audit(
    tenant_id: int | None,
    chosen: AuditFilter = AuditFilter(),  # noqa: B008 - frozen
    *,
    before: AuditPosition | None = None,
    limit: int = 50,
) -> list[AuditRowBase]:
    """Return rows of all audit tables, newest first, merged by time.

    Args:
        tenant_id: The tenant, or None for rows of the installation.
        chosen: Narrowing.
        before: Position of the last row of the page before: keyset paging.
        limit: Rows per page.
    """
    names = table("AUDIT_MODELS", ["mehrwert.base.models.AuditRow"])
    parts = [
        [
            (AuditPosition(row.at_us, number, row.pk), row)
            for row in _audit_rows(resolve(name), tenant_id, chosen, number, before)[:limit]
        ]
        for number, name in enumerate(names)
    ]
    merged = heapq.merge(*parts, key=lambda pair: pair[0], reverse=True)
    found = []
    for position, row in itertools.islice(merged, limit):
        row.position = position
        found.append(row)
    return found


def stream_audit(tenant_id: int | None, chosen: AuditFilter) -> Iterator[AuditRowBase]:
    """Yield every matching row, newest first, in constant memory."""
    position = None
    while rows := list_audit(tenant_id, chosen, before=position, limit=500):
        yield from rows
        position = rows[-1].position


def _audit_rows(
    model: type[AuditRowBase],
    tenant_id: int | None,
    chosen: AuditFilter,
    number: int,
    before: AuditPosition | None,
) -> "QuerySet[AuditRowBase]":
    rows = model._default_manager.filter(tenant_id=tenant_id)
    if chosen.verb:
        rows = rows.filter(verb=chosen.verb)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.actor:
        rows = rows.filter(actor_label__icontains=chosen.actor)
    if chosen.text:
        rows = rows.filter(label__icontains=chosen.text) | rows.filter(
            actor_label__icontains=chosen.text
        )
    if chosen.from_us:
        rows = rows.filter(at_us__gte=chosen.from_us)
    if chosen.to_us:
        rows = rows.filter(at_us__lt=chosen.to_us)
    if before:
        same = rows.filter(at_us=before.at_us)
        if number == before.table:
            same = same.filter(pk__lt=before.pk)
        elif number > before.table:
            same = same.none()
        rows = rows.filter(at_us__lt=before.at_us) | same
    return rows.order_by("-at_us", "-pk")


def read_setting(key: str, default: Any = None) -> Any:
    """Return one setting of the installation."""
    row = InstallationSetting.objects.filter(key=key).first()
    return default if row is None else row.value


def read_legal(page: str) -> LegalText | None:
    """Return the newest version of a legal page, None when the operator never wrote one."""
    return LegalText.objects.filter(page=page).order_by("-id").first()


def read_legal_version(page: str, version_id: int) -> LegalText:
    """Return one version of a legal page.

    Raises:
        NotFoundError: No such version of this page.
    """
    return first_of(LegalText.objects.filter(page=page, pk=version_id), NotFoundError)


def list_legal(page: str) -> "QuerySet[LegalText]":
    """Return every version of a legal page, newest first."""
    return LegalText.objects.filter(page=page).order_by("-id")


def list_parked() -> "QuerySet[EventDelivery]":
    """Return the events that a listener could not take after ten tries."""
    return EventDelivery.objects.filter(parked=True).order_by("-id")


def read_live(after_id: int, limit: int = 500) -> list[LiveEvent]:
    """Return live messages behind a position, in order."""
    return list(LiveEvent.objects.filter(id__gt=after_id).order_by("id")[:limit])


def last_live_id() -> int:
    """Return the newest position of the live table."""
    newest = LiveEvent.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


@dataclass(frozen=True, slots=True)
class Disk:
    """Free and total megabytes of the volume of the data folder."""

    free_mb: int
    total_mb: int
    is_low: bool

    @property
    def free_bytes(self) -> int:
        """Return what is free, for words."""
        return self.free_mb * 1_048_576

    @property
    def total_bytes(self) -> int:
        """Return the size of the volume, for words."""
        return self.total_mb * 1_048_576


def read_disk() -> Disk:
    """Return how full the volume of the data folder is."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    free = usage.free // 1_048_576
    return Disk(free, usage.total // 1_048_576, free < settings.MEHRWERT.disk_warning_mb)
