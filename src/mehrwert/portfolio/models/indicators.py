"""Indicators: stable key, versions of the definition, values, the frozen baseline."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.models.projects import Project


class Indicator(models.Model):
    """One row is one indicator of a municipality by its stable key, of a project or of none.

    ``current`` is the newest version. What it means stands in the versions.
    """

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.SET_NULL, null=True, related_name="indicators")
    key = models.SlugField(max_length=80)
    current = models.ForeignKey(
        "IndicatorVersion", models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "key"], name="indicator_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class IndicatorVersion(models.Model):
    """One row is one version of a definition; never changed once it has values (PF-111).

    ``datastream_id`` is a series of the municipality that values are taken from by the month, NULL
    if people enter them. ``breaks_series`` forbids comparing with earlier versions.
    """

    tenant_id = models.BigIntegerField()
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    type = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    explanation = models.CharField(max_length=500)
    explanation_en = models.CharField(max_length=500, blank=True)
    unit = models.CharField(max_length=30)
    good_direction = models.CharField(max_length=4)
    formula = models.CharField(max_length=300, blank=True)
    datastream_id = models.BigIntegerField(null=True)
    period = models.CharField(max_length=5)
    delay_class = models.CharField(max_length=8)
    spatial_unit = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200)
    owner = models.CharField(max_length=120)
    licence = models.CharField(max_length=60, blank=True)
    decision_served = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    breaks_series = models.BooleanField(default=False)
    break_reason = models.CharField(max_length=300, blank=True)
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class IndicatorValue(models.Model):
    """One row is one value of a period, or the reason why there is none; never overwritten.

    A later row of the same period stands beside the earlier one and is the one shown. ``period`` is
    the first day of its month or year. ``value`` NULL needs ``absence``. ``origin``: own data, that
    of the association, official statistics.
    """

    tenant_id = models.BigIntegerField()
    version = models.ForeignKey(IndicatorVersion, models.CASCADE, related_name="values_of")
    period = models.DateField()
    value = models.FloatField(null=True)
    absence = models.CharField(max_length=200, blank=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    origin = models.CharField(max_length=12)
    quality = models.CharField(max_length=10, default="unchecked")
    checked_by = models.CharField(max_length=60, blank=True)
    retrieved_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["version", "period", "id"], name="indicator_period")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.period:%Y-%m}"


class Baseline(models.Model):
    """One row is the frozen list of values from before the start, or why there is none (PF-114).

    ``values`` is a list of ``[period, value]``; ``hash`` the SHA-256 of its canonical JSON.
    """

    tenant_id = models.BigIntegerField()
    project = models.OneToOneField(Project, models.CASCADE, related_name="baseline")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, null=True, related_name="+")
    values = models.JSONField(default=list)
    waiver = models.CharField(max_length=300, blank=True)
    author_role = models.CharField(max_length=60, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    frozen_us = models.BigIntegerField()

    objects = TenantManager()

    def __str__(self) -> str:
        return f"{self.project_id} {len(self.values)}"


class DashboardFigure(models.Model):
    """One row puts an indicator onto the dashboard; at most twelve per municipality (PF-161).

    ``decision_served`` says which decision the figure is for and is never empty.
    """

    tenant_id = models.BigIntegerField()
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="figures")
    position = models.SmallIntegerField()
    target = models.FloatField()
    target_on = models.DateField()
    owner_role = models.CharField(max_length=120)
    decision_served = models.CharField(max_length=300)
    alarm_limit = models.FloatField(null=True)
    changed_us = models.BigIntegerField()
    opened_us = models.BigIntegerField(null=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "indicator"], name="figure_once"),
            models.CheckConstraint(condition=~models.Q(decision_served=""), name="figure_decides"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.indicator_id}"
