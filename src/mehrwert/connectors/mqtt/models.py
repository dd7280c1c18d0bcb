"""Table of the room."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.intake.models import Source


class Binding(models.Model):
    """One row is one subscription at a foreign broker: where, what, and how it is read.

    ``definition`` is the binding file (see ``binding.schema.json``). ``client_id`` is the name
    under which the broker keeps what comes while we are away. ``subscribed`` is what the broker
    was last asked for, so that it can be told what is not wanted any more.
    """

    tenant_id = models.BigIntegerField()
    source = models.OneToOneField(Source, models.PROTECT, related_name="mqtt_binding")
    definition = models.JSONField()
    username = models.CharField(max_length=200, default="", blank=True)
    sealed_password = models.TextField(default="", blank=True)
    client_id = models.CharField(max_length=60, unique=True)
    subscribed = models.JSONField(default=list, blank=True)
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        db_table = "mqtt_binding"
        indexes = [models.Index(fields=["tenant_id"], name="mqtt_binding_tenant")]

    def __str__(self) -> str:
        return str(self.definition.get("name", ""))
