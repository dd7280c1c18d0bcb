"""Background work: jobs with leases, the timetable, leases of services that run once."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    READY = "ready", _("wartet")
    RUNNING = "running", _("läuft")
    DONE = "done", _("fertig")
    FAILED = "failed", _("gescheitert")
    CANCELLED = "cancelled", _("abgebrochen")


class Job(models.Model):
    """One row is one piece of background work, its progress and its outcome.

    ``tries`` is the fencing number: a worker whose lease was taken over can no longer write.
    """

    id = models.CharField(max_length=32, primary_key=True)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    kwargs = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.READY)
    title = models.CharField(max_length=200, default="", blank=True)
    tenant_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=12, default="system")
    actor_id = models.BigIntegerField(default=0)
    actor_label = models.CharField(max_length=200, default="", blank=True)
    enqueued_us = models.BigIntegerField()
    run_after_us = models.BigIntegerField(default=0)
    started_us = models.BigIntegerField(null=True)
    finished_us = models.BigIntegerField(null=True)
    tries = models.IntegerField(default=0)
    most_tries = models.IntegerField(default=3)
    holder = models.CharField(max_length=80, default="", blank=True)
    lease_until_us = models.BigIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    step = models.CharField(max_length=200, default="", blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    checkpoint = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    error = models.TextField(default="", blank=True)
    error_detail = models.TextField(default="", blank=True)

    class Meta:
        db_table = "base_job"
        indexes = [
            models.Index(fields=["state", "run_after_us"], name="base_job_due"),
            models.Index(fields=["tenant_id", "-enqueued_us"], name="base_job_tenant"),
        ]

    def __str__(self) -> str:
        return self.title or self.task

    @property
    def is_open(self) -> bool:
        """Say whether the job is waiting or running."""
        return self.state in {JobState.READY, JobState.RUNNING}


class TimetableRun(models.Model):
    """One row says when an entry of the timetable was last put into the queue."""

    name = models.CharField(max_length=80, primary_key=True)
    last_us = models.BigIntegerField(default=0)

    class Meta:
        db_table = "base_timetable_run"

    def __str__(self) -> str:
        return self.name


class Lease(models.Model):
    """One row is a service that only one process runs at a time."""

    name = models.CharField(max_length=80, primary_key=True)
    holder = models.CharField(max_length=80)
    until_us = models.BigIntegerField()

    class Meta:
        db_table = "base_lease"

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
