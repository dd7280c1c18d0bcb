"""Pages of the room: what to say to a caller, the list of closures, one of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.geodata import access, actions, presenting, queries
from mehrwert.geodata.choices import CALL_LABELS, STATE_LABELS, CallKind
from mehrwert.geodata.forms import ClosureForm, closure_values
from mehrwert.geodata.models import Closure

ON_PAGE = 25
MOST_CARDS = 20


def _address(request: Any, name: str, row: Closure | None = None) -> str:
    kwargs = {"mandant": request.tenant.slug}
    if row is not None:
        kwargs["closure_id"] = row.pk
    return reverse(f"geodata:{name}", kwargs=kwargs)


def _crumbs(request: Any, *last: str) -> list[tuple[str, str]]:
    way = [(gettext("Sperrungen"), _address(request, "closure_list")), *((x, "") for x in last)]
    return [*way[:-1], (way[-1][0], "")]


@needs("read")
@require_safe
def desk(request: Any) -> HttpResponse:
    """Answer a caller: one search box, a sentence to read out, until when it holds."""
    today = timezone.localdate()
    asked = request.GET.get("q", "").strip()[:200]
    found = queries.search_closures(asked, today)
    tally = queries.read_tally(today)
    context = {
        "crumbs": _crumbs(request, gettext("Auskunft am Telefon")),
        "asked": asked,
        "cards": [presenting.closure_line(row, today) for row in found.rows[:MOST_CARDS]],
        "n": len(found.rows),
        "most": MOST_CARDS,
        "checked_us": found.checked_us,
        "now_us": now_us(),
        "calls": presenting.calls_words(tally.answered, tally.forwarded),
        "call_kinds": [(kind.value, gettext(CALL_LABELS[kind])) for kind in CallKind],
        "may_count": request.can("answer_phone"),
        "may_edit": request.can("edit_data"),
        "urls": {
            "call": _address(request, "call"),
            "list": _address(request, "closure_list"),
            "new": _address(request, "closure_new"),
        },
    }
    return render_page(request, "geodata/desk.html", context)


@needs("answer_phone")
@require_POST
def call(request: Any) -> HttpResponse:
    """Count a call, or take the stroke back."""
    kind = request.POST.get("art", "")
    change = actions.take_back_call if request.POST.get("zurueck") else actions.count_call
    try:
        change(CallKind(kind), day=timezone.localdate(), actor=actor_of(request))
    except ValueError:
        messages.error(request, gettext("Bitte sagen Sie, wie der Anruf ausging."))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Notiert. Gezählt wird nur die Zahl."))
    return redirect(_address(request, "desk"))


@needs("read")
@require_safe
def closure_list(request: Any) -> HttpResponse:
    """Show the closures of a state, or all that are not over."""
    today = timezone.localdate()
    state = request.GET.get("stand", "")
    state = state if state in STATE_LABELS else ""
    page = paginate(request, queries.list_closures(state, today), size=ON_PAGE)
    context = {
        "crumbs": _crumbs(request),
        "page": page,
        "lines": [
            {**presenting.closure_line(row, today), "url": _address(request, "closure", row)}
            for row in page.items
        ],
        "state": state,
        "states": [("", gettext("alle offenen")), *((k, gettext(v)) for k, v in _states())],
        "may_edit": request.can("edit_data"),
        "urls": {name: _address(request, name) for name in ("desk", "closure_new", "closures_csv")},
    }
    return render_page(request, "geodata/closure_list.html", context)


def _states() -> list[tuple[str, str]]:
    return list(STATE_LABELS.items())


@needs("read")
@require_safe
def closures_csv(request: Any) -> HttpResponse:
    """Return all closures that are not over as a table."""
    today = timezone.localdate()
    rows = (presenting.csv_row(row, today) for row in queries.list_closures("", today))
    return csv_response(request, "sperrungen.csv", presenting.CSV_COLUMNS, rows)


@needs("read")
@require_safe
def closure(request: Any, closure_id: int) -> HttpResponse:
    """Show one closure, what is said to callers, and when it was checked."""
    row = access.find_closure(closure_id)
    context = {
        "crumbs": _crumbs(request, row.street),
        "line": presenting.closure_line(row, timezone.localdate()),
        "may_edit": request.can("edit_data") and row.ended_us is None,
        "urls": {
            name: _address(request, name, row)
            for name in ("closure_edit", "closure_check", "closure_end")
        },
    }
    return render_page(request, "geodata/closure.html", context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def closure_new(request: Any) -> HttpResponse:
    """Enter a closure."""
    return _ask(request, None, gettext("Sperrung eintragen"))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def closure_edit(request: Any, closure_id: int) -> HttpResponse:
    """Change a closure."""
    return _ask(request, access.find_closure(closure_id), gettext("Sperrung ändern"))


def _ask(request: Any, row: Closure | None, title: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ClosureForm(sent, initial=closure_values(row))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.save_closure(
                row, form.told(), is_demo=request.tenant.is_demo, actor=actor_of(request)
            )
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Gespeichert. So wird es am Telefon gesagt:"))
            return redirect(_address(request, "closure", row))
    back = _address(request, "closure", row) if row else _address(request, "closure_list")
    context = {
        "crumbs": _crumbs(request, title),
        "title": title,
        "form": form,
        "cancel_url": back,
    }
    return render_page(request, "geodata/form.html", context, 422 if form.errors else 200)


@needs("edit_data")
@require_POST
def closure_check(request: Any, closure_id: int) -> HttpResponse:
    """Say that a closure is still as written."""
    row = access.find_closure(closure_id)
    try:
        actions.check_closure(row, actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Notiert: Die Sperrung ist geprüft."))
    return redirect(_address(request, "closure", row))


@needs("edit_data")
@require_POST
def closure_end(request: Any, closure_id: int) -> HttpResponse:
    """Say that a street is open again."""
    row = access.find_closure(closure_id)
    try:
        actions.end_closure(row, actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Die Sperrung ist beendet."))
    return redirect(_address(request, "closure_list"))
