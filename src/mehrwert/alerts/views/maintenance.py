"""Pages: what must be done at a thing again and again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.alerts import access, actions, queries
from mehrwert.alerts.forms import MaintenanceForm, initial_maintenance
from mehrwert.alerts.models import Maintenance
from mehrwert.alerts.presenting import address, series_names
from mehrwert.base.http import needs, render_page
from mehrwert.observations import queries as observations
from mehrwert.observations.access import actor_of, tenant_of

FORM = ["GET", "HEAD", "POST"]
CASE = "pumpen"


@needs("edit_data")
@require_http_methods(FORM)
def maintenance_new(request: HttpRequest) -> HttpResponse:
    """Say what must be done how often."""
    return _edit(request, None, {})


@needs("edit_data")
@require_http_methods(FORM)
def maintenance_edit(request: HttpRequest, maintenance_id: int) -> HttpResponse:
    """Change a maintenance."""
    row = access.find_maintenance(maintenance_id)
    return _edit(request, row, initial_maintenance(row))


@needs("capture")
@require_POST
def maintenance_done(request: HttpRequest, maintenance_id: int) -> HttpResponse:
    """Note that it was done; the interval begins anew."""
    actions.finish_maintenance(access.find_maintenance(maintenance_id), actor=actor_of(request))
    messages.success(request, gettext("Notiert. Tage und Betriebsstunden zählen wieder von vorn."))
    return redirect(_back(request))


@needs("edit_data")
@require_POST
def maintenance_delete(request: HttpRequest, maintenance_id: int) -> HttpResponse:
    """Delete a maintenance."""
    actions.delete_maintenance(access.find_maintenance(maintenance_id), actor=actor_of(request))
    messages.success(request, gettext("Die Wartung ist gelöscht."))
    return redirect(_back(request))


def _edit(request: HttpRequest, row: Maintenance | None, initial: dict[str, Any]) -> HttpResponse:
    tenant_id = tenant_of(request).pk
    form = MaintenanceForm(
        request.POST or None,
        initial=initial,
        things=[(thing.id, thing.name) for thing in observations.list_things(tenant_id)],
        series=series_names(request),
        plans=[(plan.pk, plan.title) for plan in queries.list_plans()],
    )
    if form.is_bound and form.is_valid():
        actions.save_maintenance(tenant_id, row, form.to_choice(), actor=actor_of(request))
        messages.success(request, gettext("Die Wartung ist gespeichert."))
        return redirect(_back(request))
    context = {
        "form": form,
        "row": row,
        "title": gettext("Wartung bearbeiten") if row else gettext("Neue Wartung"),
        "cancel_url": _back(request),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "alerts/maintenance_form.html", context, status)


def _back(request: HttpRequest) -> str:
    return address(request, "case", key=CASE)
