"""Pages: what was done to the readings of a series, and taking an edit back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.errors import ConflictError
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.figures import number
from mehrwert.observations import actions, queries
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.forms import ReasonForm
from mehrwert.observations.presenting import address, common
from mehrwert.observations.wording import edit_text, language, value_text

PAGE = ["GET", "HEAD", "POST"]
MOST_VALUES = 100


@needs("read")
@require_safe
def edits(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """List what was done to readings that stood in the store."""
    tenant_id = tenant_of(request).pk
    series = queries.read_datastream(tenant_id, datastream_id)
    actions.note_reads(context_of(request), [series.id])
    page = paginate(request, queries.list_edits(tenant_id, series.id), size=25)
    title = gettext("Änderungen an Messwerten")
    context = {
        "crumbs": _crumbs(request, series, title),
        "title": title,
        "series": series,
        "page": page,
        "lines": edit_lines(request, series, page.items),
        "series_url": address(request, "datastream", datastream_id=series.id),
        **common(request),
    }
    return render_page(request, "observations/edits.html", context)


@needs("edit_data")
@require_http_methods(PAGE)
def edit_back(request: HttpRequest, datastream_id: int, edit_id: int) -> HttpResponse:
    """Show what an edit did, value by value, and take it back with a reason (``?wert=`` one)."""
    tenant_id = tenant_of(request).pk
    series = queries.read_datastream(tenant_id, datastream_id)
    edit, values = queries.read_edit(tenant_id, series.id, edit_id, limit=MOST_VALUES)
    only = request.GET.get("wert", "")
    seq = int(only) if only.isdecimal() and any(v.seq == int(only) for v in values) else None
    form = ReasonForm(request.POST or None)
    back = address(request, "edits", datastream_id=series.id)
    if request.method == "POST" and form.is_valid():
        _take_back(request, (series.id, edit_id, seq), form.cleaned_data["reason"])
        return redirect(back)
    shown = [value for value in values if seq is None or value.seq == seq]
    title = gettext("Änderung zurücknehmen")
    context = {
        "crumbs": [*_crumbs(request, series, gettext("Änderungen"), back), (title, "")],
        "title": title,
        "series": series,
        "edit": edit_lines(request, series, [edit])[0],
        "values": [_value(value, series.unit_symbol) for value in shown],
        "is_one": seq is not None or edit.n == 1,
        "n_open": edit.n_open if seq is None else sum(value.is_open for value in shown),
        "n_hidden": edit.n - len(values) if seq is None else 0,
        "form": form,
        "cancel_url": back,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "observations/edit_back.html", context, status)


def edit_lines(
    request: HttpRequest, series: queries.DatastreamRow, found: Any
) -> list[dict[str, Any]]:
    """Return edits as lists show them, with where they are taken back."""
    can_undo = not (series.properties or {}).get("calibrated_from")
    return [
        {
            "edit": edit,
            "verb": edit_text(edit.verb),
            "old": value_text(edit.result, series.unit_symbol),
            "has_old": edit.n == 1 and edit.verb != "restore",
            "who": edit.actor_label,
            "why": edit.reason or edit.label,
            "url": address(request, "edit_back", datastream_id=series.id, edit_id=edit.id)
            if edit.n_open and can_undo
            else "",
        }
        for edit in found
    ]


def _value(value: queries.EditedValue, unit: str | None) -> dict[str, Any]:
    return {
        "value": value,
        "before": value_text(value.before, unit),
        "now": value_text(value.now, unit),
    }


def _take_back(request: HttpRequest, what: tuple[int, int, int | None], reason: str) -> None:
    datastream_id, edit_id, seq = what
    try:
        done = actions.take_back_edit(
            context_of(request), datastream_id, edit_id, reason=reason, seq=seq
        )
    except ConflictError as error:
        messages.error(request, sentence_of(error))
        return
    words = ngettext(
        "%(n)s Messwert ist wieder, wie er vorher war.",
        "%(n)s Messwerte sind wieder, wie sie vorher waren.",
        done.n,
    )
    messages.success(request, words % {"n": number(done.n, language=language())})
    if done.overtaken:
        words = ngettext(
            "%(n)s Messwert blieb, wie er ist: Er wurde seither noch einmal geändert.",
            "%(n)s Messwerte blieben, wie sie sind: Sie wurden seither noch einmal geändert.",
            done.overtaken,
        )
        messages.warning(request, words % {"n": number(done.overtaken, language=language())})


def _crumbs(
    request: HttpRequest, series: queries.DatastreamRow, title: str, url: str = ""
) -> list[tuple[str, str]]:
    return [
        (gettext("Daten"), address(request, "thing_list")),
        (series.name, address(request, "datastream", datastream_id=series.id)),
        (title, url),
    ]
