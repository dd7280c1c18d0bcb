"""What a municipality declares about its own use of a solution, with its history."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.choices import ItemState, OperatingModel


class DeclaredAdoption(models.Model):
    """One row is how this municipality is connected with one solution, as it says itself.

    ``relation`` and ``status`` are two axes; they repeat the newest event. ``since`` is a year,
    month or day as given. ``extent`` says how much: users, devices, area. Empty = nobody said.
    ``variant`` is what was changed here, ``variant_entry`` the own entry of the catalogue that
    describes it; whether it is public and offered to the origin is NULL while nobody said.
    A row that is public stands in the catalogue too, which anybody may read.
    """

    tenant_id = models.BigIntegerField()
    solution = models.ForeignKey("catalogue.Solution", models.PROTECT, related_name="+")
    solution_version = models.IntegerField()
    project = models.ForeignKey(
        "portfolio.Project", models.SET_NULL, null=True, related_name="adoptions"
    )
    relation = models.CharField(max_length=16)
    status = models.CharField(max_length=10)
    since = models.CharField(max_length=10, blank=True)
    origin_name = models.CharField(max_length=160, blank=True)
    origin_basis = models.CharField(max_length=20, blank=True)
    operator = models.CharField(max_length=160, blank=True)
    operating_model = models.CharField(max_length=12, default=OperatingModel.UNKNOWN.value)
    extent = models.CharField(max_length=200, blank=True)
    contact_role = models.CharField(max_length=120, blank=True)
    variant = models.CharField(max_length=500, blank=True)
    variant_entry = models.ForeignKey(
        "catalogue.Solution", models.SET_NULL, null=True, related_name="+"
    )
    variant_is_public = models.BooleanField(null=True)
    variant_is_offered = models.BooleanField(null=True)
    end_reason = models.CharField(max_length=16, blank=True)
    replaced_by = models.CharField(max_length=160, blank=True)
    lessons = models.CharField(max_length=1500, blank=True)
    is_public = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    declared_by = models.CharField(max_length=200, blank=True)
    verified_on = models.DateField()
    created_us = models.BigIntegerField()
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "solution"], name="declared_adoption_once")
        ]
        indexes = [
            models.Index(fields=["tenant_id", "-changed_us"], name="declared_adoption_tenant")
        ]

    def __str__(self) -> str:
        return f"{self.solution_id}: {self.relation}, {self.status}"


class AdoptionEvent(models.Model):
    """One row says that from a day on relation and status were these; rows are only added.

    ``on`` is the first day of ``since``, the day as given.
    """

    tenant_id = models.BigIntegerField()
    adoption = models.ForeignKey(DeclaredAdoption, models.CASCADE, related_name="events")
    on = models.DateField()
    since = models.CharField(max_length=10)
    relation = models.CharField(max_length=16)
    status = models.CharField(max_length=10)
    note = models.CharField(max_length=300, blank=True)
    told_by = models.CharField(max_length=200, blank=True)
    told_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["adoption", "on"], name="adoption_event_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.relation}, {self.status}"


class ChecklistItem(models.Model):
    """One row is one answered line of the checklist of an adoption; no row = still open."""

    tenant_id = models.BigIntegerField()
    adoption = models.ForeignKey(DeclaredAdoption, models.CASCADE, related_name="checklist")
    key = models.CharField(max_length=24)
    state = models.CharField(max_length=8, default=ItemState.OPEN.value)
    owner = models.CharField(max_length=120, blank=True)
    day = models.DateField(null=True)
    proof = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adoption", "key"], name="checklist_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"
