"""Page: the calibrations of a series; a new one, one taken back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.base.actions import start_job
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.observations import actions, jobs, queries
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.forms_calibration import CalibrationForm
from mehrwert.observations.presenting import address
from mehrwert.observations.queries import CalibrationRow, DatastreamRow
from mehrwert.observations.wording import value_text

PAGE = ["GET", "HEAD", "POST"]


@needs("edit_data")
@require_http_methods(PAGE)
def calibration(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Show how raw values become true ones; take a new comparison."""
    series = queries.read_datastream(tenant_of(request).pk, datastream_id)
    form = CalibrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, series, form):
        return redirect(address(request, "calibration", datastream_id=series.id))
    back = address(request, "datastream", datastream_id=series.id)
    rows = queries.list_calibrations(tenant_of(request).pk, series.id)
    title = gettext("Kalibrierung")
    context = {
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (series.name, back),
            (title, ""),
        ],
        "title": title,
        "series": series,
        "form": form,
        "lines": [_line(request, row, series) for row in rows],
        "derived_url": _derived_url(request, series, rows),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "observations/calibration.html", context, status)


def _added(request: HttpRequest, series: DatastreamRow, form: CalibrationForm) -> bool:
    """Keep a calibration and begin to write the values; False: the form says why not."""
    choice = form.to_choice()
    name = gettext("%(name)s, kalibriert") % {"name": series.name}
    try:
        actions.add_calibration(context_of(request), series.id, choice, name=name[:255])
    except MehrwertError as error:
        form.add_error("pairs", sentence_of(error))
        return False
    _write_anew(request, series, choice.from_us)
    messages.success(
        request, gettext("Die Kalibrierung ist gespeichert. Die Werte werden umgerechnet.")
    )
    return True


def _derived_url(
    request: HttpRequest, series: DatastreamRow, rows: Sequence[CalibrationRow]
) -> str:
    """Return where the true values are; empty when there are none, or they lie in the trash."""
    if not queries.read_curves(tenant_of(request).pk, [series.id]):
        return ""
    return address(request, "datastream", datastream_id=rows[0].derived_id)


@needs("edit_data")
@require_POST
def calibration_end(request: HttpRequest, datastream_id: int, calibration_id: int) -> HttpResponse:
    """Take a calibration back."""
    series = queries.read_datastream(tenant_of(request).pk, datastream_id)
    rows = queries.list_calibrations(tenant_of(request).pk, datastream_id)
    actions.end_calibration(context_of(request), datastream_id, calibration_id)
    start = min(row.curve.from_us for row in rows if row.curve.id == calibration_id)
    _write_anew(request, series, start)
    messages.success(
        request,
        gettext("Zurückgenommen. Werte ohne gültige Kalibrierung gelten als zweifelhaft."),
    )
    return redirect(address(request, "calibration", datastream_id=datastream_id))


def _write_anew(request: HttpRequest, series: DatastreamRow, from_us: int) -> None:
    context = context_of(request)
    actor = context.actor
    start_job(
        jobs.recalibrate,
        title=gettext("%(name)s: kalibrierte Werte schreiben") % {"name": series.name},
        tenant_id=context.tenant_id,
        actor=actor,
        kwargs={
            "tenant_id": context.tenant_id,
            "raw_id": series.id,
            "from_us": from_us,
            "actor": [actor.kind, actor.actor_id, actor.label],
        },
    )


def _line(request: HttpRequest, row: CalibrationRow, series: DatastreamRow) -> dict[str, Any]:
    curve, unit = row.curve, series.unit_symbol
    ids = {"datastream_id": row.raw_id, "calibration_id": curve.id}
    return {
        "from_us": curve.from_us,
        "until_us": curve.until_us,
        "pairs": [(value_text(raw, unit), value_text(true, unit)) for raw, true in curve.points],
        "uncertainty": value_text(curve.uncertainty, unit) if curve.uncertainty is not None else "",
        "note": row.note,
        "who": row.actor_label,
        "made_us": row.created_us,
        "ended_us": row.ended_us,
        "end_url": address(request, "calibration_end", **ids),
    }
