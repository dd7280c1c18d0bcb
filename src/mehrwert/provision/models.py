"""Answers about a municipality, and its stored assessments."""

from django.db import models

from mehrwert.base.tenant import TenantManager


class PhaseAnswer(models.Model):
    """One row is one answer to one question; a newer one counts, the older ones stay.

    ``halves`` is 0, 1 or 2 for 0, ½ and 1; null takes the answer back, so that the question is
    open again. A document with title and day makes it an answer with proof, otherwise it is a
    self-report.
    """

    tenant_id = models.BigIntegerField()
    indicator = models.CharField(max_length=4)
    halves = models.SmallIntegerField(null=True)
    document_title = models.CharField(max_length=200, blank=True)
    document_url = models.URLField(max_length=500, blank=True)
    document_on = models.DateField(null=True)
    answered_us = models.BigIntegerField()
    answered_by = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "indicator", "-answered_us"], name="phase_answer")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.halves}"


class PhaseAssessment(models.Model):
    """One row is where a municipality stood on one day; it is never changed (PF-06).

    ``record`` holds, for the whole and for every field of action, the indicators with value,
    source and raw reading, the three scores and the label; ``ruleset`` is the version of the
    limits. ``record_hash`` is the SHA-256 of its canonical JSON.
    """

    tenant_id = models.BigIntegerField()
    made_us = models.BigIntegerField()
    made_by = models.CharField(max_length=200, blank=True)
    ruleset = models.CharField(max_length=20)
    label = models.CharField(max_length=16)
    record = models.JSONField()
    record_hash = models.CharField(max_length=64)
    is_demo = models.BooleanField(default=False)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "-made_us"], name="phase_assessment")]

    def __str__(self) -> str:
        return f"{self.label} {self.made_us}"
