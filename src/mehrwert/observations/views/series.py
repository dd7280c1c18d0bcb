"""The page of one Messreihe: its course in a sentence, a figure, a table, its origin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.http import needs, render_page
from mehrwert.base.paging import with_query
from mehrwert.observations import queries
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.actions import note_reads
from mehrwert.observations.charting import Plot, asked_of, plot_of
from mehrwert.observations.choices import Freshness, Quality
from mehrwert.observations.forms import FlagForm
from mehrwert.observations.periods import BERLIN, Span, Step, Window
from mehrwert.observations.pictures import drawn_figure, figure_title, query_of_span
from mehrwert.observations.presenting import CSS, address, common, iso, sta_url
from mehrwert.observations.views.edits import edit_lines
from mehrwert.observations.wording import (
    aggregation_text,
    citation,
    freshness_text,
    interval_text,
    period_text,
    protection_text,
    qualifier_text,
    quality_text,
    trend_sentence,
    value_text,
)

MOST_ROWS = 120
LOW_COVERAGE = 0.75


@needs("read")
@require_safe
def datastream(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Show one series over a stretch of time."""
    tenant = tenant_of(request)
    series = queries.read_datastream(tenant.pk, datastream_id)
    note_reads(context_of(request), [series.id])
    plot = plot_of(tenant.pk, series, asked_of(request.GET, series))
    state = series.state
    context = {
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (series.thing_name, address(request, "thing", thing_id=series.thing_id)),
            (series.name, ""),
        ],
        "series": series,
        "plot": plot,
        "latest": value_text(series.latest.result, series.unit_symbol) if series.latest else "–",
        "latest_iso": iso(series.last_time_us),
        "latest_flag": _flag(series),
        "css": CSS[state],
        "state_text": freshness_text(state),
        "figure": figure_context(request, plot, state),
        "windows": _windows(request, plot),
        "steps": _steps(request, plot),
        "own": _own_ends(plot.asked.span),
        "rows": table_rows(request, plot),
        "coarser": plot.is_coarser,
        "thing_url": address(request, "thing", thing_id=series.thing_id),
        "calibrated_from_url": address(request, "datastream", datastream_id=int(raw_id))
        if (raw_id := (series.properties or {}).get("calibrated_from"))
        else "",
        "interval": interval_text(series.gap_us),
        "aggregation": aggregation_text(series.aggregation),
        "protection": protection_text(series.protection),
        "notes": _notes(plot),
        "imports": queries.list_series_imports(tenant.pk, datastream_id),
        "flagged": flag_history(tenant.pk, datastream_id),
        "corrections": edit_lines(
            request, series, queries.list_edits(tenant.pk, series.id, limit=5)
        ),
        "flag_form": FlagForm(auto_id="flag_%s", initial=_own_ends(plot.asked.span)),
        "curl_address": sta_url(request),
        **common(request),
    }
    return render_page(request, "observations/series.html", context)


def _flag(series: queries.DatastreamRow) -> str:
    doubtful = (Quality.SUSPECT, Quality.BAD, Quality.FILLED)
    latest = series.latest
    return quality_text(latest.quality) if latest and latest.quality in doubtful else ""


def figure_context(request: HttpRequest, plot: Plot, state: Freshness) -> dict[str, Any]:
    """Return what the part ``figure`` takes: picture, points, downloads, citation."""
    series, tenant = plot.series, tenant_of(request)
    same = query_of_span(plot)
    base = {"datastream_id": series.id}
    csv = address(request, "datastream_csv", **base)
    next_us = (series.last_time_us or 0) + (series.gap_us or 0)
    is_due = state is Freshness.FRESH and series.gap_us and next_us > now_us()
    return {
        "sentence": trend_sentence(plot.trend, series.unit_symbol, timezone.now()),
        "title": figure_title(plot),
        "svg": mark_safe(drawn_figure(plot)),  # noqa: S308 (drawn by figures)
        "points_url": f"{address(request, 'datastream_points', **base)}?{same}",
        "svg_url": f"{address(request, 'datastream_svg', **base)}?{same}",
        "downloads": [
            (gettext("wie gezeigt"), f"{csv}?{same}"),
            (gettext("wie gezeigt, für Excel"), f"{csv}?{same}&format=excel"),
            (gettext("alle Messwerte"), f"{csv}?umfang=alles"),
            (gettext("alle Messwerte, für Excel"), f"{csv}?umfang=alles&format=excel"),
        ],
        "cite": citation(plot, tenant.name, request.build_absolute_uri(request.path)),
        "sources": [text for text in (series.source, series.credit, series.licence) if text],
        "as_of": series.last_time_us,
        "next_update": next_us if is_due else None,
    }


