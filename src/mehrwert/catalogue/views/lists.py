"""Pages: hand a list of measures in, map its columns, look at what it does, take it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.catalogue import actions, presenting, queries, wording
from mehrwert.catalogue.choices import LIST_STATE_LABELS, ListState
from mehrwert.catalogue.forms_lists import ColumnsForm, ListFileForm, WordsForm
from mehrwert.catalogue.models import ListImport
from mehrwert.catalogue.rules.measures import Measure, Problem

SAMPLE_ROWS = 5
SHOWN = 25
MOST_PROBLEMS = 100
MOST_WORDS = 40
STATE_KINDS = {ListState.OPEN: "warn", ListState.DONE: "ok", ListState.UNDONE: ""}


def _to(request: Any, name: str, row: ListImport | None = None) -> str:
    kwargs = {"mandant": request.tenant.slug, **({"import_id": row.pk} if row else {})}
    return reverse(f"catalogue_own:{name}", kwargs=kwargs)


def _page(
    request: Any, template: str, context: dict[str, Any], name: str = "", status: int = 200
) -> HttpResponse:
    request.nav_key = "solutions"
    mine = reverse("catalogue_own:own", kwargs={"mandant": request.tenant.slug})
    crumbs = [(gettext("Lösungen"), reverse("catalogue:list")), (gettext("Unsere Lösungen"), mine)]
    if name:
        crumbs += [(gettext("Listen"), _to(request, "lists")), (name, "")]
    else:
        crumbs += [(gettext("Listen"), "")]
    return render_page(request, template, {"crumbs": crumbs, **context}, status=status)


@needs("import_data")
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: Any) -> HttpResponse:
    """Take a file; list what was handed in."""
    form = ListFileForm(request.POST, request.FILES) if request.method == "POST" else ListFileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["datei"]
        try:
            row = actions.open_list(
                request.tenant, str(file.name), file.read(), actor=actor_of(request)
            )
        except MehrwertError as problem:
            form.add_error("datei", str(sentence_of(problem)))
        else:
            return redirect(_to(request, "list_columns", row))
    page = paginate(request, queries.list_list_imports(), size=20)
    context = {"form": form, "page": page, "lines": [_line(row) for row in page.items]}
    status = 422 if request.method == "POST" else 200
    return _page(request, "catalogue/lists.html", context, status=status)


def _line(row: ListImport) -> dict[str, Any]:
    state = ListState(row.state)
    return {
        "row": row,
        "state": gettext(LIST_STATE_LABELS[state]),
        "kind": STATE_KINDS[state],
    }


@needs("import_data")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Any, import_id: int) -> HttpResponse:
    """Show the first rows; take what the columns hold."""
    row = queries.read_list_import(import_id)
    if row.state != ListState.OPEN:
        return redirect(_to(request, "list", row))
    if request.method == "POST" and "blatt" in request.POST:
        actions.choose_sheet(row, request.POST["blatt"])
        return redirect(_to(request, "list_columns", row))
    table = row.tables[row.plan["sheet"]]
    names, targets = table["names"], row.plan["targets"]
    form = ColumnsForm(names, targets, data=request.POST or None, dated=row.plan.get("dated", ""))
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.map_list(row, form.targets(), dated=form.cleaned_data["stand"])
        except MehrwertError as problem:
            error = str(sentence_of(problem))
        else:
            return redirect(_to(request, "list", row))
    samples = [[cells[i] for cells in table["rows"] if cells[i]] for i in range(len(names))]
    context = {
        "row": row,
        "form": form,
        "error": error,
        "lines": [
            {"field": field, "samples": found[:SAMPLE_ROWS], "n": len(found)}
            for field, found in zip(form.columns(), samples, strict=True)
        ],
        "n_rows": len(table["rows"]),
        "sheets": [{"name": name, "is_on": name == row.plan["sheet"]} for name in row.tables],
    }
    status = 422 if request.method == "POST" else 200
    return _page(request, "catalogue/list_columns.html", context, row.file_name, status)


@needs("import_data")
@require_http_methods(["GET", "HEAD", "POST"])
def one_list(request: Any, import_id: int) -> HttpResponse:
    """Show what a list does, or did; take what its words mean."""
    row = queries.read_list_import(import_id)
    if row.state != ListState.OPEN:
        return _done(request, row)
    planned = queries.plan_list(row)
    asked = list(dict.fromkeys(pair for plan in planned for pair in plan.measure.asked))
    form = WordsForm(asked[:MOST_WORDS], request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.explain_words(row, form.answers())
        return redirect(_to(request, "list", row))
    problems = [_problem(plan.measure, told) for plan in planned for told in plan.measure.problems]
    shown = [plan for plan in planned if plan.kind != "bad"]
    page = paginate(request, shown, size=SHOWN)
    context = {
        "row": row,
        "counts": _counts([plan.kind for plan in planned]),
        "form": form,
        "n_asked": len(asked),
        "problems": problems[:MOST_PROBLEMS],
        "n_problems": len(problems),
        "page": page,
        "entries": [_entry(plan) for plan in page.items],
    }
    return _page(request, "catalogue/list_check.html", context, row.file_name)


def _counts(kinds: list[str]) -> dict[str, int]:
    return {kind: kinds.count(kind) for kind in ("new", "changed", "same", "bad")}


def _problem(measure: Measure, told: Problem) -> dict[str, Any]:
    return {
        "row": measure.row,
        "column": told.column,
        "text": told.text,
        "sentence": gettext(told.sentence),
    }


def _entry(plan: queries.Planned) -> dict[str, Any]:
    words = {
        "new": gettext("neu"),
        "changed": gettext("geändert"),
        "same": gettext("unverändert"),
    }
    fields = plan.profile.get("fields_of_action") or []
    return {
        "row": plan.measure.row,
        "kind": plan.kind,
        "word": words[plan.kind],
        "name": plan.profile["name"],
        "short": plan.profile.get("short_description", ""),
        "status": wording.status_word(plan.profile.get("status", "")),
        "fields": ", ".join(wording.field_name(code) for code in fields),
    }


def _done(request: Any, row: ListImport) -> HttpResponse:
    entries = queries.list_entries_of(row)
    page = paginate(request, entries, size=SHOWN)
    context = {
        **_line(row),
        "report": row.report,
        "is_done": row.state == ListState.DONE,
        "page": page,
        "entries": [
            {
                "name": entry.name,
                "slug": entry.solution.slug if entry.solution else "",
                "is_public": bool(entry.solution and entry.solution.is_public),
                "url": presenting.url_of(entry.solution.slug) if entry.solution else "",
                "word": gettext("neu") if entry.is_new else gettext("geändert"),
            }
            for entry in page.items
        ],
    }
    return _page(request, "catalogue/list_done.html", context, row.file_name)


@needs("import_data")
@require_POST
def store(request: Any, import_id: int) -> HttpResponse:
    """Take the list over."""
    row = queries.read_list_import(import_id)
    is_public = request.POST.get("sichtbar") == "ja"
    try:
        actions.store_list(row, request.tenant, is_public=is_public, actor=actor_of(request))
    except MehrwertError as problem:
        messages.error(request, str(sentence_of(problem)))
    return redirect(_to(request, "list", row))


@needs("import_data")
@require_POST
def undo(request: Any, import_id: int) -> HttpResponse:
    """Take the list back."""
    row = queries.read_list_import(import_id)
    try:
        kept = actions.undo_list(row, request.tenant, actor=actor_of(request))
    except MehrwertError as problem:
        messages.error(request, str(sentence_of(problem)))
        return redirect(_to(request, "list", row))
    if kept:
        text = ngettext(
            "Ein Eintrag bleibt, weil ihn inzwischen jemand geändert hat oder nutzt.",
            "%(n)d Einträge bleiben, weil sie inzwischen jemand geändert hat oder nutzt.",
            kept,
        )
        messages.warning(request, text % {"n": kept})
    else:
        messages.success(
            request, gettext("Rückgängig gemacht: Von der Liste ist nichts geblieben.")
        )
    return redirect(_to(request, "list", row))


@needs("import_data")
@require_POST
def discard(request: Any, import_id: int) -> HttpResponse:
    """Forget a list that was not taken over."""
    row = queries.read_list_import(import_id)
    try:
        actions.discard_list(row)
    except MehrwertError as problem:
        messages.error(request, str(sentence_of(problem)))
    return redirect(_to(request, "lists"))
