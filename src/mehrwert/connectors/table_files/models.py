"""The one table of the room. The readings themselves are rows of ``observations``."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.connectors.table_files.choices import ImportKind, ImportState


class TableImport(models.Model):
    """One row is one file or folder that somebody handed in, from its preview to its result.

    ``plan`` says how rows become readings, ``series`` where each column goes, ``tally`` what was
    found, ``created`` which things and series this import made, so that undoing removes them,
    ``error`` a sentence with its data as JSON.
    Of a workbook ``sheets`` are the names, ``sheet`` the one that is read; the workbook itself lies
    beside the plain table. ``path`` is relative to the folder of files while the file is kept, else
    empty.
    """

    tenant_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, default=ImportKind.UPLOAD.value)
    state = models.CharField(max_length=10, default=ImportState.DRAFT.value)
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=300, default="", blank=True)
    size_bytes = models.BigIntegerField(default=0)
    plan = models.JSONField(default=dict)
    series = models.JSONField(default=dict)
    tally = models.JSONField(default=dict)
    created = models.JSONField(default=dict)
    sheets = models.JSONField(default=list, blank=True)
    sheet = models.CharField(max_length=100, default="", blank=True)
    job_id = models.CharField(max_length=32, default="", blank=True)
    batch_id = models.BigIntegerField(null=True)
    error = models.TextField(default="", blank=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(default=0)
    actor_label = models.CharField(max_length=200, default="", blank=True)
    created_us = models.BigIntegerField()
    finished_us = models.BigIntegerField(null=True)

    objects = TenantManager()

    class Meta:
        db_table = "table_files_import"
        indexes = [
            models.Index(fields=["tenant_id", "-created_us"], name="table_files_tenant"),
            models.Index(fields=["state", "created_us"], name="table_files_state"),
        ]

    def __str__(self) -> str:
        return self.name


class TableProblem(models.Model):
    """One row is one remark on a row or cell of a table; some thousands of an import are kept."""

    tenant_id = models.BigIntegerField()
    table_import = models.ForeignKey(TableImport, models.CASCADE, related_name="problems")
    file = models.CharField(max_length=200, default="", blank=True)
    row = models.BigIntegerField()
    column = models.IntegerField()
    name = models.CharField(max_length=200, default="", blank=True)
    code = models.CharField(max_length=20)
    cell = models.CharField(max_length=80, default="", blank=True)

    objects = TenantManager()

    class Meta:
        db_table = "table_files_problem"
        indexes = [models.Index(fields=["table_import", "id"], name="table_files_problem_list")]

    def __str__(self) -> str:
        return f"{self.row}/{self.column}: {self.code}"
