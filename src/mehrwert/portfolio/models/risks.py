"""Risks, what is done about them, and whether it helped (PF-107)."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.models.projects import Project


class Risk(models.Model):
    """One row is one risk of a project; ``closed_on`` NULL = open."""

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="risks")
    text = models.CharField(max_length=300)
    size = models.CharField(max_length=8)
    since = models.DateField()
    closed_on = models.DateField(null=True)
    close_reason = models.CharField(max_length=300, blank=True)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "closed_on", "since"], name="risk_open")]

    def __str__(self) -> str:
        return self.text


class Countermeasure(models.Model):
    """One row is what is done about a risk, since when, and which role takes care."""

    tenant_id = models.BigIntegerField()
    risk = models.ForeignKey(Risk, models.CASCADE, related_name="countermeasures")
    text = models.CharField(max_length=300)
    since = models.DateField()
    responsible = models.CharField(max_length=120)

    objects = TenantManager()

    def __str__(self) -> str:
        return self.text


class CountermeasureCheck(models.Model):
    """One row says on a day whether the risk became smaller, stayed the same or grew."""

    tenant_id = models.BigIntegerField()
    countermeasure = models.ForeignKey(Countermeasure, models.CASCADE, related_name="checks")
    checked_on = models.DateField()
    effect = models.CharField(max_length=8)
    note = models.CharField(max_length=300, blank=True)

    objects = TenantManager()

    def __str__(self) -> str:
        return f"{self.checked_on} {self.effect}"
