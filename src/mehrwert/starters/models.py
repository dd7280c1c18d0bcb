"""Packages as municipalities have set them up."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.starters.choices import State


class Installation(models.Model):
    """One row is one package in one municipality.

    ``package`` is the package as it was taken (``Package.to_json``), ``parameters`` the values for
    it, ``answers`` the goal, the smallest relevant difference in per cent and the first month of
    full operation. ``extras`` holds ids of sensors and properties that were made for it.
    ``previous`` is package and parameters before the last update, for going back.
    """

    tenant_id = models.BigIntegerField()
    slug = models.CharField(max_length=60)
    state = models.CharField(max_length=8, default=State.DRAFT.value)
    version = models.CharField(max_length=16)
    checksum = models.CharField(max_length=64)
    package = models.JSONField()
    parameters = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    extras = models.JSONField(default=dict)
    previous = models.JSONField(null=True)
    is_demo = models.BooleanField(default=False)
    created_us = models.BigIntegerField()
    live_us = models.BigIntegerField(null=True)
    changed_us = models.BigIntegerField()
    changed_by = models.CharField(max_length=200, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "slug"], name="starters_installed_once")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class InstalledPiece(models.Model):
    """One row is one thing that an installation made.

    ``made`` is how the package wanted it, ``object_id`` where it is in its own room; what lives
    here (indicator, layer, task) has its present values in ``values``. ``done_us`` and ``note``
    are those of a task.
    """

    tenant_id = models.BigIntegerField()
    installation = models.ForeignKey(Installation, models.CASCADE, related_name="pieces")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    object_id = models.BigIntegerField(null=True)
    made = models.JSONField()
    values = models.JSONField()
    done_us = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "key"], name="starters_piece_once")
        ]
        indexes = [models.Index(fields=["installation", "kind"], name="starters_piece_kind")]

    def __str__(self) -> str:
        return self.title
