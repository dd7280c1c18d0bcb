"""What waits for a second person before everybody reads it."""

from typing import ClassVar

from django.db import models

from mehrwert.base.tenant import TenantManager

from .solution import Solution


class SecondLook(models.Model):
    """One row is a text that names a vendor or an office and waits for a second person.

    ``profile`` is what becomes public, ``based_on`` the version it changes (0 for the first
    publication). ``asked_by`` is the id of the user who wrote it: they cannot agree themselves.
    ``helper_tenant_id`` is another municipality of this installation that was asked to look; its
    people see this one row and nothing else of the tenant.
    """

    tenant_id = models.BigIntegerField()
    solution = models.ForeignKey(Solution, models.CASCADE, related_name="looks")
    profile = models.JSONField()
    based_on = models.IntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    asked_by = models.BigIntegerField()
    asked_us = models.BigIntegerField()
    state = models.CharField(max_length=8)
    note = models.CharField(max_length=300, blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_us = models.BigIntegerField(null=True)
    helper_tenant_id = models.BigIntegerField(null=True)

    objects = TenantManager()
    # for the municipality that was asked: every use names owner or helper in its condition
    asked: ClassVar[models.Manager["SecondLook"]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "state"], name="second_look_state"),
            models.Index(fields=["helper_tenant_id", "state"], name="second_look_helper"),
        ]

    def __str__(self) -> str:
        return f"{self.solution_id} {self.state}"
