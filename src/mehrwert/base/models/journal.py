"""Who did what when, before and after. Actor and tenant are plain ids."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AuditRowBase(models.Model):
    """One row is one change that somebody made. Rows are never changed."""

    at_us = models.BigIntegerField()
    tenant_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(default=0)
    actor_label = models.CharField(max_length=200, default="", blank=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=80, default="", blank=True)
    label = models.CharField(max_length=300, default="", blank=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    # where a row stands among all audit tables; set by the query that merges them
    position: Any = None

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.actor_label}: {self.verb} {self.kind} {self.object_id}"


class AuditRow(AuditRowBase):
    """One row is one change in the Django database."""

    class Meta:
        db_table = "base_audit"
        indexes = [
            models.Index(fields=["tenant_id", "-at_us"], name="base_audit_tenant_time"),
            models.Index(fields=["kind", "object_id"], name="base_audit_object"),
        ]
