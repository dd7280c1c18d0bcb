"""Doors for work in the background; each bears being called twice."""

from django.utils.timezone import localdate
from django_tasks import task

from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.queries import list_tenants
from mehrwert.provision import actions


@task()
def push_all_phases() -> int:
    """Bring the phase of every project to today; time alone changes some."""
    changed = 0
    for tenant in list_tenants():
        with tenant_scope(tenant.pk):
            changed += actions.push_phases(today=localdate())
    return changed
