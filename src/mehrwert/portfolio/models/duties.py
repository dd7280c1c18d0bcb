"""Which tasks of a municipality a norm asks for, and which projects serve them (PF-155)."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.models.projects import Project


class Duty(models.Model):
    """One row is one task by one norm: the list a municipality keeps and somebody checks.

    ``land`` is the two-digit key of the Land the norm is of, empty for federal law. ``since`` is
    the day from which it obliges (NULL = not known). ``reviewed_on`` NULL = nobody checked it; a
    change of task, norm, Land, kind or day takes the check back.
    """

    tenant_id = models.BigIntegerField()
    task = models.CharField(max_length=160)
    norm = models.CharField(max_length=160)
    land = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=12)
    since = models.DateField(null=True)
    reviewer = models.CharField(max_length=120, blank=True)
    reviewed_on = models.DateField(null=True)
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "task", "norm", "land"], name="duty_once")
        ]

    def __str__(self) -> str:
        return f"{self.task}, {self.norm}"


class ProjectDuty(models.Model):
    """One row says that a project serves a duty."""

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="duties")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="served_by")

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "duty"], name="project_duty_once")
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.duty_id}"
