"""What owners say of their software, webhooks of programs, the log of what was sent to them."""

import uuid

from django.db import models

from mehrwert.catalogue.models import Solution


class SoftwareRecord(models.Model):
    """One row is what the owner of a software said through this interface.

    ``aliases`` are other addresses of the same repository, ``vitality`` the text the interface
    defines (numbers with commas between them), ``analysis`` namespace → value; the namespace of
    this catalogue is never among them.
    """

    tenant_id = models.BigIntegerField()
    solution = models.OneToOneField(Solution, models.CASCADE, related_name="software_record")
    is_active = models.BooleanField(default=True)
    aliases = models.JSONField(default=list)
    vitality = models.CharField(max_length=400, blank=True)
    analysis = models.JSONField(default=dict)
    changed_us = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.solution_id}"


class Webhook(models.Model):
    """One row is one address that wants to know of changes.

    ``subject_id`` is empty for all subjects of a kind. ``sealed_secret`` is empty for a webhook
    that gets no signature.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    subject_id = models.CharField(max_length=36, blank=True)
    url = models.CharField(max_length=500)
    sealed_secret = models.TextField(blank=True)
    created_us = models.BigIntegerField()
    changed_us = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "subject_id"], name="webhook_subject")]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One row is one message to one webhook: waiting, sent, or given up after a day.

    While it waits, later changes of the same subject are taken in: bursts arrive as one.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    change = models.CharField(max_length=8)
    subject = models.CharField(max_length=80)
    state = models.CharField(max_length=8)
    tries = models.IntegerField(default=0)
    last_status = models.IntegerField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_us = models.BigIntegerField()
    next_try_us = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_us"], name="webhook_delivery_due")]

    def __str__(self) -> str:
        return f"{self.change} {self.subject}"
