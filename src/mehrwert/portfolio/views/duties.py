"""The list of duties, one of them, and which a project serves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.forms import DutyForm, ProjectDutyForm, ReviewForm
from mehrwert.portfolio.models import Duty
from mehrwert.portfolio.presenting.duties import duty_line, duty_values
from mehrwert.portfolio.views.common import Ask, address, ask, crumbs, file_context, posted, to

ON_PAGE = 25


@needs("read")
@require_safe
def duty_list(request: Any) -> HttpResponse:
    """Show every duty with the projects that serve it."""
    title = gettext("Pflichten")
    page = paginate(request, queries.list_duties(), size=ON_PAGE)
    context = {
        "crumbs": crumbs(request, None, title),
        "title": title,
        "page": page,
        "lines": [_line(request, row) for row in page.items],
        "csv_url": address(request, "duties_csv"),
    }
    return render_page(request, "portfolio/duties.html", context)


def _line(request: HttpRequest, row: Duty) -> dict[str, Any]:
    return {
        **duty_line(row),
        "url": address(request, "duty", duty_id=row.pk),
        "projects": [
            (one.project.title, address(request, "financing", one.project))
            for one in row.served_by.all()
        ],
    }


@needs("read")
@require_safe
def duties_csv(request: HttpRequest) -> HttpResponse:
    """Return the list of duties as a table."""
    head = ("aufgabe", "norm", "land", "art", "seit", "geprueft_von", "geprueft_am", "vorhaben")
    rows = (
        [
            row.task,
            row.norm,
            row.land,
            row.kind,
            row.since.isoformat() if row.since else "",
            row.reviewer,
            row.reviewed_on.isoformat() if row.reviewed_on else "",
            " | ".join(one.project.title for one in row.served_by.all()),
        ]
        for row in queries.list_duties()
    )
    return csv_response(request, "pflichten.csv", head, rows)


def _page(request: HttpRequest, row: Duty, title: str, done: str) -> tuple[Ask, dict[str, Any]]:
    back = address(request, "duty", duty_id=row.pk)
    way = [
        *crumbs(request, None, gettext("Pflichten"))[:-1],
        (gettext("Pflichten"), address(request, "duties")),
        (row.task, back),
        (title, ""),
    ]
    return Ask(title, back, done, lead=row.task), {"crumbs": way}


@needs("read")
@require_safe
def duty(request: Any, duty_id: int) -> HttpResponse:
    """Show one duty, who checked it, and which projects serve it."""
    row = access.find_duty(duty_id)
    _, context = _page(request, row, "", "")
    context |= {
        "crumbs": [*context["crumbs"][:-2], (row.task, "")],
        "line": _line(request, row),
        "may_edit": request.can("edit_data"),
        "may_review": request.can("decide") or request.can("legal_review"),
        "urls": {
            "change": address(request, "duty_change", duty_id=row.pk),
            "review": address(request, "duty_review", duty_id=row.pk),
        },
    }
    return render_page(request, "portfolio/duty.html", context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def duty_change(request: Any, duty_id: int) -> HttpResponse:
    """Change a duty; the check of other words falls away."""
    row = access.find_duty(duty_id)
    form = DutyForm(posted(request), initial=duty_values(row))

    def act(_: dict[str, Any]) -> None:
        actions.change_duty(row, form.told(), actor=actor_of(request))

    page, context = _page(
        request, row, gettext("Pflicht ändern"), gettext("Geändert. Bitte neu prüfen lassen.")
    )
    return ask(request, page, form, act, context)


@needs("decide", "legal_review")
@require_http_methods(["GET", "HEAD", "POST"])
def duty_review(request: Any, duty_id: int) -> HttpResponse:
    """Note which office checked a duty."""
    row = access.find_duty(duty_id)

    def act(given: dict[str, Any]) -> None:
        actions.review_duty(row, actor=actor_of(request), **given)

    page, context = _page(
        request, row, gettext("Prüfung eintragen"), gettext("Die Prüfung ist eingetragen.")
    )
    return ask(request, page, ReviewForm(posted(request)), act, context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def duty_new(request: Any, project_id: int) -> HttpResponse:
    """Say which duty a project serves: one of the list, or a new one."""
    row = access.find_project(project_id)
    form = ProjectDutyForm(posted(request), duties=queries.list_duties_to_choose(row))

    def act(given: dict[str, Any]) -> None:
        if given.get("known") is not None:
            actions.link_duty(row, access.find_duty(given["known"]), actor=actor_of(request))
        else:
            actions.add_duty(row, form.told(), actor=actor_of(request))

    page = Ask(
        gettext("Pflicht eintragen"),
        address(request, "financing", row),
        gettext("Die Pflicht ist eingetragen."),
        lead=gettext("Welcher Aufgabe dient das Vorhaben, und welche Norm verlangt sie?"),
    )
    return ask(request, page, form, act, file_context(request, row, "financing", page.title))


@needs("edit_data")
@require_POST
def duty_unlink(request: Any, project_id: int, duty_id: int) -> HttpResponse:
    """Say that a project does not serve a duty after all."""
    row = access.find_project(project_id)
    try:
        actions.unlink_duty(row, access.find_duty(duty_id), actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Die Pflicht gehört nicht mehr zum Vorhaben."))
    return to(request, "financing", row)
