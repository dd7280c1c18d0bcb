"""Pages: the readings of a series one by one; one of them corrected, added or deleted (OBS-47)."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.clock import from_us
from mehrwert.base.errors import ForbiddenError
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import with_query
from mehrwert.observations import actions, queries
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.charting import moment_of
from mehrwert.observations.choices import Quality
from mehrwert.observations.errors import ReadingChangedError, ReadingThereError
from mehrwert.observations.forms import ReasonForm
from mehrwert.observations.forms_values import NewValueForm, ValueForm
from mehrwert.observations.periods import BERLIN
from mehrwert.observations.presenting import address, common
from mehrwert.observations.queries import DatastreamRow, ObservationRow
from mehrwert.observations.wording import (
    edit_text,
    exact_when,
    qualifier_text,
    quality_text,
    value_text,
)

PAGE = ["GET", "HEAD", "POST"]
PER_PAGE = 50
Crumbs = list[tuple[str, str]]


@needs("read")
@require_safe
def value_list(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """List the readings of a series, newest first, from a time on that may be chosen."""
    series = _series(request, datastream_id)
    until = moment_of(request.GET.get("bis", ""))
    end_us = None if until is None else round(until.timestamp() * 1_000_000)
    found = queries.read_observations(
        tenant_of(request).pk, series.id, None, end_us, limit=PER_PAGE + 1
    )
    rows = found[:PER_PAGE]
    older = _next_end(rows, end_us) if len(found) > PER_PAGE else ""
    title = gettext("Einzelne Werte")
    context = {
        "crumbs": _crumbs(request, series, title),
        "title": title,
        "series": series,
        "lines": [_line(request, series, row) for row in rows],
        "until": f"{until:%Y-%m-%dT%H:%M:%S}" if until else "",
        "older_url": with_query(request, bis=older) if older else "",
        "newest_url": with_query(request, bis=None) if until else "",
        "series_url": address(request, "datastream", datastream_id=series.id),
        "new_url": address(request, "value_new", datastream_id=series.id),
        "can_change": _can_change(request, series),
    }
    return render_page(request, "observations/values.html", context)


@needs("read")
@require_http_methods(PAGE)
def value(request: HttpRequest, datastream_id: int, observation_id: int) -> HttpResponse:
    """Show one reading with what was done to it; whoever may, corrects it."""
    series = _series(request, datastream_id)
    seq, row, changes = queries.read_value(tenant_of(request).pk, series.id, observation_id)
    can_change = _can_change(request, series) and _is_plain(row)
    form = None
    if can_change:
        form = _form_of(request, series, row)
        if request.method == "POST" and form.is_valid() and _correct(request, series, row, form):
            return redirect(request.path)
    elif request.method == "POST":
        raise ForbiddenError
    title = exact_when(row.time_us)
    context = {
        "crumbs": _crumbs(
            request,
            series,
            title,
            (gettext("Einzelne Werte"), address(request, "value_list", datastream_id=series.id)),
        ),
        "title": title,
        "series": series,
        "line": _line(request, series, row),
        "form": form,
        "changes": [_change(request, series, seq, change, can_change) for change in changes],
        "added": _added(request, series, row) if not changes else None,
        "list_url": address(request, "value_list", datastream_id=series.id),
        "delete_url": _address(request, "value_delete", series, row) if can_change else "",
        "flag_url": _flag_url(request, series, row),
        "raw_url": _raw_url(request, series),
    }
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render_page(request, "observations/value.html", context, status)


@needs("edit_data")
@require_http_methods(PAGE)
def value_new(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Add a reading that is missing."""
    series = _series(request, datastream_id)
    data = request.POST if request.method == "POST" else None
    given = request.GET.get("zeit", "")
    form = NewValueForm(
        data,
        initial={"quality": int(Quality.FILLED), "time": given[:19]},
        unit=series.unit_symbol or "",
    )
    if data is not None and form.is_valid():
        found = _add(request, series, form)
        if found is not None:
            return found
    title = gettext("Fehlenden Wert ergänzen")
    back = address(request, "value_list", datastream_id=series.id)
    context = {
        "crumbs": _crumbs(request, series, title, (gettext("Einzelne Werte"), back)),
        "title": title,
        "forms": [("", form)],
        "submit": gettext("Wert ergänzen"),
        "help": gettext(
            "Der Wert trägt sein Kennzeichen und den Hinweis „von Hand ergänzt“. Stundenwerte,"
            " Bilder und Meldungen folgen von selbst. Sie können ihn jederzeit wieder löschen."
        ),
        "cancel_url": back,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "observations/form.html", context, status)


