"""The logic model of a project: drawing, tables, one form per step and arrow (EVI-22)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.forms import ArrowForm, AssumptionForm, StepForm
from mehrwert.portfolio.models import Project
from mehrwert.portfolio.presenting import logic as words
from mehrwert.portfolio.views.common import Ask, address, ask, file_context, posted, to


@needs("read")
@require_safe
def logic(request: Any, project_id: int) -> HttpResponse:
    """Show how what is done should lead to what is wanted, and what of it is proven."""
    row = access.find_project(project_id)
    model = queries.read_logic(row)
    context = {
        **file_context(request, row, "logic"),
        "svg": words.logic_svg(model),
        "summary": words.summary(model),
        "gaps": words.gap_sentences(model),
        "steps": [
            {
                **words.step_view(one),
                "edit_url": address(request, "logic_step", row, step_id=one.pk),
                "remove_url": address(request, "logic_step_remove", row, step_id=one.pk),
            }
            for one in model.steps
        ],
        "arrows": [
            {
                **words.arrow_view(one),
                "edit_url": address(request, "logic_arrow", row, arrow_id=one.pk),
                "remove_url": address(request, "logic_arrow_remove", row, arrow_id=one.pk),
            }
            for one in model.arrows
        ],
        "step_url": address(request, "logic_step_new", row),
        "arrow_url": address(request, "logic_arrow_new", row),
        "csv_url": address(request, "logic_csv", row),
        "may_edit": request.can("edit_data") and row.state != "ended",
    }
    return render_page(request, "portfolio/logic.html", context)


@needs("read")
@require_safe
def logic_csv(request: Any, project_id: int) -> HttpResponse:
    """Return the arrows as a table."""
    model = queries.read_logic(access.find_project(project_id))
    head = ("von_art", "von", "zu_art", "zu", "annahme", "belegstufe", "quelle")
    return csv_response(
        request, "wirkungslogik.csv", head, (words.csv_row(one) for one in model.arrows)
    )


def _page(request: Any, row: Project, title: str, done: str) -> Ask:
    return Ask(title, address(request, "logic", row), done, lead=row.title)


def _indicators(row: Project) -> list[tuple[int, str]]:
    rows = queries.list_indicators(row)
    return [(one.pk, one.current.name) for one in rows if one.current is not None]


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Any, project_id: int, step_id: int | None = None) -> HttpResponse:
    """Add a step, or change one."""
    row = access.find_project(project_id)
    found = access.find_logic_step(row, step_id) if step_id is not None else None
    initial = (
        {"kind": found.kind, "text": found.text, "indicator": found.indicator_id} if found else {}
    )
    form = StepForm(posted(request), indicators=_indicators(row), initial=initial)

    def act(given: dict[str, Any]) -> None:
        chosen = access.find_indicator(given["indicator"]) if given["indicator"] else None
        kind, text = given["kind"], given["text"]
        actions.save_step(row, kind, text, indicator=chosen, step=found, actor=actor_of(request))

    title = gettext("Schritt ändern") if found else gettext("Schritt hinzufügen")
    page = _page(request, row, title, gettext("Der Schritt ist gespeichert."))
    return ask(request, page, form, act, file_context(request, row, "logic", title))


@needs("edit_data")
@require_POST
def step_remove(request: Any, project_id: int, step_id: int) -> HttpResponse:
    """Take a step out with its arrows."""
    row = access.find_project(project_id)
    try:
        actions.remove_step(access.find_logic_step(row, step_id), actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Der Schritt und seine Pfeile sind entfernt."))
    return to(request, "logic", row)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def arrow_new(request: Any, project_id: int) -> HttpResponse:
    """Join two steps."""
    row = access.find_project(project_id)
    steps = [(one.pk, one.text) for one in queries.read_logic(row).steps]
    form = ArrowForm(posted(request), steps=steps)

    def act(given: dict[str, Any]) -> None:
        start, end = (access.find_logic_step(row, given.pop(name)) for name in ("start", "end"))
        actions.add_arrow(start, end, actions.ArrowInput(**given), actor=actor_of(request))

    title = gettext("Pfeil hinzufügen")
    page = _page(request, row, title, gettext("Der Pfeil ist gespeichert."))
    return ask(request, page, form, act, file_context(request, row, "logic", title))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def arrow(request: Any, project_id: int, arrow_id: int) -> HttpResponse:
    """Change the assumption of an arrow, its class, its source."""
    row = access.find_project(project_id)
    found = access.find_logic_arrow(row, arrow_id)
    initial = {name: getattr(found, name) for name in AssumptionForm.base_fields}
    form = AssumptionForm(posted(request), initial=initial)

    def act(given: dict[str, Any]) -> None:
        made = actions.ArrowInput(**given)
        actions.save_arrow(found.start, found.end, made, actor=actor_of(request))

    title = gettext("Pfeil ändern")
    page = Ask(
        title,
        address(request, "logic", row),
        gettext("Der Pfeil ist gespeichert."),
        lead=f"{found.start.text} → {found.end.text}",
    )
    return ask(request, page, form, act, file_context(request, row, "logic", title))


@needs("edit_data")
@require_POST
def arrow_remove(request: Any, project_id: int, arrow_id: int) -> HttpResponse:
    """Take an arrow out."""
    row = access.find_project(project_id)
    try:
        actions.remove_arrow(access.find_logic_arrow(row, arrow_id), actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Der Pfeil ist entfernt."))
    return to(request, "logic", row)
