"""What open pages are told, with a counter of its own so that resuming loses nothing."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class LiveEvent(models.Model):
    """One row is one message to the open pages of a tenant; kept for an hour."""

    tenant_id = models.BigIntegerField()
    topic = models.CharField(max_length=40)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    at_us = models.BigIntegerField()

    class Meta:
        db_table = "base_live_event"
        indexes = [models.Index(fields=["at_us"], name="base_live_time")]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"
