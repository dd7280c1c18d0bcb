"""Reads rounds and their plans."""

from django.db.models import Count, Q, QuerySet

from mehrwert.alerts.models import Task, TaskPlan, TaskStop


def list_plans() -> "QuerySet[TaskPlan]":
    """Return the plans of rounds by title, each with how many rules name it."""
    return TaskPlan.objects.annotate(n_rules=Count("rules")).order_by("title", "pk")


def list_tasks(*, is_open: bool | None = None) -> "QuerySet[Task]":
    """Return rounds, newest first, each with how many places it has and how many are left."""
    left = Q(stops__done_us=None, stops__dropped_us=None)
    rows = Task.objects.annotate(
        n_stops=Count("stops"), n_left=Count("stops", filter=left)
    ).order_by("-raised_us", "-pk")
    return rows if is_open is None else rows.filter(closed_us__isnull=is_open)


def count_open_tasks() -> int:
    """Return how many rounds are to be done."""
    return Task.objects.filter(closed_us=None).count()


def list_stops(task: Task) -> list[TaskStop]:
    """Return the places of a round in the order of the way."""
    rows = TaskStop.objects.filter(task=task).select_related("alert")
    return list(rows.order_by("place", "pk"))
