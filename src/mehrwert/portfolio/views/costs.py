"""What a use or a project costs: the form, and the sheet as a file."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError, NotFoundError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.forms import CostForm, cost_values
from mehrwert.portfolio.models import DeclaredAdoption, Project
from mehrwert.portfolio.presenting import costs as presenting
from mehrwert.portfolio.presenting.adoptions import today
from mehrwert.portfolio.views.adoptions import adoption_crumbs
from mehrwert.portfolio.views.common import address, crumbs, posted

Crumbs = Sequence[tuple[str, str]]


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def adoption_costs(request: Any, adoption_id: int) -> HttpResponse:
    """Enter what a use costs."""
    row = access.find_adoption(adoption_id)
    back = address(request, "adoption", adoption_id=row.pk)
    return _cost_page(
        request,
        row,
        title=row.solution.name,
        way=lambda last: adoption_crumbs(request, row, last),
        urls={
            "back": back,
            "rest": address(request, "adoption_costs_rest", adoption_id=row.pk),
        },
    )


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def project_costs(request: Any, project_id: int) -> HttpResponse:
    """Enter what a project costs."""
    row = access.find_project(project_id)
    return _cost_page(
        request,
        row,
        title=row.title,
        way=lambda last: crumbs(request, row, last),
        urls={
            "back": address(request, "money", row),
            "rest": address(request, "project_costs_rest", row),
        },
    )


def _cost_page(
    request: Any,
    owner: DeclaredAdoption | Project,
    *,
    title: str,
    way: Callable[[str], Crumbs],
    urls: dict[str, str],
) -> HttpResponse:
    request.nav_key = "projects"
    sheet = queries.read_sheet(owner)
    lines = queries.list_lines(sheet) if sheet else {}
    form = CostForm(posted(request), initial=cost_values(sheet, lines, year=today().year))
    if request.method == "POST" and form.is_valid():
        head, told = form.told()
        try:
            actions.save_costs(owner, head, told, actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Die Kosten sind gespeichert."))
            return redirect(urls["back"])
    context = {
        "crumbs": way(gettext("Kosten")),
        "title": title,
        "form": form,
        "urls": urls,
        "shown": presenting.sheet_shown(sheet) if sheet else None,
        "has_details": any(position != "unsplit" for position in lines),
    }
    return render_page(request, "portfolio/costs.html", context, 422 if form.errors else 200)


@needs("money")
@require_POST
def adoption_costs_rest(request: Any, adoption_id: int) -> HttpResponse:
    """Say that the sum of a use holds all positions."""
    row = access.find_adoption(adoption_id)
    return _cover_rest(request, row, address(request, "adoption_costs", adoption_id=row.pk))


@needs("money")
@require_POST
def project_costs_rest(request: Any, project_id: int) -> HttpResponse:
    """Say that the sum of a project holds all positions."""
    row = access.find_project(project_id)
    return _cover_rest(request, row, address(request, "project_costs", row))


def _cover_rest(request: Any, owner: DeclaredAdoption | Project, back: str) -> HttpResponse:
    sheet = queries.read_sheet(owner)
    if sheet is None:
        raise NotFoundError
    actions.cover_rest(sheet, actor=actor_of(request))
    messages.success(
        request, gettext("Alle offenen Positionen stehen jetzt als „in der Summe enthalten“ da.")
    )
    return redirect(back)


@needs("read")
@require_safe
def adoption_costs_csv(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Return the sheet of a use, one line per position."""
    row = access.find_adoption(adoption_id)
    sheet = queries.read_sheet(row)
    if sheet is None:
        raise NotFoundError
    return csv_response(
        request,
        f"kosten-{row.solution.slug}.csv",
        presenting.SHEET_COLUMNS,
        presenting.sheet_rows(sheet),
    )
