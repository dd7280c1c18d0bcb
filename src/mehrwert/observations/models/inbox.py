"""The inbox: messages of devices as they came, kept before anything is decoded."""

from django.db import models


class RawMessage(models.Model):
    """One row is one message of a source, as received, and what became of it.

    ``message_key`` makes a second delivery harmless, ``device_key`` names the device (DevEUI,
    topic), ``envelope`` is what the door read of it (JSON: port, payload, radio), ``codec`` the
    name and version that made readings of it.
    """

    tenant_id = models.IntegerField()
    source_id = models.IntegerField()
    message_key = models.CharField(max_length=120)
    device_key = models.CharField(max_length=80, default="")
    received_us = models.BigIntegerField()
    device_us = models.BigIntegerField(null=True)
    state = models.SmallIntegerField(default=0)
    body = models.TextField()
    envelope = models.TextField(default="{}")
    error = models.TextField(default="")
    codec = models.CharField(max_length=80, default="")
    n_readings = models.IntegerField(default=0)

    class Meta:
        db_table = "obs_raw_message"
        constraints = [
            models.UniqueConstraint(
                fields=["source_id", "message_key"], name="obs_raw_message_once"
            )
        ]
        indexes = [
            models.Index(fields=["id"], name="obs_raw_message_new", condition=models.Q(state=0)),
            models.Index(fields=["tenant_id", "device_key", "id"], name="obs_raw_message_device"),
            models.Index(fields=["source_id", "id"], name="obs_raw_message_source"),
            models.Index(fields=["source_id", "received_us"], name="obs_raw_message_age"),
        ]

    def __str__(self) -> str:
        return f"{self.device_key}: {self.message_key}"


class RawSource(models.Model):
    """One row counts what a source delivered: new messages, second deliveries, the last time."""

    source_id = models.IntegerField(primary_key=True)
    tenant_id = models.IntegerField()
    n_received = models.BigIntegerField(default=0)
    n_duplicate = models.BigIntegerField(default=0)
    last_us = models.BigIntegerField(default=0)

    class Meta:
        db_table = "obs_raw_source"

    def __str__(self) -> str:
        return str(self.source_id)
