"""What an adoption or a project costs: a sheet with lines, one per position."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.choices import CostVisibility, LineState, VatState


class CostSheet(models.Model):
    """One row is what one use or one project costs; it belongs to one of both, or to both.

    Amounts are euros of ``price_year`` as the lines say; ``vat`` says how they are meant.
    ``population`` NULL = that of the municipality. ``life_years`` spreads the one-off part,
    ``funded_percent`` of it is paid by a programme (NULL =
    unknown). ``growth`` (0.02 = 2 %) raises the yearly amounts from the second year on.
    """

    tenant_id = models.BigIntegerField()
    adoption = models.OneToOneField(
        "portfolio.DeclaredAdoption", models.CASCADE, null=True, related_name="cost_sheet"
    )
    project = models.OneToOneField(
        "portfolio.Project", models.CASCADE, null=True, related_name="cost_sheet"
    )
    price_year = models.IntegerField()
    life_years = models.SmallIntegerField(default=5)
    growth = models.DecimalField(max_digits=6, decimal_places=4, default=0)
    population = models.IntegerField(null=True)
    vat = models.CharField(max_length=10, default=VatState.UNKNOWN.value)
    source_kind = models.CharField(max_length=16)
    source = models.CharField(max_length=300, blank=True)
    funded_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    budget_product = models.CharField(max_length=60, blank=True)
    visibility = models.CharField(max_length=10, default=CostVisibility.AGGREGATE.value)
    verified_on = models.DateField()
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(adoption__isnull=False) | models.Q(project__isnull=False),
                name="cost_sheet_belongs",
            )
        ]

    def __str__(self) -> str:
        return f"{self.adoption_id or self.project_id}: {self.price_year}"


class CostLine(models.Model):
    """One row is one position of a sheet; no row = unknown.

    Of an amount either part may be NULL: then that part is 0, except in the position ``unsplit``,
    where NULL is unknown. Hours stand beside and are never added to euros.
    """

    tenant_id = models.BigIntegerField()
    sheet = models.ForeignKey(CostSheet, models.CASCADE, related_name="lines")
    position = models.CharField(max_length=16)
    state = models.CharField(max_length=8, default=LineState.UNKNOWN.value)
    once = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    yearly = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    hours_once = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    hours_yearly = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    driver = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "position"], name="cost_line_once")]

    def __str__(self) -> str:
        return f"{self.position}: {self.state}"
