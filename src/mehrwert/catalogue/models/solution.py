"""A solution and its versions. Global: no tenant owns a row, everybody may read what is public."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Solution(models.Model):
    """One row is one solution as it stands now.

    ``profile`` is the content of ``mehrwert.yml`` without its provenance, ``provenance`` says by
    JSON pointer who said so and when; both are the truth. All other columns below them are worked
    out from these by ``recording.project`` so that lists and filters need no JSON.
    A missing key in ``profile`` means nobody said anything.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("Adresse"), max_length=80, unique=True)
    import_id = models.CharField(max_length=120, null=True, unique=True)
    entry_origin = models.CharField(max_length=10)
    owner_tenant_id = models.IntegerField(null=True)
    is_public = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)
    is_gone = models.BooleanField(default=False)
    profile = models.JSONField(default=dict)
    provenance = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
    created_us = models.BigIntegerField()
    changed_us = models.BigIntegerField()

    name = models.CharField(_("Name"), max_length=120)
    sort_name = models.CharField(max_length=120)
    short_description = models.CharField(_("Kurzbeschreibung"), max_length=400, blank=True)
    status = models.CharField(max_length=10, blank=True)
    component_type = models.CharField(max_length=24, blank=True)
    level = models.CharField(max_length=14)
    source_date = models.DateField(null=True)
    freshness = models.CharField(max_length=8)
    freshness_factor = models.FloatField(default=0.5)

    evidence_class = models.SmallIntegerField(null=True)
    evidence_direction = models.CharField(max_length=24, blank=True)
    evidence = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["is_public", "sort_name", "id"], name="solution_public_name"),
            models.Index(fields=["changed_us"], name="solution_changed"),
            models.Index(fields=["owner_tenant_id"], name="solution_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class SolutionVersion(models.Model):
    """One row is a solution as it stood after one change; rows are never changed or deleted."""

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    profile = models.JSONField()
    provenance = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    author_role = models.CharField(max_length=120)
    reverts_to = models.IntegerField(null=True)
    at_us = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["solution", "number"], name="solution_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.solution_id} v{self.number}"
