"""Pages of whoever runs the installation: state, backups, events that stuck."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert import __version__
from mehrwert.base import actions, jobs, queries
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.paging import paginate
from mehrwert.base.system import read_system


@needs("operate")
@require_safe
def system(request: Any) -> HttpResponse:
    """Show how the installation is."""
    context = {"system": read_system(), "program_version": __version__}
    return render_page(request, "base/system/overview.html", context)


@needs("operate")
@require_POST
def back_up(request: Any) -> HttpResponse:
    """Start a backup as a job."""
    return _start(request, jobs.back_up, gettext("Sicherung"))


@needs("operate")
@require_POST
def drill(request: Any) -> HttpResponse:
    """Start a restore drill as a job."""
    return _start(request, jobs.drill, gettext("Probe der Wiederherstellung"))


@needs("operate")
@require_safe
def events(request: Any) -> HttpResponse:
    """List the events that a listener could not take."""
    context = {"page": paginate(request, queries.list_parked(), size=30)}
    return render_page(request, "base/system/events.html", context)


@needs("operate")
@require_POST
def retry_event(request: Any, delivery_id: int) -> HttpResponse:
    """Try a parked event again."""
    actions.retry_delivery(delivery_id, actor=actor_of(request))
    messages.success(request, gettext("Die Zustellung wird gleich noch einmal versucht."))
    return redirect("base:events")


def _start(request: Any, task: Any, title: str) -> HttpResponse:
    actor = actor_of(request)
    kwargs = {"actor": [actor.kind, actor.actor_id, actor.label]}
    job_id = actions.start_job(task, title=title, tenant_id=None, actor=actor, kwargs=kwargs)
    return redirect("base:system_job", job_id=job_id)