@needs("edit_data")
@require_http_methods(PAGE)
def value_delete(request: HttpRequest, datastream_id: int, observation_id: int) -> HttpResponse:
    """Ask why, then delete one reading; it can be taken back."""
    series = _series(request, datastream_id)
    _, row, _ = queries.read_value(tenant_of(request).pk, series.id, observation_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        where = (series.id, row.id)
        actions.delete_reading(context_of(request), where, reason=form.cleaned_data["reason"])
        messages.success(
            request, gettext("Der Wert ist gelöscht. Sie können das hier zurücknehmen.")
        )
        return redirect(address(request, "edits", datastream_id=series.id))
    title = gettext("Wert löschen?")
    back = _address(request, "value", series, row)
    context = {
        "crumbs": _crumbs(request, series, title, (exact_when(row.time_us), back)),
        "title": title,
        "series": series,
        "line": _line(request, series, row),
        "form": form,
        "cancel_url": back,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "observations/value_delete.html", context, status)


def _series(request: HttpRequest, datastream_id: int) -> DatastreamRow:
    """Return a series whose values will be shown; who reads restricted ones is written down."""
    series = queries.read_datastream(tenant_of(request).pk, datastream_id)
    actions.note_reads(context_of(request), [series.id])
    return series


def _can_change(request: HttpRequest, series: DatastreamRow) -> bool:
    return bool(common(request)["can_edit"]) and not _raw_id(series)


def _raw_id(series: DatastreamRow) -> int:
    return int((series.properties or {}).get("calibrated_from") or 0)


def _raw_url(request: HttpRequest, series: DatastreamRow) -> str:
    raw_id = _raw_id(series)
    return address(request, "value_list", datastream_id=raw_id) if raw_id else ""


def _is_plain(row: ObservationRow) -> bool:
    """Say whether a value can be typed: a number, a word, or nothing yet."""
    return row.result is None or type(row.result) in (int, float, str)


def _address(request: HttpRequest, name: str, series: DatastreamRow, row: ObservationRow) -> str:
    return address(request, name, datastream_id=series.id, observation_id=row.id)


def _flag_url(request: HttpRequest, series: DatastreamRow, row: ObservationRow) -> str:
    """Return where this one reading is flagged; the end of a stretch is not part of it."""
    begin = from_us(row.time_us).astimezone(BERLIN).replace(microsecond=0)
    ends = {"von": f"{begin:%Y-%m-%dT%H:%M:%S}"}
    ends["bis"] = f"{begin + timedelta(seconds=1):%Y-%m-%dT%H:%M:%S}"
    return f"{address(request, 'flag', datastream_id=series.id)}?{urlencode(ends)}"


def _line(request: HttpRequest, series: DatastreamRow, row: ObservationRow) -> dict[str, Any]:
    return {
        "row": row,
        "at": exact_when(row.time_us),
        "value": value_text(row.result, series.unit_symbol),
        "flag": quality_text(row.quality) if row.quality else "",
        "is_bad": row.quality == Quality.BAD,
        "is_good": row.quality == Quality.GOOD,
        "words": qualifier_text(row.qualifiers),
        "url": _address(request, "value", series, row),
    }


def _next_end(rows: list[ObservationRow], end_us: int | None) -> str:
    """Return where the next page ends: with the last shown, so that none of its time is skipped."""
    last_us = rows[-1].time_us
    return _exact(last_us if end_us == last_us + 1 else last_us + 1)


def _exact(at_us: int) -> str:
    """Return a time with all its digits, as ``bis`` takes it."""
    return from_us(at_us).isoformat(timespec="microseconds")


def _form_of(request: HttpRequest, series: DatastreamRow, row: ObservationRow) -> ValueForm:
    seen = json.dumps(row.result)
    known = (Quality.GOOD, Quality.FILLED, Quality.SUSPECT)
    initial = {
        "value": row.result,
        "seen": seen,
        "quality": row.quality if row.quality in known else int(Quality.GOOD),
    }
    return ValueForm(
        request.POST or None,
        initial=initial,
        is_text=isinstance(row.result, str),
        unit=series.unit_symbol or "",
    )


def _correct(
    request: HttpRequest, series: DatastreamRow, row: ObservationRow, form: ValueForm
) -> bool:
    """Correct a reading; False: somebody else was faster, and the form says so."""
    given = form.cleaned_data
    try:
        changed = actions.correct_reading(
            context_of(request),
            (series.id, row.id),
            given["value"],
            quality=given["quality"],
            seen=_decoded(given["seen"]),
            reason=given["reason"],
        )
    except ReadingChangedError as error:
        form.add_error("value", sentence_of(error))
        form.data = {**request.POST.dict(), "seen": json.dumps(row.result)}
        return False
    if changed:
        messages.success(
            request, gettext("Der Wert ist berichtigt. Unten können Sie das zurücknehmen.")
        )
    else:
        messages.warning(request, gettext("Es hat sich nichts geändert: So stand es schon da."))
    return True


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _add(request: HttpRequest, series: DatastreamRow, form: NewValueForm) -> HttpResponse | None:
    """Add the reading and lead to it; None: there is one already, and the form says so."""
    given = form.cleaned_data
    latest = series.latest
    is_interval = latest is not None and latest.end_us is not None
    length = latest.end_us - latest.time_us if latest and is_interval and latest.end_us else None
    end_us = None if length is None else given["time"] + length
    try:
        number = actions.add_reading(
            context_of(request),
            series.id,
            (given["time"], end_us),
            given["value"],
            quality=given["quality"],
            reason=given["reason"],
        )
    except ReadingThereError as error:
        form.add_error("time", sentence_of(error))
        return None
    messages.success(request, gettext("Der Wert ist ergänzt."))
    return redirect(address(request, "value", datastream_id=series.id, observation_id=number))


def _change(
    request: HttpRequest,
    series: DatastreamRow,
    seq: int,
    change: queries.ValueChange,
    can_change: bool,
) -> dict[str, Any]:
    back = address(request, "edit_back", datastream_id=series.id, edit_id=change.edit_id)
    return {
        "change": change,
        "verb": edit_text(change.verb),
        "before": "" if change.verb == "restore" else value_text(change.before, series.unit_symbol),
        "url": f"{back}?wert={seq}" if can_change and change.verb != "undone" else "",
    }


def _added(
    request: HttpRequest, series: DatastreamRow, row: ObservationRow
) -> queries.Change | None:
    """Return who added a reading by hand, and why."""
    if "added" not in (row.qualifiers or "").split():
        return None
    found = queries.list_changes(tenant_of(request).pk, [("datastream", series.id)], limit=500)
    return next(
        (c for c in found if c.verb == "add_reading" and c.after.get("from_us") == row.time_us),
        None,
    )


def _crumbs(
    request: HttpRequest, series: DatastreamRow, title: str, *between: tuple[str, str]
) -> Crumbs:
    return [
        (gettext("Daten"), address(request, "thing_list")),
        (series.name, address(request, "datastream", datastream_id=series.id)),
        *between,
        (title, ""),
    ]
