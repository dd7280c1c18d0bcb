"""Doors for time; each bears being called twice."""

from typing import Any

from django.utils import timezone
from django_tasks import task

from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.queries import list_tenants
from mehrwert.portfolio import actions


@task()
def keep_reports() -> dict[str, Any]:
    """Take monthly values over, note reports that did not come, work out lights, town by town."""
    today = timezone.localdate()
    taken = missed = 0
    for tenant in list_tenants():
        with tenant_scope(tenant.pk):
            taken += actions.take_over_values(today=today)
            missed += actions.mark_missing(today=today)
            actions.refresh_all(today=today)
    return {"values": taken, "missed": missed}


@task()
def remind_editors() -> int:
    """Mail what waits: reports near or past their day, uses nobody confirmed."""
    return actions.remind_editors()
