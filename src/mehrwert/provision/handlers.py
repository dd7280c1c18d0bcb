"""Something changed in a project: its phase is computed anew."""

from django.utils.timezone import localdate

from mehrwert.base.events import Event
from mehrwert.base.tenant import tenant_scope
from mehrwert.provision import actions


def on_change(event: Event, *, tenant_id: int | None) -> None:
    """Compute the phases of the municipality the event tells of. Bears being called twice."""
    if tenant_id is not None:
        with tenant_scope(tenant_id):
            actions.push_phases(today=localdate())