def _windows(request: HttpRequest, plot: Plot) -> list[dict[str, Any]]:
    names = {
        Window.DAY: gettext("24 Stunden"),
        Window.WEEK: gettext("7 Tage"),
        Window.MONTH: gettext("30 Tage"),
        Window.YEAR: gettext("Jahr"),
        Window.ALL: gettext("alles"),
    }
    return [
        {
            "label": label,
            "url": with_query(request, zeitraum=window.value, von=None, bis=None, punkte=None),
            "is_on": plot.asked.window is window,
        }
        for window, label in names.items()
    ]


def _steps(request: HttpRequest, plot: Plot) -> list[dict[str, Any]]:
    names = {
        Step.READINGS: gettext("Messwerte"),
        Step.HOUR: pgettext("zusammengefasst je", "Stunde"),
        Step.DAY: pgettext("zusammengefasst je", "Tag"),
        Step.WEEK: pgettext("zusammengefasst je", "Woche"),
        Step.MONTH: pgettext("zusammengefasst je", "Monat"),
    }
    return [
        {
            "label": label,
            "url": with_query(request, stufe=step.value),
            "is_on": plot.step is step,
        }
        for step, label in names.items()
    ]


def _own_ends(span: Span) -> dict[str, str]:
    """Return both ends as a form field of local time wants them."""
    ends = {"von": span.start_us, "bis": span.end_us}
    return {
        name: f"{from_us(at_us - at_us % 60_000_000).astimezone(BERLIN):%Y-%m-%dT%H:%M}"
        for name, at_us in ends.items()
    }


def table_rows(request: HttpRequest, plot: Plot) -> list[dict[str, Any]]:
    """Return the table below the figure, newest first: readings, or periods with coverage."""
    series = plot.series
    if plot.step is Step.READINGS:
        span = plot.asked.span
        found = queries.read_observations(
            tenant_of(request).pk, series.id, span.start_us, span.end_us, limit=MOST_ROWS
        )
        own = {"datastream_id": series.id}
        return [
            {
                "url": address(request, "value", **own, observation_id=row.id),
                "time": row.time_us,
                "value": value_text(row.result, series.unit_symbol),
                "flag": quality_text(row.quality) if row.quality else "",
                "is_bad": row.quality == Quality.BAD,
                "words": qualifier_text(row.qualifiers),
            }
            for row in found
        ]
    return [
        {
            "name": period_text(period, plot.step),
            "value": value_text(period.value, series.unit_symbol),
            "low": value_text(period.low, series.unit_symbol),
            "high": value_text(period.high, series.unit_symbol),
            "n": period.n,
            "n_bad": period.n_bad,
            "coverage": None if period.coverage is None else round(period.coverage * 100),
            "is_thin": period.coverage is not None and period.coverage < LOW_COVERAGE,
        }
        for period in reversed(plot.periods[-MOST_ROWS:])
    ]


def _notes(plot: Plot) -> list[str]:
    """Return what a reader must know about the values shown."""
    notes = []
    if plot.n_bad:
        notes.append(
            gettext("%(n)s Werte sind als falsch gekennzeichnet. Sie sind nicht mitgezeichnet.")
            % {"n": value_text(plot.n_bad)}
        )
    suspect = (plot.flags or {}).get(Quality.SUSPECT, 0)
    if suspect:
        notes.append(
            gettext("%(n)s Werte sind als zweifelhaft gekennzeichnet. Sie sind mitgezeichnet.")
            % {"n": value_text(suspect)}
        )
    thin = sum(1 for p in plot.periods if p.coverage is not None and p.coverage < LOW_COVERAGE)
    if thin:
        notes.append(
            gettext("%(n)s von %(all)s Abschnitten sind lückenhaft: unter drei Viertel der Werte.")
            % {"n": value_text(thin), "all": value_text(len(plot.periods))}
        )
    return notes


def flag_history(tenant_id: int, datastream_id: int) -> list[dict[str, Any]]:
    """Return the stretches that people flagged, newest first, and whether they were taken back."""
    found = queries.list_changes(tenant_id, [("datastream", datastream_id)], limit=100)
    undone = {c.after.get("undone_us") for c in found if c.verb == "unflag"}
    return [
        {
            "at": change.at_us,
            "who": change.actor_label,
            "from": change.after["from_us"],
            "to": change.after["to_us"],
            "n": change.after["n"],
            "word": quality_text(change.after["quality"]),
            "reason": change.after["reason"],
            "changed_us": change.after["changed_us"],
            "is_undone": change.after["changed_us"] in undone,
        }
        for change in found
        if change.verb == "flag"
    ][:10]
