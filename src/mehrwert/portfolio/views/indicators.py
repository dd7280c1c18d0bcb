"""Indicators of a project, one indicator with its values, its place on the dashboard."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.observations.queries import list_datastreams
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices.indicators import TYPE_LABELS
from mehrwert.portfolio.forms import (
    FigureForm,
    IndicatorForm,
    ValueForm,
    VersionForm,
    WaiverForm,
)
from mehrwert.portfolio.models import Indicator
from mehrwert.portfolio.presenting import indicators as words
from mehrwert.portfolio.views.common import Ask, address, ask, crumbs, file_context, posted

ON_PAGE = 24
SAME = tuple(IndicatorForm.base_fields)


@needs("read")
@require_safe
def indicator_list(request: Any, project_id: int) -> HttpResponse:
    """List the indicators of a project and its baseline."""
    row = access.find_project(project_id)
    shown = queries.show_all(list(queries.list_indicators(row)), timezone.localdate())
    baseline = queries.read_baseline(row)
    context = {
        **file_context(request, row, "indicators"),
        "lines": [
            {
                **words.indicator_line(one),
                "url": _url(request, one.indicator),
                "freeze_url": address(
                    request, "baseline_freeze", row, indicator_id=one.indicator.pk
                ),
            }
            for one in shown
        ],
        "baseline": words.baseline_view(baseline) if baseline else None,
        "waive_url": address(request, "baseline_waive", row),
        "new_url": address(request, "indicator_new", row),
        "may_edit": request.can("edit_data") and row.state != "ended",
    }
    return render_page(request, "portfolio/indicators.html", context)


def _url(request: HttpRequest, row: Indicator, name: str = "indicator") -> str:
    return address(request, name, indicator_id=row.pk)


def _series(request: Any) -> list[tuple[int, str]]:
    rows = list_datastreams(request.tenant.pk)
    return [(one.id, f"{one.thing_name}: {one.name}"[:160]) for one in rows]


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def indicator_new(request: Any, project_id: int) -> HttpResponse:
    """Define an indicator of a project."""
    row = access.find_project(project_id)
    form = IndicatorForm(posted(request), series=_series(request), initial={"owner": row.unit})

    def act(given: dict[str, Any]) -> None:
        definition = actions.Definition(**given)
        actions.define_indicator(definition, project=row, actor=actor_of(request))

    page = Ask(
        gettext("Kennzahl anlegen"),
        address(request, "indicators", row),
        gettext("Die Kennzahl ist angelegt."),
        lead=row.title,
    )
    return ask(request, page, form, act, file_context(request, row, "indicators", page.title))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def version_new(request: Any, indicator_id: int) -> HttpResponse:
    """Add a version of a definition."""
    row = access.find_indicator(indicator_id)
    initial = {name: getattr(row.current, name) for name in SAME if name != "valid_from"}
    form = VersionForm(posted(request), series=_series(request), initial=initial)

    def act(given: dict[str, Any]) -> None:
        actions.change_definition(row, actions.Definition(**given), actor=actor_of(request))

    page = Ask(
        gettext("Neue Fassung der Kennzahl"),
        _url(request, row),
        gettext("Die neue Fassung gilt. Frühere Werte behalten ihre."),
        lead=gettext("Die frühere Fassung und ihre Werte bleiben stehen."),
    )
    return ask(request, page, form, act, _context(request, row, page.title))


def _context(request: HttpRequest, row: Indicator, last: str = "") -> dict[str, Any]:
    name = row.current.name if row.current else row.key
    if row.project is not None:
        way = crumbs(request, row.project, gettext("Kennzahlen"))[:-1]
    else:
        way = [(gettext("Vorhaben"), address(request, "list"))]
    way.append((name, _url(request, row)))
    return {"crumbs": [*way, (last, "")] if last else way}


@needs("read")
@require_safe
def indicator(request: Any, indicator_id: int) -> HttpResponse:
    """Show one indicator: series, definition, the decision it serves, every value."""
    row = access.find_indicator(indicator_id)
    today = timezone.localdate()
    (shown,) = queries.show_all([row], today)
    figure = access.find_figure(row)
    if figure is not None:
        actions.note_opened(row)
    page = paginate(request, queries.list_values(row), size=ON_PAGE)
    context = {
        **_context(request, row),
        "row": row,
        "version": row.current,
        "type": gettext(TYPE_LABELS[row.current.type]) if row.current else "",
        "view": words.indicator_view(shown, figure),
        "figure": figure,
        "versions": queries.list_versions(row),
        "uses": [
            {"row": one, "url": address(request, "reports", one.project)}
            for one in queries.list_uses(row)
        ],
        "page": page,
        "values": [words.value_view(value) for value in page.items],
        "urls": {
            name: _url(request, row, f"indicator_{name}")
            for name in ("csv", "value", "version", "place", "remove")
        },
        "may_edit": request.can("edit_data"),
        "may_decide": request.can("decide"),
    }
    return render_page(request, "portfolio/indicator.html", context)


@needs("read")
@require_safe
def values_csv(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Return every value of an indicator."""
    row = access.find_indicator(indicator_id)
    head = ("monat", "wert", "einheit", "fassung", "grund_ohne_wert", "herkunft", "eingetragen")
    rows = (words.csv_row(value) for value in queries.list_values(row).iterator())
    return csv_response(request, f"{row.key}.csv", head, rows)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def value_new(request: Any, indicator_id: int) -> HttpResponse:
    """Add one value."""
    row = access.find_indicator(indicator_id)

    def act(given: dict[str, Any]) -> None:
        value = actions.NewValue(
            period=date.fromisoformat(f"{given['month']}-01"),
            value=given["value"],
            absence=given["absence"],
            origin=given["origin"],
        )
        actions.add_values(row, [value], actor=actor_of(request))

    page = Ask(
        gettext("Wert eintragen"),
        _url(request, row),
        gettext("Der Wert ist eingetragen."),
        lead=row.current.name if row.current else "",
    )
    return ask(request, page, ValueForm(posted(request)), act, _context(request, row, page.title))


