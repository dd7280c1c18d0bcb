"""Gates: when they are planned, and passing them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mehrwert.base.http import actor_of, needs
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices import GATE_LABELS
from mehrwert.portfolio.forms import EndGateForm, GateDaysForm, GateForm
from mehrwert.portfolio.rules.gates import END_GATE
from mehrwert.portfolio.views.common import Ask, address, ask, file_context, posted


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Any, project_id: int) -> HttpResponse:
    """Plan when the gates still ahead are passed."""
    row = access.find_project(project_id)
    ahead = {g.key: g.planned_on for g in queries.list_gates(row) if g.passed_on is None}
    form = GateDaysForm(posted(request), keys=list(ahead), initial=ahead)

    def act(given: dict[str, Any]) -> None:
        actions.plan_gates(row, given, actor=actor_of(request))

    page = Ask(
        gettext("Termine der Tore"),
        address(request, "project", row),
        gettext("Die Termine sind gespeichert."),
        lead=gettext("Ein leeres Feld heißt: noch kein Termin."),
    )
    return ask(request, page, form, act, file_context(request, row, "project", page.title))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def advance(request: Any, project_id: int, gate: str) -> HttpResponse:
    """Pass a gate, or end the project."""
    row = access.find_project(project_id)
    if gate not in GATE_LABELS:
        raise Http404
    is_end = gate == END_GATE
    form = (EndGateForm if is_end else GateForm)(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.advance_project(row, gate, actor=actor_of(request), **given)

    page = Ask(
        gettext("Vorhaben beenden") if is_end else f"{gate} · {gettext(GATE_LABELS[gate])}",
        address(request, "project", row),
        gettext("Das Vorhaben ist beendet.") if is_end else gettext("Das Tor ist durchschritten."),
        lead=row.title,
        submit=gettext("Beenden") if is_end else gettext("Tor durchschreiten"),
    )
    context = {
        **file_context(request, row, "project", page.title),
        "missing": queries.missing_sentences(row, gate),
    }
    return ask(request, page, form, act, context)
