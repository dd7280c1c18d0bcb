"""The money of a project: what it costs, what it brings, whether it pays."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.forms import MoneyForm, money_values
from mehrwert.portfolio.presenting import money as presenting
from mehrwert.portfolio.presenting.costs import hours
from mehrwert.portfolio.presenting.outlook import replaced_words
from mehrwert.portfolio.views.common import address, file_context, posted, to


@needs("read")
@require_safe
def money(request: Any, project_id: int) -> HttpResponse:
    """Show positions, totals, capital value at two rates, and what the measured effect is worth."""
    request.nav_key = "projects"
    row = access.find_project(project_id)
    found = queries.read_money(row)
    facts = found.facts
    lines = queries.list_lines(found.sheet) if found.sheet else {}
    context = {
        **file_context(request, row, "money", gettext("Geld")),
        "money": found,
        "rate": presenting.rate_shown(found.rate),
        "positions": presenting.position_rows(found, lines),
        "totals": presenting.totals_shown(found, facts) if facts else None,
        "cases": [presenting.case_shown(case) for case in facts.cases] if facts else [],
        "jump": presenting.jump_shown(found),
        "figure": presenting.figure(found, facts) if facts else None,
        "hours_saved": hours(found.plan.hours_saved) if found.plan else None,
        "replaced": replaced_words(row),
        "may_edit": request.can("money"),
        "urls": {
            "costs": address(request, "project_costs", row),
            "plan": address(request, "money_plan", row),
            "replace": address(request, "replacement_new", row),
            "csv": address(request, "money_csv", row),
            "cases_csv": address(request, "money_cases_csv", row),
        },
    }
    return render_page(request, "portfolio/money.html", context)


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def money_plan(request: Any, project_id: int) -> HttpResponse:
    """Enter years, rate and benefit."""
    request.nav_key = "projects"
    row = access.find_project(project_id)
    found = queries.read_money(row)
    form = MoneyForm(posted(request), initial=money_values(found.plan, year=row.starts_on.year))
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_money(row, form.told(), actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Gespeichert."))
            return to(request, "money", row)
    title = gettext("Jahre, Zinssatz und Nutzen")
    context = {
        **file_context(request, row, "", title),
        "form": form,
        "title": title,
        "lead": gettext("Leer heißt: nicht bekannt. Es wird nie als 0 gerechnet."),
        "cancel_url": address(request, "money", row),
    }
    return render_page(request, "portfolio/form.html", context, 422 if form.errors else 200)


@needs("read")
@require_safe
def money_csv(request: HttpRequest, project_id: int) -> HttpResponse:
    """Return every position of every year."""
    found = queries.read_money(access.find_project(project_id))
    rows = presenting.money_csv_rows(found)
    return csv_response(request, f"geld-{project_id}.csv", presenting.MONEY_COLUMNS, rows)


@needs("read")
@require_safe
def money_cases_csv(request: HttpRequest, project_id: int) -> HttpResponse:
    """Return the capital values at both rates."""
    found = queries.read_money(access.find_project(project_id))
    rows = presenting.case_csv_rows(found)
    return csv_response(request, f"kapitalwert-{project_id}.csv", presenting.CASE_COLUMNS, rows)
