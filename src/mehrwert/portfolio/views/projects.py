"""The list of projects, the file of one, and the two forms."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices import GATE_LABELS
from mehrwert.portfolio.errors import CorrectionReasonError
from mehrwert.portfolio.forms import ProjectForm, StartForm
from mehrwert.portfolio.models import Project
from mehrwert.portfolio.presenting.facts import project_facts
from mehrwert.portfolio.presenting.next_step import next_step
from mehrwert.portfolio.presenting.projects import lights_of
from mehrwert.portfolio.presenting.reports import forecast_view as forecast_words
from mehrwert.portfolio.presenting.words import month_words
from mehrwert.portfolio.rules.gates import LIVE_GATE
from mehrwert.portfolio.views.common import address, crumbs, file_context, posted, to


@needs("read")
@require_safe
def project(request: Any, project_id: int) -> HttpResponse:
    """Show the file of a project: where it stands, what is missing, what comes next."""
    row = access.find_project(project_id)
    gates = queries.list_gates(row)
    last = queries.newest_delivered(row)
    context = {
        **file_context(request, row, "project"),
        "facts": project_facts(row),
        "lights": lights_of(row),
        "last": last,
        "last_month": month_words(last.month) if last else "",
        "forecast": _forecast(row),
        "open_reports": _open_reports(request, row),
        "gates": [
            {"line": gate, "label": gettext(GATE_LABELS[gate.key]), **_gate(request, row, gate)}
            for gate in gates
        ],
        "missing_live": _missing(request, row),
        "next_step": next_step(
            row, gates, today=timezone.localdate(), address=partial(_address, request, row)
        ),
        "may_edit": request.can("edit_data"),
    }
    return render_page(request, "portfolio/project.html", context)


def _address(request: HttpRequest, row: Project, name: str, **more: Any) -> str:
    return address(request, name, row, **more)


def _missing(request: HttpRequest, row: Project) -> list[tuple[str, str]]:
    """Return what is missing before going live, each with the page that answers it."""
    edit_url = address(request, "edit", row)
    return [
        (
            queries.missing_sentence(code),
            address(request, "indicators", row) if code == "baseline" else f"{edit_url}#id_{code}",
        )
        for code in queries.missing_before(row, LIVE_GATE)
    ]


def _forecast(row: Project) -> str:
    found = queries.read_forecast(row)
    return forecast_words(found) if found else ""


def _open_reports(request: HttpRequest, row: Project) -> list[dict[str, str]]:
    months = queries.list_months(row, timezone.localdate())[:1]
    known = {one.month for one in queries.list_reports(row)[:1] if one.delivered_us is not None}
    return [
        {"month": month_words(m), "url": address(request, "report_new", row, month=f"{m:%Y-%m}")}
        for m in months
        if m not in known and row.state in {"running", "live"}
    ]


def _gate(request: HttpRequest, row: Project, gate: queries.GateLine) -> dict[str, Any]:
    url = address(request, "advance", row, gate=gate.key) if gate.is_next else ""
    return {"url": url}


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Ask the six fields."""
    initial = {"solution": request.GET.get("loesung", "")[:200]}
    form = StartForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        row = actions.create_project(
            actions.NewProject(**form.cleaned_data),
            is_demo=request.tenant.is_demo,
            actor=actor_of(request),
        )
        messages.success(request, gettext("Das Vorhaben ist angelegt."))
        return to(request, "project", row)
    title = gettext("Vorhaben anlegen")
    context = {
        "crumbs": crumbs(request, None, title),
        "form": form,
        "title": title,
        "lead": gettext("Sechs Angaben genügen. Alles andere darf später bekannt werden."),
        "cancel_url": address(request, "list"),
    }
    return render_page(request, "portfolio/form.html", context, 422 if form.errors else 200)


def _shown(value: Any) -> Any:
    """Return a value as its field shows it: yes and no are words there."""
    return str(value) if isinstance(value, bool) else value


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Any, project_id: int) -> HttpResponse:
    """Fill in what became known."""
    row = access.find_project(project_id)
    names = list(ProjectForm.base_fields)
    form = ProjectForm(
        posted(request), initial={name: _shown(getattr(row, name, "")) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.update_project(row, form.cleaned_data, actor=actor_of(request))
        except CorrectionReasonError as error:
            form.add_error("correction_reason", sentence_of(error))
        except MehrwertError as error:
            messages.error(request, sentence_of(error))
            return to(request, "project", row)
        else:
            messages.success(request, gettext("Die Angaben sind gespeichert."))
            return to(request, "project", row)
    title = gettext("Angaben ändern")
    context = {
        **file_context(request, row, "", title),
        "form": form,
        "title": title,
        "lead": row.title,
        "cancel_url": address(request, "project", row),
    }
    return render_page(request, "portfolio/form.html", context, 422 if form.errors else 200)
