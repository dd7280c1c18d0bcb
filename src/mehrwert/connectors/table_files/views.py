"""Pages: hand a table in, look at its preview, check, store, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mehrwert.base.errors import InvalidInputError, MehrwertError
from mehrwert.base.http import csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.base.queries import last_live_id
from mehrwert.base.tables.errors import TableError
from mehrwert.base.tables.zones import ClockChange
from mehrwert.connectors.table_files import access, actions, jobs, presenting, queries
from mehrwert.connectors.table_files.choices import ImportState
from mehrwert.connectors.table_files.forms import (
    ClockChangeForm,
    ColumnsForm,
    FormatForm,
    SheetForm,
    UploadForm,
)
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.connectors.table_files.proposing import (
    LICENCES,
    columns_initial,
    format_initial,
)
from mehrwert.connectors.table_files.rules.meaning import UNITS
from mehrwert.connectors.table_files.rules.plan import plan_from_json
from mehrwert.observations.access import actor_of, context_of

DOOR = "table"
REMARKS_ON_PAGE = 25


@needs("import_data")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any) -> HttpResponse:
    """Take a file; list what was handed in."""
    limit_mb = queries.upload_limit_mb()
    form = UploadForm(request.POST or None, request.FILES or None, limit_mb=limit_mb)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.receive_upload(context_of(request, DOOR), form.cleaned_data["file"])
        except TableError as error:
            form.add_error("file", sentence_of(error))
        else:
            return _to(request, "sheet" if len(row.sheets) > 1 else "columns", row)
    page = paginate(request, queries.list_imports(), size=20)
    context = {
        "form": form,
        "page": page,
        "lines": [presenting.line(row) for row in page.items],
        "limit_mb": limit_mb,
        "crumbs": [_data_crumb(request), (gettext("Einlesen"), "")],
    }
    return _page(request, "table_files/start.html", context, 422 if form.errors else 200)


@needs("import_data")
@require_http_methods(["GET", "HEAD"])
def show(request: Any, import_id: int) -> HttpResponse:
    """Show an import where it stands."""
    row = access.find_import(import_id)
    if row.state == ImportState.DRAFT.value:
        return _to(request, "columns", row)
    remarks = paginate(request, queries.list_problems(row), size=REMARKS_ON_PAGE)
    context = {
        **_about(request, row),
        **presenting.counts(row, remarks.total or 0),
        "progress": queries.read_progress(row),
        "is_stuck": queries.is_stuck(row),
        "is_open": queries.is_under_way(row),
        "live_url": f"/live/{request.tenant.slug}?topics=job&nach={last_live_id()}",
        "series": queries.list_stored_series(row),
        "page": remarks,
        "remarks": presenting.remarks(remarks.items),
        "change_form": ClockChangeForm(),
    }
    return _page(request, "table_files/import.html", context, fragment="table_files/status.html")


@needs("import_data")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: Any, import_id: int) -> HttpResponse:
    """Show the preview; take what the columns mean and check the file."""
    row = access.find_import(import_id)
    plan, preview = plan_from_json(row.plan), queries.read_preview(row)
    series = queries.list_target_series(request.tenant.pk)
    things = queries.list_target_things(request.tenant.pk)
    form = ColumnsForm(
        request.POST or None,
        preview=preview,
        things=[(thing.id, thing.name) for thing in things],
        series=list(queries.names_of(series).items()),
        initial=columns_initial(row, preview, series, things),
    )
    if request.method == "POST" and form.is_valid():
        actions.set_columns(row, form.to_plan(plan), form.to_targets())
        return _check(request, row)
    context = {
        **_about(request, row),
        "form": form,
        "format_form": FormatForm(initial=format_initial(plan)),
        "preview": preview,
        "units": UNITS,
        "licences": LICENCES,
    }
    status = 422 if form.is_bound else 200
    return _page(request, "table_files/columns.html", context, status)


@needs("import_data")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Any, import_id: int) -> HttpResponse:
    """Ask which sheet of a workbook is to be read."""
    row = access.find_import(import_id)
    if not row.sheets:
        return _to(request, "columns", row)
    form = SheetForm(request.POST or None, sheets=row.sheets, initial={"sheet": row.sheet})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_sheet(row, form.cleaned_data["sheet"])
        except (TableError, InvalidInputError) as error:
            form.add_error("sheet", sentence_of(error))
        else:
            return _to(request, "columns", row)
    context = {**_about(request, row), "form": form}
    return _page(request, "table_files/sheet.html", context, 422 if form.errors else 200)


@needs("import_data")
@require_POST
def table_format(request: Any, import_id: int) -> HttpResponse:
    """Read the file in another way."""
    row = access.find_import(import_id)
    form = FormatForm(request.POST)
    if form.is_valid():
        try:
            actions.set_format(row, form.to_format())
        except TableError as error:
            messages.error(request, sentence_of(error))
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
    return _to(request, "columns", row)


@needs("import_data")
@require_POST
def clock_change(request: Any, import_id: int) -> HttpResponse:
    """Take the answer to the question of the repeated hour and check again."""
    row = access.find_import(import_id)
    form = ClockChangeForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Bitte wählen Sie eine der Antworten."))
        return _to(request, "import", row)
    actions.answer_clock_change(row, ClockChange(form.cleaned_data["change"]))
    return _check(request, row)


@needs("import_data")
@require_POST
def store(request: Any, import_id: int) -> HttpResponse:
    """Let a job store what was checked."""
    row = access.find_import(import_id)
    try:
        actions.start_store(row, actor_of(request), jobs.store_table)
    except InvalidInputError as error:
        messages.error(request, sentence_of(error))
    return _to(request, "import", row)


@needs("import_data")
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: Any, import_id: int) -> HttpResponse:
    """Ask, then let a job take the import back."""
    row = access.find_import(import_id)
    here = _url(request, "import", row)
    if request.method == "POST":
        actions.start_undo(row, actor_of(request), jobs.undo_table)
        return redirect(here)
    context = {
        **_about(request, row),
        "title": gettext("Import rückgängig machen?"),
        "text": gettext("Alle Werte aus „%(name)s“ werden entfernt. Ersetzte Werte gelten wieder.")
        % {"name": row.name},
        "consequences": [
            gettext("Neue Messreihen dieses Imports werden gelöscht, wenn sie danach leer sind."),
            gettext("Sie können die Datei danach noch einmal einlesen."),
        ],
        "action": request.path,
        "submit": gettext("Rückgängig machen"),
        "cancel_url": here,
    }
    return _page(request, "base/confirm.html", context)


@needs("import_data")
@require_POST
def cancel(request: Any, import_id: int) -> HttpResponse:
    """Ask the running job to stop."""
    row = access.find_import(import_id)
    actions.cancel(row, actor_of(request))
    messages.info(request, gettext("Der Auftrag wird angehalten."))
    return _to(request, "import", row)


@needs("import_data")
@require_POST
def discard(request: Any, import_id: int) -> HttpResponse:
    """Forget an import that stored nothing."""
    actions.discard(access.find_import(import_id))
    messages.success(request, gettext("Die Datei wurde verworfen. Es wurde nichts gespeichert."))
    return redirect("table_files:start", mandant=request.tenant.slug)


@needs("import_data")
@require_GET
def problems_csv(request: Any, import_id: int) -> HttpResponse:
    """Give all remarks for a spreadsheet."""
    row = access.find_import(import_id)
    head = [gettext(word) for word in presenting.CSV_HEAD]
    rows = map(presenting.csv_row, queries.stream_problems(row))
    return csv_response(request, f"hinweise-{row.pk}.csv", head, rows)


def _check(request: Any, row: TableImport) -> HttpResponse:
    try:
        actions.start_check(row, actor_of(request), jobs.check_table)
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
        return _to(request, "columns", row)
    return _to(request, "import", row)


def _about(request: Any, row: TableImport) -> dict[str, Any]:
    start_url = reverse("table_files:start", kwargs={"mandant": request.tenant.slug})
    return {
        "row": row,
        "state": presenting.state_label(row),
        "state_tag": presenting.state_tag(row),
        "error": presenting.error_text(row),
        "crumbs": [_data_crumb(request), (gettext("Einlesen"), start_url), (row.name, "")],
    }


def _data_crumb(request: Any) -> tuple[str, str]:
    url = reverse("observations:thing_list", kwargs={"mandant": request.tenant.slug})
    return (gettext("Daten"), url)


def _url(request: Any, name: str, row: TableImport) -> str:
    kwargs = {"mandant": request.tenant.slug, "import_id": row.pk}
    return reverse(f"table_files:{name}", kwargs=kwargs)


def _to(request: Any, name: str, row: TableImport) -> HttpResponse:
    return redirect(_url(request, name, row))


def _page(
    request: Any, template: str, context: dict[str, Any], status: int = 200, fragment: str = ""
) -> HttpResponse:
    request.nav_key = "data"
    return render_page(request, template, context, status, fragment=fragment)
