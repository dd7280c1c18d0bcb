"""Pages: plans of rounds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.alerts import access, actions
from mehrwert.alerts.errors import NothingToDoError
from mehrwert.alerts.forms import PlanForm, initial_plan
from mehrwert.alerts.models import TaskPlan
from mehrwert.alerts.presenting import address
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.observations import queries as observations
from mehrwert.observations.access import actor_of, tenant_of

FORM = ["GET", "HEAD", "POST"]


@needs("edit_data")
@require_http_methods(FORM)
def plan_new(request: HttpRequest) -> HttpResponse:
    """Say what is to be done when a rule is met."""
    return _edit(request, None, {})


@needs("edit_data")
@require_http_methods(FORM)
def plan_edit(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Change a plan."""
    row = access.find_plan(plan_id)
    return _edit(request, row, initial_plan(actions.plan_choice_of(row)))


@needs("edit_data")
@require_POST
def plan_raise(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Begin a round now."""
    try:
        task = actions.raise_task(access.find_plan(plan_id), actor=actor_of(request))
    except NothingToDoError as error:
        messages.warning(request, sentence_of(error))
        return redirect(address(request, "task_list"))
    messages.success(request, gettext("Die Runde steht bereit."))
    return redirect(address(request, "task", task_id=task.pk))


@needs("edit_data")
@require_POST
def plan_delete(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Delete a plan; its rounds stay."""
    actions.delete_plan(access.find_plan(plan_id), actor=actor_of(request))
    messages.success(request, gettext("Der Plan ist gelöscht. Seine Runden bleiben."))
    return redirect(address(request, "task_list"))


def _edit(request: HttpRequest, row: TaskPlan | None, initial: dict[str, Any]) -> HttpResponse:
    tenant_id = tenant_of(request).pk
    things = [(thing.id, thing.name) for thing in observations.list_things(tenant_id)]
    form = PlanForm(request.POST or None, initial=initial, things=things)
    if form.is_bound and form.is_valid():
        choice, actor = form.to_choice(), actor_of(request)
        if row is None:
            actions.create_plan(tenant_id, choice, actor=actor)
        else:
            actions.save_plan(row, choice, actor=actor)
        messages.success(
            request,
            gettext("Gespeichert. Wählen Sie den Plan jetzt in den Regeln, die ihn auslösen."),
        )
        return redirect(address(request, "task_list"))
    context = {
        "form": form,
        "plan": row,
        "title": gettext("Plan bearbeiten") if row else gettext("Neuer Plan"),
        "cancel_url": address(request, "task_list"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "alerts/plan_form.html", context, status)
