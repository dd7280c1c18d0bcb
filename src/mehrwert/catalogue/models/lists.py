"""Lists of measures that a municipality hands in, and what each row became."""

from django.db import models

from mehrwert.base.tenant import TenantManager

from .solution import Solution


class ListImport(models.Model):
    """One row is one file of one municipality, from its preview to its result.

    ``tables`` are the texts of its sheets by name (names, rows, first_row); emptied when the list
    is taken over or thrown away. ``plan`` says what each column of the chosen sheet holds
    (``targets``), what its words mean (``words``) and of which day it is (``dated``). ``report``
    counts what became of it.
    """

    tenant_id = models.BigIntegerField()
    state = models.CharField(max_length=8)
    file_name = models.CharField(max_length=200)
    tables = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    actor_label = models.CharField(max_length=200, blank=True)
    created_us = models.BigIntegerField()
    finished_us = models.BigIntegerField(null=True)

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "-created_us"], name="list_import_tenant")]

    def __str__(self) -> str:
        return self.file_name


class ListImportRow(models.Model):
    """One row is one entry that a list added or changed.

    ``written`` is the profile as the list left it: an entry that looks different now was changed
    by somebody. ``before`` are profile and provenance of a changed entry, to bring them back.
    """

    list_import = models.ForeignKey(ListImport, models.CASCADE, related_name="entries")
    solution = models.ForeignKey(Solution, models.SET_NULL, null=True, related_name="+")
    position = models.IntegerField()
    name = models.CharField(max_length=120)
    is_new = models.BooleanField()
    written = models.JSONField()
    before = models.JSONField(null=True)

    def __str__(self) -> str:
        return self.name
