"""Doors for work in the background; each bears being called twice."""

from datetime import timedelta

from django.utils.timezone import localdate
from django_tasks import task

from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.queries import list_tenants
from mehrwert.starters import actions


@task()
def feed_phone_desks() -> int:
    """Write yesterday's numbers of every phone desk that measures with the package."""
    yesterday = localdate() - timedelta(days=1)
    written = 0
    for tenant in list_tenants():
        with tenant_scope(tenant.pk):
            written += actions.feed_phone_desk(yesterday, actor=SYSTEM)
    return written
