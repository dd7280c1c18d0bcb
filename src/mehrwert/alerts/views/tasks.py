"""Pages: rounds, for the office and for those who drive them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.alerts import access, actions, queries
from mehrwert.alerts.errors import TaskClosedError
from mehrwert.alerts.models import Task
from mehrwert.alerts.presenting import address
from mehrwert.alerts.rounds import (
    STOP_COLUMNS,
    kind_of,
    plan_line,
    stop_line,
    stop_rows,
    task_line,
    to_gpx,
    way_text,
)
from mehrwert.base.http import csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.observations.access import actor_of

STATES = {"offen": True, "vorbei": False}


@needs("read")
@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """List rounds, and the plans they come from."""
    chosen = request.GET.get("zustand", "")
    page = paginate(request, queries.list_tasks(is_open=STATES.get(chosen)), size=25)
    context = {
        "page": page,
        "lines": [task_line(request, task) for task in page.items],
        "plans": [plan_line(request, plan) for plan in queries.list_plans()],
        "chosen": chosen if chosen in STATES else "",
        "n_open": queries.count_open_tasks(),
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
    }
    return render_page(request, "alerts/task_list.html", context)


@needs("read")
@require_safe
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Show one round: the places in order, each to be ticked off."""
    return render_page(request, "alerts/task.html", _context(request, access.find_task(task_id)))


@needs("read")
@require_safe
def task_paper(request: HttpRequest, task_id: int) -> HttpResponse:
    """Show one round as a sheet of paper with boxes."""
    context = _context(request, access.find_task(task_id))
    return render_page(request, "alerts/task_paper.html", context)


@needs("read")
@require_safe
def task_csv(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give the places of a round as a table."""
    row = access.find_task(task_id)
    rows = stop_rows(queries.list_stops(row))
    return csv_response(request, f"runde-{row.pk}.csv", STOP_COLUMNS, rows)


@needs("read")
@require_safe
def task_gpx(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give what is left of a round as a route for a navigation device."""
    row = access.find_task(task_id)
    file = HttpResponse(to_gpx(row, queries.list_stops(row)), content_type="application/gpx+xml")
    file["Content-Disposition"] = f'attachment; filename="runde-{row.pk}.gpx"'
    return file


@needs("capture")
@require_POST
def stop_tick(request: HttpRequest, task_id: int, stop_id: int) -> HttpResponse:
    """Tick a place off, or take that back."""
    stop = access.find_stop(task_id, stop_id)
    try:
        actions.tick(stop, is_done=request.POST.get("erledigt") == "1", actor=actor_of(request))
    except TaskClosedError as error:
        messages.error(request, sentence_of(error))
    return redirect(address(request, "task", task_id=task_id) + f"#ort-{stop_id}")


@needs("capture")
@require_POST
def task_close(request: HttpRequest, task_id: int) -> HttpResponse:
    """End a round."""
    actions.close_task(access.find_task(task_id), actor=actor_of(request))
    messages.success(request, gettext("Die Aufgabe ist abgeschlossen."))
    return redirect(address(request, "task_list"))


def _context(request: HttpRequest, row: Task) -> dict[str, Any]:
    stops = queries.list_stops(row)
    lines = [
        {**stop_line(request, number, stop), "id": stop.pk} for number, stop in enumerate(stops, 1)
    ]
    return {
        "task": row,
        "kind": kind_of(row.kind),
        "way": way_text(row),
        "lines": lines,
        "n_left": sum(not line["is_done"] and not line["is_dropped"] for line in lines),
        "n_done": sum(line["is_done"] for line in lines),
        "may_tick": request.can("capture"),  # type: ignore[attr-defined]
    }
