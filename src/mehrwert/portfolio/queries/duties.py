"""Reads duties: the list of a municipality, and those a project serves."""

from django.db.models import QuerySet

from mehrwert.portfolio.models import Duty, Project, ProjectDuty


def list_duties(project: Project | None = None) -> "QuerySet[Duty]":
    """Return duties with the projects that serve them; of one project or all of the list."""
    rows = Duty.objects.prefetch_related("served_by__project").order_by("task", "norm", "pk")
    return rows if project is None else rows.filter(served_by__project=project)


def list_duties_to_choose(project: Project) -> list[Duty]:
    """Return duties of the list that a project does not serve yet."""
    there = ProjectDuty.objects.filter(project=project).values("duty")
    return list(Duty.objects.exclude(pk__in=there).order_by("task", "norm"))
