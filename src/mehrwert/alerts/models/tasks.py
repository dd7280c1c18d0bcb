"""Work that follows from alerts: plans of rounds, rounds, their stops."""

from django.db import models
from django.db.models import Q

from mehrwert.alerts.choices import PlanScope, TaskKind
from mehrwert.base.tenant import TenantManager


class TaskPlan(models.Model):
    """What is to be done when rules that name this plan are met, and from where.

    ``thing_ids`` are the places of a round that always goes to all of them; a plan of the scope
    ``where_measured`` goes only to the places whose rule was met. Without a start the round begins
    anywhere.
    """

    tenant_id = models.BigIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, default=TaskKind.OTHER.value)
    scope = models.CharField(max_length=16, default=PlanScope.WHERE_MEASURED.value)
    thing_ids = models.JSONField(default=list)
    advice = models.CharField(max_length=300, default="", blank=True)
    start_name = models.CharField(max_length=120, default="", blank=True)
    start_lon = models.FloatField(null=True)
    start_lat = models.FloatField(null=True)
    returns = models.BooleanField(default=True)
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "title", "id"], name="task_plan_list")]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """One round: what was to be done, where, in which order. At most one of a plan is open.

    ``distance_m`` is the length of the way as the crow flies, None before it was ordered and when
    fewer than two places are known. ``is_ordered`` is False while the order is out of date.
    """

    tenant_id = models.BigIntegerField()
    plan = models.ForeignKey(TaskPlan, models.SET_NULL, null=True, related_name="tasks")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    advice = models.CharField(max_length=300, default="", blank=True)
    start_name = models.CharField(max_length=120, default="", blank=True)
    start_lon = models.FloatField(null=True)
    start_lat = models.FloatField(null=True)
    returns = models.BooleanField(default=True)
    raised_us = models.BigIntegerField()
    closed_us = models.BigIntegerField(null=True)
    closed_by = models.CharField(max_length=200, default="", blank=True)
    distance_m = models.PositiveIntegerField(null=True)
    is_ordered = models.BooleanField(default=False)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_us=None), name="task_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["tenant_id", "-raised_us", "-id"], name="task_list"),
            models.Index(fields=["is_ordered", "closed_us"], name="task_to_order"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskStop(models.Model):
    """One place of a round. Neither done nor dropped = still to do.

    ``alert`` is why one goes there; ``dropped_us`` is when that was over before anybody came.
    """

    tenant_id = models.BigIntegerField()
    task = models.ForeignKey(Task, models.CASCADE, related_name="stops")
    thing_id = models.BigIntegerField()
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    alert = models.ForeignKey("Alert", models.SET_NULL, null=True, related_name="stops")
    done_us = models.BigIntegerField(null=True)
    done_by = models.CharField(max_length=200, default="", blank=True)
    dropped_us = models.BigIntegerField(null=True)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "thing_id"], name="task_stop_once")]
        indexes = [models.Index(fields=["task", "place"], name="task_stop_order")]

    def __str__(self) -> str:
        return self.name
