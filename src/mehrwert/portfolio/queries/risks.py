"""Reads risks with what is done about them."""

from django.db.models import Prefetch, QuerySet

from mehrwert.portfolio.models import Countermeasure, CountermeasureCheck, Project, Risk


def list_risks(project: Project, *, is_open: bool | None = None) -> "QuerySet[Risk]":
    """Return the risks of a project with their chain, open and oldest first."""
    checks = CountermeasureCheck.objects.order_by("checked_on", "pk")
    measures = Countermeasure.objects.order_by("since", "pk").prefetch_related(
        Prefetch("checks", queryset=checks)
    )
    rows = Risk.objects.filter(project=project).prefetch_related(
        Prefetch("countermeasures", queryset=measures)
    )
    if is_open is not None:
        rows = rows.filter(closed_on__isnull=is_open)
    return rows.order_by("closed_on", "since", "pk")
