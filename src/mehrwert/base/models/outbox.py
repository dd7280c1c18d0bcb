"""Events, written in the transaction they tell of, and what became of their delivery."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class OutboxEventBase(models.Model):
    """One row is one event. ``dispatched_us`` is null until every listener was tried once."""

    name = models.CharField(max_length=80)
    tenant_id = models.BigIntegerField(null=True)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    created_us = models.BigIntegerField()
    dispatched_us = models.BigIntegerField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class OutboxEvent(OutboxEventBase):
    """One row is one event of a room in the Django database."""

    class Meta:
        db_table = "base_outbox"
        indexes = [
            models.Index(
                fields=["id"],
                name="base_outbox_open",
                condition=models.Q(dispatched_us__isnull=True),
            )
        ]


class EventDelivery(models.Model):
    """One row is one listener that failed on one event: tried again later, or parked."""

    source = models.CharField(max_length=80)
    event_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    tenant_id = models.BigIntegerField(null=True)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    listener = models.CharField(max_length=200)
    tries = models.IntegerField(default=0)
    next_try_us = models.BigIntegerField()
    error = models.TextField(default="", blank=True)
    parked = models.BooleanField(default=False)

    class Meta:
        db_table = "base_event_delivery"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "event_id", "listener"], name="base_delivery_once"
            )
        ]
        indexes = [models.Index(fields=["parked", "next_try_us"], name="base_delivery_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.event_id} → {self.listener}"
