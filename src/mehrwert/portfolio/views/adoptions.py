"""What this municipality uses: declare, confirm, answer sources, end; the checklist of each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError, NotFoundError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.catalogue.queries import read_adoption, read_solution
from mehrwert.documents.docx import MEDIA_TYPE as DOCX_TYPE
from mehrwert.documents.docx import docx
from mehrwert.documents.model import Document
from mehrwert.documents.odt import MEDIA_TYPE as ODT_TYPE
from mehrwert.documents.odt import odt
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices.templates import ROADMAP_NAME, ROADMAP_URL
from mehrwert.portfolio.forms import AdoptionForm, EndForm, ItemForm
from mehrwert.portfolio.models import DeclaredAdoption
from mehrwert.portfolio.presenting import adoptions as presenting
from mehrwert.portfolio.presenting.templates import compose_template, has_template
from mehrwert.portfolio.rules.adoptions import count_done
from mehrwert.portfolio.views.common import address, posted

ON_PAGE = 25
WRITERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "odt": (odt, ODT_TYPE),
    "docx": (docx, DOCX_TYPE),
}


def adoption_address(request: Any, name: str, row: DeclaredAdoption, **kwargs: Any) -> str:
    """Return the address of a page of one adoption."""
    return address(request, name, adoption_id=row.pk, **kwargs)


def adoption_crumbs(
    request: HttpRequest, row: DeclaredAdoption | None = None, last: str = ""
) -> list[tuple[str, str]]:
    """Return the way to a page of adoptions."""
    way = [
        (gettext("Vorhaben"), address(request, "list")),
        (gettext("Nachnutzung"), address(request, "adoption_list")),
    ]
    if row is not None:
        way.append((row.solution.name, adoption_address(request, "adoption", row)))
    if last:
        way.append((last, ""))
    return [*way[:-1], (way[-1][0], "")]


@needs("read")
@require_safe
def adoption_list(request: Any) -> HttpResponse:
    """Show what is declared, what must be confirmed, what sources say."""
    request.nav_key = "projects"
    page = paginate(request, queries.list_adoptions(), size=ON_PAGE)
    context = {
        "crumbs": adoption_crumbs(request),
        "page": page,
        "lines": [_line(request, row) for row in page.items],
        "due": [_line(request, row) for row in queries.list_due()],
        "documented": [presenting.documented_line(row) for row in queries.list_documented()],
        "may_edit": request.can("edit_data"),
        "csv_url": address(request, "adoptions_csv"),
    }
    return render_page(request, "portfolio/adoptions.html", context)


def _line(request: HttpRequest, row: DeclaredAdoption) -> dict[str, Any]:
    return {
        **presenting.adoption_line(row),
        "url": adoption_address(request, "adoption", row),
        "confirm_url": adoption_address(request, "adoption_confirm", row),
        "end_url": adoption_address(request, "adoption_end", row),
        "change_url": address(request, "adoption_declare", slug=row.solution.slug),
    }


@needs("read")
@require_safe
def adoptions_csv(request: HttpRequest) -> HttpResponse:
    """Return everything declared, one line per event, so that any state can be replayed."""
    rows = [line for row in queries.list_adoptions() for line in presenting.event_rows(row)]
    return csv_response(request, "nachnutzung.csv", presenting.EVENT_COLUMNS, rows)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: Any, slug: str) -> HttpResponse:
    """Say how the municipality is connected with a solution."""
    request.nav_key = "projects"
    solution = read_solution(slug)
    known = queries.read_declared(solution.pk)
    form = AdoptionForm(
        posted(request),
        initial=presenting.form_values(known),
        own=queries.list_own_entries(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.declare_adoption(solution, form.told(), actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Danke. Ihre Angabe ist gespeichert."))
            return redirect(adoption_address(request, "adoption", row))
    title = gettext("Angaben ändern") if known else gettext("Wir nutzen das")
    context = {
        "crumbs": adoption_crumbs(request, known, title),
        "solution": solution,
        "title": title,
        "form": form,
        "cancel_url": adoption_address(request, "adoption", known)
        if known
        else address(request, "adoption_list"),
    }
    return render_page(
        request, "portfolio/adoption_form.html", context, 422 if form.errors else 200
    )


@needs("read")
@require_safe
def adoption(request: Any, adoption_id: int) -> HttpResponse:
    """Show one adoption: what is declared, its history, its checklist."""
    request.nav_key = "projects"
    row = access.find_adoption(adoption_id)
    lines = queries.list_checklist(row)
    done, total = count_done({line.line.key: line.state for line in lines}, len(lines))
    context = {
        "crumbs": adoption_crumbs(request, row),
        "row": row,
        "solution": row.solution,
        "shown": presenting.adoption_line(row),
        "facts": presenting.adoption_facts(row),
        "variant": presenting.variant_shown(row),
        "events": [presenting.event_line(event) for event in queries.list_events(row)],
        "gates": presenting.checklist_groups(
            lines,
            lambda key: adoption_address(request, "adoption_item", row, key=key),
            lambda key: {
                ending.upper(): adoption_address(
                    request, "checklist_template", row, key=key, ending=ending
                )
                for ending in WRITERS
                if has_template(key)
            },
        ),
        "roadmap": {"name": ROADMAP_NAME, "url": ROADMAP_URL},
        "done": done,
        "total": total,
        "may_edit": request.can("edit_data"),
        "urls": {
            "change": address(request, "adoption_declare", slug=row.solution.slug),
            "confirm": adoption_address(request, "adoption_confirm", row),
            "end": adoption_address(request, "adoption_end", row),
            "csv": adoption_address(request, "checklist_csv", row),
        },
    }
    return render_page(request, "portfolio/adoption.html", context)


@needs("edit_data")
@require_POST
def confirm(request: Any, adoption_id: int) -> HttpResponse:
    """Say with one click that a use goes on."""
    row = actions.adoption_to_change(adoption_id, actor=actor_of(request))
    try:
        actions.confirm_adoption(row, actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Bestätigt, Stand heute."))
    return redirect(adoption_address(request, "adoption", row))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Any, adoption_id: int) -> HttpResponse:
    """End a use; it stays public with its reason."""
    request.nav_key = "projects"
    row = actions.adoption_to_change(adoption_id, actor=actor_of(request))
    form = EndForm(posted(request), initial={"on": presenting.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_adoption(row, form.told(), actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Das Ende ist festgehalten."))
            return redirect(adoption_address(request, "adoption", row))
    return _form_page(request, row, form, gettext("Nutzung beenden"), row.solution.name)


@needs("edit_data")
@require_POST
def answer_documented(request: Any, said_id: int) -> HttpResponse:
    """Confirm or deny what a source says of this municipality."""
    said = read_adoption(said_id)
    if request.POST.get("antwort") == "ja":
        row = actions.confirm_documented(said, actor=actor_of(request))
        messages.success(request, gettext("Danke. Ihre Angabe steht jetzt auf der Seite."))
        return redirect(adoption_address(request, "adoption", row))
    actions.deny_documented(said, actor=actor_of(request))
    messages.success(
        request, gettext("Danke. Die Angabe der Quelle zählt nicht mehr, ihr Hinweis bleibt.")
    )
    return redirect(address(request, "adoption_list"))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: Any, adoption_id: int, key: str) -> HttpResponse:
    """Answer one line of the checklist."""
    request.nav_key = "projects"
    row = actions.adoption_to_change(adoption_id, actor=actor_of(request))
    line = queries.read_checklist_line(row, key)
    form = ItemForm(posted(request), initial=presenting.item_values(line))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_item(row, key, form.told(), actor=actor_of(request))
        except MehrwertError as error:
            form.add_error("reason", sentence_of(error))
        else:
            messages.success(request, gettext("Gespeichert."))
            return redirect(adoption_address(request, "adoption", row) + "#liste")
    return _form_page(request, row, form, gettext(line.line.label), gettext(line.line.help))


def _form_page(
    request: HttpRequest, row: DeclaredAdoption, form: Any, title: str, lead: str
) -> HttpResponse:
    context = {
        "crumbs": adoption_crumbs(request, row, title),
        "form": form,
        "title": title,
        "lead": lead,
        "cancel_url": adoption_address(request, "adoption", row),
    }
    return render_page(request, "portfolio/form.html", context, 422 if form.errors else 200)


@needs("read")
@require_safe
def checklist_template(request: Any, adoption_id: int, key: str, ending: str) -> HttpResponse:
    """Return the template of one line, filled with what is known."""
    row = access.find_adoption(adoption_id)
    line = queries.read_checklist_line(row, key)
    if ending not in WRITERS or not has_template(key):
        raise NotFoundError
    write, media_type = WRITERS[ending]
    document = compose_template(row, line, municipality=request.tenant.name)
    answer = HttpResponse(write(document), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="vorlage-{key}.{ending}"'
    return answer


@needs("read")
@require_safe
def checklist_csv(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Return the checklist with owner, day and proof."""
    row = access.find_adoption(adoption_id)
    rows = [presenting.checklist_row(line) for line in queries.list_checklist(row)]
    return csv_response(
        request, f"liste-{row.solution.slug}.csv", presenting.CHECKLIST_COLUMNS, rows
    )
