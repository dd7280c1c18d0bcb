"""Maintenance: what must be done at a thing again and again."""

from django.db import models

from mehrwert.base.tenant import TenantManager

DAY_US = 86_400_000_000


class Maintenance(models.Model):
    """Something to do at a thing after so many days or so many hours of running, or either.

    It runs while ``datastream_id`` is above ``running_above`` (unit of that series); ``run_s`` are
    the seconds of running since ``done_us``, counted up to the reading at ``counted_us``. When it
    falls due, its place is put into the round of ``plan`` once; ``raised_us`` is when.
    """

    tenant_id = models.BigIntegerField()
    thing_id = models.BigIntegerField()
    title = models.CharField(max_length=120)
    every_days = models.PositiveIntegerField(null=True)
    every_hours = models.PositiveIntegerField(null=True)
    datastream_id = models.BigIntegerField(null=True)
    running_above = models.FloatField(null=True)
    run_s = models.FloatField(default=0.0)
    counted_us = models.BigIntegerField()
    done_us = models.BigIntegerField()
    done_by = models.CharField(max_length=200, default="", blank=True)
    plan = models.ForeignKey("TaskPlan", models.SET_NULL, null=True, related_name="maintenances")
    raised_us = models.BigIntegerField(null=True)
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "title", "id"], name="maintenance_list")]

    def __str__(self) -> str:
        return self.title

    def used(self, now_us: int) -> float:
        """Return which part of the interval is used up, the larger of days and hours; 1 = due."""
        parts = []
        if self.every_days:
            parts.append((now_us - self.done_us) / DAY_US / self.every_days)
        if self.every_hours:
            parts.append(self.run_s / 3600 / self.every_hours)
        return max(parts, default=0.0)
