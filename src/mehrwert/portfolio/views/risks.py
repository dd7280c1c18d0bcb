"""Risks of a project, what is done about them, whether it helped."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices.reports import CHECK_LABELS, RISK_SIZE_LABELS
from mehrwert.portfolio.forms import CheckForm, CloseForm, MeasureForm, RiskForm
from mehrwert.portfolio.models import Risk
from mehrwert.portfolio.presenting.words import age_words
from mehrwert.portfolio.views.common import Ask, address, ask, file_context, posted

SIZE_KINDS = {"small": "", "medium": "warn", "large": "bad"}


@needs("read")
@require_safe
def risk_list(request: Any, project_id: int) -> HttpResponse:
    """List the risks of a project with their chain."""
    row = access.find_project(project_id)
    risks = [_view(request, risk) for risk in queries.list_risks(row)]
    context = {
        **file_context(request, row, "risks"),
        "open": [risk for risk in risks if not risk["row"].closed_on],
        "closed": [risk for risk in risks if risk["row"].closed_on],
        "new_url": address(request, "risk_new", row),
        "may_edit": request.can("edit_data") and row.state != "ended",
    }
    return render_page(request, "portfolio/risks.html", context)


def _view(request: Any, risk: Risk) -> dict[str, Any]:
    today = timezone.localdate()
    row = risk.project
    return {
        "row": risk,
        "size": gettext(RISK_SIZE_LABELS[risk.size]),
        "kind": SIZE_KINDS[risk.size],
        "age": age_words((today - risk.since).days),
        "measures": [
            {
                "row": one,
                "checks": [
                    {"row": check, "label": gettext(CHECK_LABELS[check.effect])}
                    for check in one.checks.all()
                ],
                "check_url": address(request, "measure_check", row, measure_id=one.pk),
            }
            for one in risk.countermeasures.all()
        ],
        "measure_url": address(request, "measure_new", row, risk_id=risk.pk),
        "close_url": address(request, "risk_close", row, risk_id=risk.pk),
    }


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def risk_new(request: Any, project_id: int) -> HttpResponse:
    """Note a risk."""
    row = access.find_project(project_id)

    def act(given: dict[str, Any]) -> None:
        actions.add_risk(row, actor=actor_of(request), **given)

    page = Ask(
        gettext("Risiko eintragen"),
        address(request, "risks", row),
        gettext("Das Risiko ist eingetragen."),
        lead=row.title,
    )
    context = file_context(request, row, "risks", page.title)
    return ask(request, page, RiskForm(posted(request)), act, context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def measure_new(request: Any, project_id: int, risk_id: int) -> HttpResponse:
    """Note what is done about a risk."""
    row = access.find_project(project_id)
    risk = access.find_risk(row, risk_id)

    def act(given: dict[str, Any]) -> None:
        actions.add_countermeasure(risk, actor=actor_of(request), **given)

    page = Ask(
        gettext("Gegenmaßnahme eintragen"),
        address(request, "risks", row),
        gettext("Die Gegenmaßnahme ist eingetragen."),
        lead=risk.text,
    )
    context = file_context(request, row, "risks", page.title)
    return ask(request, page, MeasureForm(posted(request)), act, context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def measure_check(request: Any, project_id: int, measure_id: int) -> HttpResponse:
    """Note whether a countermeasure helped."""
    row = access.find_project(project_id)
    measure = access.find_countermeasure(row, measure_id)

    def act(given: dict[str, Any]) -> None:
        actions.check_countermeasure(measure, actor=actor_of(request), **given)

    page = Ask(
        gettext("Gegenmaßnahme prüfen"),
        address(request, "risks", row),
        gettext("Die Prüfung ist festgehalten."),
        lead=measure.text,
    )
    context = file_context(request, row, "risks", page.title)
    return ask(request, page, CheckForm(posted(request)), act, context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def risk_close(request: Any, project_id: int, risk_id: int) -> HttpResponse:
    """Note that a risk is gone."""
    row = access.find_project(project_id)
    risk = access.find_risk(row, risk_id)

    def act(given: dict[str, Any]) -> None:
        actions.close_risk(risk, actor=actor_of(request), **given)

    page = Ask(
        gettext("Risiko beenden"),
        address(request, "risks", row),
        gettext("Das Risiko besteht nicht mehr."),
        lead=risk.text,
    )
    context = file_context(request, row, "risks", page.title)
    return ask(request, page, CloseForm(posted(request)), act, context)
