"""Reports of a project: each frozen once delivered, each linked to the one before."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.choices.reports import ReportState
from mehrwert.portfolio.models.projects import Project


class Report(models.Model):
    """One row is the report of one project for the months that end with ``month``.

    ``month`` is the first day of its last month. ``content`` is the canonical JSON that was frozen
    on delivery, empty before it and after it was erased (``erased_us``). ``digest`` covers ``salt``
    and content, ``hash`` covers the digest and ``previous_hash``. ``missed_us`` is set when the due
    day passed without it; a later delivery leaves it there, so that both stay visible.
    ``seconds`` is how long it took from opening the form to delivery; NULL = not known.
    """

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="reports")
    month = models.DateField()
    state = models.CharField(max_length=14, default=ReportState.DRAFT.value)
    stated = models.CharField(max_length=8, blank=True)
    sentence = models.CharField(max_length=300, blank=True)
    actual_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    forecast_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    computed = models.CharField(max_length=12, blank=True)
    parts = models.JSONField(default=dict)
    ruleset = models.CharField(max_length=12, blank=True)
    content = models.TextField(blank=True)
    salt = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    number = models.IntegerField(null=True)
    missed_us = models.BigIntegerField(null=True)
    delivered_us = models.BigIntegerField(null=True)
    erased_us = models.BigIntegerField(null=True)
    author_role = models.CharField(max_length=60, blank=True)
    seconds = models.IntegerField(null=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "month"], name="report_once"),
            models.UniqueConstraint(fields=["project", "number"], name="report_number_once"),
        ]
        indexes = [models.Index(fields=["tenant_id", "month", "state"], name="report_month")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month:%Y-%m}"

    @property
    def is_late(self) -> bool:
        """Say whether it came after its due day."""
        return self.missed_us is not None and self.delivered_us is not None


class ReportCorrection(models.Model):
    """One row says what was wrong in a delivered report; ``joined`` is the report that prints it.

    The delivered report stays as it is. Values are texts, as people read them.
    """

    tenant_id = models.BigIntegerField()
    report = models.ForeignKey(Report, models.CASCADE, related_name="corrections")
    joined = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="printed")
    field = models.CharField(max_length=20)
    old = models.CharField(max_length=300, blank=True)
    new = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300)
    author_role = models.CharField(max_length=60, blank=True)
    at_us = models.BigIntegerField()

    objects = TenantManager()

    def __str__(self) -> str:
        return f"{self.report_id} {self.field}"


class NeededDecision(models.Model):
    """One row is something somebody must decide: what, which body, until when.

    ``decided_on`` NULL = still open; ``outcome`` is what was decided in a few words.
    """

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="needed_decisions")
    question = models.CharField(max_length=160)
    why = models.CharField(max_length=300, blank=True)
    body = models.CharField(max_length=120)
    until = models.DateField()
    asked_us = models.BigIntegerField()
    decided_on = models.DateField(null=True)
    outcome = models.CharField(max_length=300, blank=True)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "decided_on", "until"], name="needed_open")]

    def __str__(self) -> str:
        return self.question


class DecisionUse(models.Model):
    """One row says that an indicator lay on the table when something was decided (PF-163)."""

    tenant_id = models.BigIntegerField()
    decision = models.ForeignKey(NeededDecision, models.CASCADE, related_name="used")
    indicator = models.ForeignKey("portfolio.Indicator", models.CASCADE, related_name="used_in")

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "indicator"], name="decision_use_once")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.indicator_id}"
