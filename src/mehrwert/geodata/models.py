"""Closures of streets, and how many calls about them there were."""

from django.db import models

from mehrwert.base.tenant import TenantManager


class Closure(models.Model):
    """One row is one closure of one street, as the office that keeps the list knows it.

    ``ends_on`` is the last day, NULL while nobody knows; ``is_estimated`` says „voraussichtlich“.
    ``affected`` lists whom it concerns. ``spoken`` is what is read to callers, ``plain`` the same
    in easy words; empty = made from the rest. ``contact`` is for the house only, never public.
    ``checked_us`` is when somebody last said that it is as written, ``ended_us`` when it was
    ended (NULL = not yet).
    """

    tenant_id = models.BigIntegerField()
    street = models.CharField(max_length=120)
    section = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8)
    direction = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    is_estimated = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    detour = models.CharField(max_length=300, blank=True)
    affected = models.JSONField(default=list)
    office = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True)
    spoken = models.CharField(max_length=300, blank=True)
    plain = models.CharField(max_length=300, blank=True)
    checked_us = models.BigIntegerField()
    checked_by = models.CharField(max_length=200, blank=True)
    ended_us = models.BigIntegerField(null=True)
    is_demo = models.BooleanField(default=False)
    created_us = models.BigIntegerField()
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "ended_us", "starts_on"], name="closure_open"),
        ]

    def __str__(self) -> str:
        return self.street


class CallTally(models.Model):
    """One row is how many calls about closures were taken on one day: numbers, nothing else."""

    tenant_id = models.BigIntegerField()
    day = models.DateField()
    answered = models.IntegerField(default=0)
    forwarded = models.IntegerField(default=0)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "day"], name="call_tally_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.answered} + {self.forwarded}"
