"""What pages fetch and people download: points of map and chart, CSV, pictures."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import needs
from mehrwert.figures import PAPER
from mehrwert.observations import listing, queries
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.actions import note_reads
from mehrwert.observations.charting import Plot, asked_of, plot_of, points_json
from mehrwert.observations.choices import Quality
from mehrwert.observations.exports import (
    Dialect,
    LocalTimes,
    StreamedText,
    csv_text,
    dialect_of,
    download,
    file_name,
    local_time,
    streamed_csv,
)
from mehrwert.observations.periods import Span, Step
from mehrwert.observations.pictures import drawn_figure
from mehrwert.observations.presenting import map_points
from mehrwert.observations.wording import freshness_text, protection_text, quality_text

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


@needs("read")
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Return the things under the filter as GeoJSON for the map."""
    asked = listing.filter_of(request.GET)
    found = listing.select(queries.list_glances(tenant_of(request).pk), asked)
    features = map_points(request, found, asked)
    return JsonResponse({"type": "FeatureCollection", "features": features})


@needs("read")
@require_safe
def thing_csv(request: HttpRequest) -> HttpResponse:
    """Return the list under the filter, one row per series."""
    dialect = dialect_of(request.GET.get("format", ""))
    asked = listing.filter_of(request.GET)
    found = listing.select(queries.list_glances(tenant_of(request).pk), asked)
    rows = (_list_row(thing, series) for thing in found for series in thing.series)
    text = dialect.start + csv_text([_list_head(), *rows], dialect)
    return download(text, f"{tenant_of(request).slug}-messstellen.csv")


def _list_head() -> list[str]:
    return [
        gettext("Messstelle"),
        gettext("Ort"),
        gettext("Breite"),
        gettext("Länge"),
        gettext("Ort ungefähr"),
        gettext("Messreihe"),
        gettext("Messgröße"),
        gettext("Letzter Wert"),
        gettext("Einheit"),
        gettext("Zeitpunkt"),
        gettext("Zustand"),
        gettext("Anzahl Werte"),
        gettext("Schutzbedarf"),
        gettext("Quelle"),
        gettext("Lizenz"),
        gettext("Namensnennung"),
    ]


def _list_row(thing: queries.ThingGlance, series: queries.SeriesGlance) -> list[Any]:
    return [
        thing.name,
        thing.place,
        thing.lat,
        thing.lon,
        thing.is_approximate,
        series.name,
        series.property_name,
        series.value,
        series.unit,
        local_time(series.last_time_us),
        freshness_text(series.state),
        series.n,
        protection_text(series.protection),
        series.source,
        series.licence,
        series.credit,
    ]


@needs("read")
@require_safe
def datastream_points(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Return the points of a chart, at most 2,000."""
    return JsonResponse(points_json(_plot(request, datastream_id)))


@needs("read")
@require_safe
def datastream_svg(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Return the figure as a file with fixed colours."""
    plot = _plot(request, datastream_id)
    response = HttpResponse(XML + drawn_figure(plot, PAPER), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{file_name(plot.series)}.svg"'
    return response


@needs("read")
@require_safe
def datastream_csv(request: HttpRequest, datastream_id: int) -> HttpResponseBase:
    """Return what the page shows, or with ``umfang=alles`` every reading of the series."""
    dialect = dialect_of(request.GET.get("format", ""))
    tenant_id = tenant_of(request).pk
    if request.GET.get("umfang") == "alles":
        series = _read_series(request, datastream_id)
        rows = _all_readings(tenant_id, series, dialect)
        pieces = streamed_csv(_reading_head(), rows, dialect)
        return StreamedText(pieces, file_name=f"{file_name(series)}.csv")
    plot = _plot(request, datastream_id)
    name = f"{file_name(plot.series)}-{plot.step.value}.csv"
    if plot.step is not Step.READINGS:
        return download(_period_csv(plot, dialect), name)
    rows = _all_readings(tenant_id, plot.series, dialect, plot.asked.span)
    return StreamedText(streamed_csv(_reading_head(), rows, dialect), file_name=name)


def _plot(request: HttpRequest, datastream_id: int) -> Plot:
    series = _read_series(request, datastream_id)
    return plot_of(tenant_of(request).pk, series, asked_of(request.GET, series))


def _read_series(request: HttpRequest, datastream_id: int) -> queries.DatastreamRow:
    """Return a series whose values will be shown; who reads restricted ones is written down."""
    series = queries.read_datastream(tenant_of(request).pk, datastream_id)
    note_reads(context_of(request, "downloads"), [series.id])
    return series


def _reading_head() -> list[str]:
    return [
        gettext("Beginn"),
        gettext("Abstand zu UTC"),
        gettext("Ende"),
        gettext("Wert"),
        gettext("Einheit"),
        gettext("Kennzeichen"),
        gettext("Hinweis"),
    ]


def _all_readings(
    tenant_id: int,
    series: queries.DatastreamRow,
    dialect: Dialect,
    span: Span | None = None,
) -> Iterator[list[list[Any]]]:
    """Yield the readings of a stretch in chunks; those flagged bad are there, with their flag."""
    start, end = (None, None) if span is None else (span.start_us, span.end_us)
    times = LocalTimes(dialect)
    words = {int(flag): quality_text(flag) for flag in Quality}
    for chunk in queries.stream_rows(tenant_id, series.id, start, end):
        yield [
            [
                times.text(row.time_us),
                times.distance(row.time_us),
                times.text(row.end_us),
                row.result,
                series.unit_symbol,
                words[row.quality],
                row.qualifiers,
            ]
            for row in chunk
        ]


def _period_csv(plot: Plot, dialect: Dialect) -> str:
    head = [
        gettext("Beginn"),
        gettext("Ende"),
        gettext("Wert"),
        gettext("Kleinster"),
        gettext("Größter"),
        gettext("Einheit"),
        gettext("Anzahl Werte"),
        gettext("davon falsch"),
        gettext("Vollständigkeit"),
    ]
    unit = plot.series.unit_symbol
    rows = [
        [p.start, p.end, p.value, p.low, p.high, unit, p.n, p.n_bad, p.coverage]
        for p in plot.periods
    ]
    return dialect.start + csv_text([head, *rows], dialect)
