"""Outbox and audit of the room, in its own database."""

from django.db import models

from mehrwert.base.models import AuditRowBase, OutboxEventBase


class ObservationsOutboxEvent(OutboxEventBase):
    """One row is one event of this room."""

    class Meta:
        db_table = "obs_outbox"
        indexes = [
            models.Index(
                fields=["id"],
                name="obs_outbox_open",
                condition=models.Q(dispatched_us__isnull=True),
            )
        ]


class ObservationsAuditRow(AuditRowBase):
    """One row is one change of metadata; readings are told of by events."""

    class Meta:
        db_table = "obs_audit"
        indexes = [
            models.Index(fields=["tenant_id", "-at_us"], name="obs_audit_tenant_time"),
            models.Index(fields=["kind", "object_id"], name="obs_audit_object"),
        ]
