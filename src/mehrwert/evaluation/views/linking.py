"""Tying an evaluation to the project it judges."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from mehrwert.base.http import actor_of, needs
from mehrwert.evaluation import access, actions
from mehrwert.evaluation.panels import project_address
from mehrwert.portfolio.access import find_project


@needs("edit_data")
@require_POST
def link(request: HttpRequest, project_id: int) -> HttpResponse:
    """Tie the chosen evaluation to a project, or take it out again."""
    project = find_project(project_id)
    chosen = request.POST.get("evaluation", "")
    if not chosen.isdigit():
        messages.error(request, gettext("Bitte wählen Sie eine Bewertung."))
        return redirect(project_address(request, project.pk))
    row = access.find_evaluation(int(chosen))
    is_taken_out = row.project_id == project.pk
    actions.link_project(row, None if is_taken_out else project, actor=actor_of(request))
    text = (
        gettext("Die Bewertung gehört nicht mehr zu diesem Vorhaben.")
        if is_taken_out
        else gettext("Die Bewertung gehört jetzt zu diesem Vorhaben.")
    )
    messages.success(request, text)
    return redirect(project_address(request, project.pk))
