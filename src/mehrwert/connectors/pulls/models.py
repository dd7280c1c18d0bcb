"""Tables of the room."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.intake.models import Source


class Pull(models.Model):
    """One row is one thing that is fetched again and again from a foreign server.

    ``answers`` are those to the questions of its recipe, ``cursor_us`` is the newest time that is
    stored, ``seen`` what of a folder was read (name → size and time), ``host_key`` the fingerprint
    of an SFTP server since the first time. ``failures`` counts those without a success between.
    ``lease_until_us`` lies ahead while a process fetches.
    """

    tenant_id = models.BigIntegerField()
    source = models.OneToOneField(Source, models.PROTECT, related_name="pull")
    recipe = models.CharField(max_length=60)
    answers = models.JSONField(default=dict)
    username = models.CharField(max_length=200, default="", blank=True)
    sealed_password = models.TextField(default="", blank=True)
    host_key = models.CharField(max_length=120, default="", blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    every_s = models.PositiveIntegerField()
    cursor_us = models.BigIntegerField(null=True)
    seen = models.JSONField(default=dict, blank=True)
    failures = models.PositiveIntegerField(default=0)
    due_us = models.BigIntegerField()
    lease_until_us = models.BigIntegerField(default=0)
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        db_table = "pulls_pull"
        indexes = [
            models.Index(fields=["due_us"], name="pulls_pull_due"),
            models.Index(fields=["tenant_id"], name="pulls_pull_tenant"),
        ]

    def __str__(self) -> str:
        return self.source.name


class PullRun(models.Model):
    """One row is one run of a pull: what it brought, or why it did not.

    ``told`` is a sentence with its values: the error, or a remark such as a gap that stays.
    """

    tenant_id = models.BigIntegerField()
    pull = models.ForeignKey(Pull, models.CASCADE, related_name="runs")
    started_us = models.BigIntegerField()
    ended_us = models.BigIntegerField()
    is_ok = models.BooleanField()
    n_new = models.PositiveIntegerField(default=0)
    n_same = models.PositiveIntegerField(default=0)
    n_corrected = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=dict, blank=True)

    objects = TenantManager()

    class Meta:
        db_table = "pulls_run"
        indexes = [models.Index(fields=["pull", "-started_us"], name="pulls_run_newest")]

    def __str__(self) -> str:
        return f"{self.pull_id}: {self.started_us}"
