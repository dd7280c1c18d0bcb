"""The logic model of a project: steps and the arrows between them."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.models.indicators import Indicator
from mehrwert.portfolio.models.projects import Project


class LogicStep(models.Model):
    """One row is one step: an activity, an output, an outcome or an impact (EVI-22).

    ``indicator`` is what measures it, if anything does.
    """

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="logic_steps")
    kind = models.CharField(max_length=8)
    text = models.CharField(max_length=160)
    indicator = models.ForeignKey(Indicator, models.SET_NULL, null=True, related_name="+")

    objects = TenantManager()

    def __str__(self) -> str:
        return self.text


class LogicArrow(models.Model):
    """One row says that one step leads to another, on which assumption, and how well that is known.

    ``evidence_class`` is 0 (nobody measured it) to 4; above 0 ``source`` says who found it.
    """

    tenant_id = models.BigIntegerField()
    start = models.ForeignKey(LogicStep, models.CASCADE, related_name="leads")
    end = models.ForeignKey(LogicStep, models.CASCADE, related_name="led")
    assumption = models.CharField(max_length=300)
    evidence_class = models.SmallIntegerField(default=0)
    source = models.CharField(max_length=300, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["start", "end"], name="logic_arrow_once"),
            models.CheckConstraint(
                condition=models.Q(evidence_class=0)
                | (models.Q(evidence_class__range=(1, 4)) & ~models.Q(source="")),
                name="logic_class_has_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_id} → {self.end_id}"
