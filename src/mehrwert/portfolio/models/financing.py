"""Money from elsewhere, what is switched off in return, and on what else a project depends."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.models.projects import Project


class Funding(models.Model):
    """One row is one funding of a project.

    ``share`` is the funded part of the running cost, 0 to 1. ``ends_on`` is the last funded day,
    ``committed_until`` how long the project must go on (NULL = not known). ``decided_on`` is the
    day somebody decided how it goes on afterwards, ``decision`` what they decided. ``fields`` is
    what the funder's form asks for, in its order: name, unit, indicator (key or empty = open),
    factor (decimal as text), rule.
    """

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="fundings")
    programme = models.CharField(max_length=160)
    share = models.DecimalField(max_digits=5, decimal_places=4)
    ends_on = models.DateField()
    committed_until = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decision = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=list)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "ends_on"], name="funding_ends")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(share__gte=0, share__lte=1), name="funding_share"
            )
        ]

    def __str__(self) -> str:
        return self.programme


class Replacement(models.Model):
    """One row is an old procedure or licence that is switched off in return (PF-154).

    It counts only from ``off_on`` on, and only if somebody confirmed it.
    """

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="replacements")
    name = models.CharField(max_length=160)
    off_on = models.DateField()
    yearly_eur = models.DecimalField(max_digits=12, decimal_places=2)
    confirmed_by = models.CharField(max_length=120, blank=True)

    objects = TenantManager()

    def __str__(self) -> str:
        return self.name


class Dependency(models.Model):
    """One row says that a project needs, feeds or replaces another, once somebody confirmed it."""

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="dependencies")
    target = models.ForeignKey(Project, models.CASCADE, related_name="needed_by")
    kind = models.CharField(max_length=8)
    confirmed_us = models.BigIntegerField(null=True)
    confirmed_by = models.CharField(max_length=60, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "target", "kind"], name="dependency_once"),
            models.CheckConstraint(
                condition=~models.Q(project=models.F("target")), name="dependency_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.target_id}"


class SpatialSplit(models.Model):
    """One row says where the benefit of a project arises, and what that rests on (PF-153).

    Shares are per cent and add up to 100. ``shared_positions`` are the positions of the cost sheet
    that belong to a support structure, a standard or shared data; all others are local.
    """

    tenant_id = models.BigIntegerField()
    project = models.OneToOneField(Project, models.CASCADE, related_name="spatial_split")
    municipality = models.DecimalField(max_digits=5, decimal_places=2)
    neighbours = models.DecimalField(max_digits=5, decimal_places=2)
    land = models.DecimalField(max_digits=5, decimal_places=2)
    federal = models.DecimalField(max_digits=5, decimal_places=2)
    municipality_evidence = models.CharField(max_length=200, blank=True)
    neighbours_evidence = models.CharField(max_length=200, blank=True)
    land_evidence = models.CharField(max_length=200, blank=True)
    federal_evidence = models.CharField(max_length=200, blank=True)
    shared_positions = models.JSONField(default=list)
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    def __str__(self) -> str:
        return f"{self.project_id}: {self.municipality} %"