@needs("edit_data")
@require_POST
def baseline_freeze(request: Any, project_id: int, indicator_id: int) -> HttpResponse:
    """Freeze the values of an indicator from before the start."""
    row = access.find_project(project_id)
    chosen = access.find_indicator(indicator_id)
    try:
        actions.freeze_baseline(row, chosen, role=str(request.role_label), actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Die Ausgangswerte sind festgeschrieben."))
    return redirect(address(request, "indicators", row))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def baseline_waive(request: Any, project_id: int) -> HttpResponse:
    """Go on without baseline, with a reason."""
    row = access.find_project(project_id)

    def act(given: dict[str, Any]) -> None:
        actions.waive_baseline(
            row, given["reason"], role=str(request.role_label), actor=actor_of(request)
        )

    page = Ask(
        gettext("Ohne Ausgangswerte weiter"),
        address(request, "indicators", row),
        gettext("Der Grund ist festgehalten."),
        lead=row.title,
    )
    context = file_context(request, row, "indicators", page.title)
    return ask(request, page, WaiverForm(posted(request)), act, context)


@needs("decide")
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Any, indicator_id: int) -> HttpResponse:
    """Put an indicator onto the dashboard."""
    row = access.find_indicator(indicator_id)
    figure = access.find_figure(row)
    initial = {name: getattr(figure, name) for name in FigureForm.base_fields} if figure else {}

    def act(given: dict[str, Any]) -> None:
        actions.place_figure(row, actions.FigureInput(**given), actor=actor_of(request))

    page = Ask(
        gettext("Auf das Amtsdashboard"),
        _url(request, row),
        gettext("Die Zahl steht auf dem Amtsdashboard."),
        lead=row.current.name if row.current else "",
    )
    form = FigureForm(posted(request), initial=initial)
    return ask(request, page, form, act, _context(request, row, page.title))


@needs("decide")
@require_POST
def remove(request: Any, indicator_id: int) -> HttpResponse:
    """Take an indicator off the dashboard."""
    row = access.find_indicator(indicator_id)
    figure = access.find_figure(row)
    if figure is not None:
        actions.remove_figure(figure, actor=actor_of(request))
        messages.success(request, gettext("Die Zahl steht nicht mehr auf dem Amtsdashboard."))
    return redirect(_url(request, row))
