"""Gates: when they are planned, and passing them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices import GATE_LABELS
from mehrwert.portfolio.forms import GateDaysForm, GateForm
from mehrwert.portfolio.views.common import address, file_context, posted, to


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Any, project_id: int) -> HttpResponse:
    """Plan when the gates still ahead are passed."""
    row = access.find_project(project_id)
    ahead = {g.key: g.planned_on for g in queries.list_gates(row) if g.passed_on is None}
    form = GateDaysForm(posted(request), keys=list(ahead), initial=ahead)
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_gates(row, form.cleaned_data, actor=actor_of(request))
        except MehrwertError as error:
            messages.error(request, sentence_of(error))
        else:
            messages.success(request, gettext("Die Termine sind gespeichert."))
        return to(request, "project", row)
    title = gettext("Termine der Tore")
    context = {
        **file_context(request, row, "", title),
        "form": form,
        "title": title,
        "lead": gettext("Ein leeres Feld heißt: noch kein Termin."),
        "cancel_url": address(request, "project", row),
    }
    return render_page(request, "portfolio/form.html", context, 422 if form.errors else 200)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def advance(request: Any, project_id: int, gate: str) -> HttpResponse:
    """Pass a gate, or end the project."""
    row = access.find_project(project_id)
    if gate not in GATE_LABELS:
        raise Http404
    form = GateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.advance_project(
                row, gate, on=given["on"], note=given["note"], actor=actor_of(request)
            )
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Das Tor ist durchschritten."))
            return to(request, "project", row)
    title = f"{gate} · {gettext(GATE_LABELS[gate])}"
    context = {
        **file_context(request, row, "", title),
        "form": form,
        "title": title,
        "lead": row.title,
        "missing": queries.missing_sentences(row, gate),
        "cancel_url": address(request, "project", row),
    }
    return render_page(request, "portfolio/form.html", context, 422 if form.errors else 200)
