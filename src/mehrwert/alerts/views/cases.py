"""Pages: one for each use case, which answers its question."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.alerts import access, queries, situations
from mehrwert.alerts.choices import Shape
from mehrwert.alerts.overview import answer_of, overview_lines
from mehrwert.alerts.presenting import address
from mehrwert.alerts.queries import CaseRow
from mehrwert.alerts.use_cases import USE_CASES, UseCase
from mehrwert.base.clock import from_us
from mehrwert.base.http import csv_response, needs, render_page
from mehrwert.base.paging import paginate
from mehrwert.observations import queries as observations
from mehrwert.observations.access import tenant_of


@needs("read")
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """Answer the questions of all use cases, the most urgent first; those without data say why."""
    return render_page(request, "alerts/case_list.html", {"lines": overview_lines(request)})


@needs("read")
@require_safe
def case(request: HttpRequest, key: str) -> HttpResponse:
    """Answer the question of one use case."""
    found = access.find_case(key)
    context = {
        "case": found,
        "title": gettext(found.title),
        "question": gettext(found.question),
        "why": gettext(found.why),
        "csv_url": _page(request, found, "case_csv"),
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
        "may_tick": request.can("capture"),  # type: ignore[attr-defined]
        "others": [
            {"title": gettext(one.title), "url": _page(request, one), "is_on": one is found}
            for one in USE_CASES
        ],
    }
    build = _counts if found.shape is Shape.COUNTS else _values
    return render_page(request, "alerts/case.html", {**context, **build(request, found)})


@needs("read")
@require_safe
def case_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Give the table of one use case."""
    found, tenant_id = access.find_case(key), tenant_of(request).pk
    name = f"lage-{found.key}.csv"
    if found.shape is Shape.COUNTS:
        head = ["Ort", "Messreihe", "Tag", "Summe", "Woche davor", "Quelle"]
        counted = queries.read_counts(tenant_id, found)
        return csv_response(
            request,
            name,
            head,
            [
                (
                    row.thing.name,
                    row.series.name,
                    situations.day_text(row.day),
                    _cell(row.total),
                    _cell(row.before),
                    row.series.credit or row.series.source,
                )
                for row in counted
            ],
        )
    head = ["Ort", "Messreihe", "Zeit (UTC)", "Wert", "Einheit", "Grenze", "Stand", "Quelle"]
    return csv_response(
        request, name, head, [_csv_row(found, row) for row in queries.read_case(tenant_id, found)]
    )


def _values(request: HttpRequest, found: UseCase) -> dict[str, Any]:
    rows = queries.read_case(tenant_of(request).pk, found)
    page = paginate(request, rows)
    given: dict[str, Any] = {
        "page": page,
        "lines": [situations.case_line(request, found, row) for row in page.items],
        "answer": answer_of(found, rows),
        "as_of": max((row.series.last_time_us or 0 for row in rows), default=0) or None,
        "has_rules": any(row.limit is not None for row in rows),
        "is_ranking": found.shape is Shape.RANKING,
    }
    if found.shape is Shape.RANKING:
        months = queries.read_heat(tenant_of(request).pk, page.items)
        for line, row in zip(given["lines"], page.items, strict=True):
            line["outlook"] = situations.heat_text(months.get(row.series.id), row.series.unit)
    if found.shape is Shape.MACHINES:
        given |= _maintenance(request, rows)
    if found.key == "baeume":
        given["rounds"] = _rounds(request)
    return given


def _maintenance(request: HttpRequest, rows: Sequence[CaseRow]) -> dict[str, Any]:
    names = {thing.id: thing.name for thing in observations.list_things(tenant_of(request).pk)}
    lines = [situations.maintenance_line(request, row, names) for row in queries.list_maintenance()]
    lines.sort(key=lambda line: line["order"])
    told = situations.maintenance_answer(lines)
    return {
        "maintenance": lines,
        "is_machines": True,
        "maintenance_answer": told,
        "new_url": address(request, "maintenance_new") if names else "",
    }


def _rounds(request: HttpRequest) -> list[dict[str, str]]:
    """Return the open rounds of watering."""
    return [
        {"title": task.title, "url": address(request, "task", task_id=task.pk)}
        for task in queries.list_tasks().filter(closed_us=None, kind="water")
    ]


def _counts(request: HttpRequest, found: UseCase) -> dict[str, Any]:
    rows = queries.read_counts(tenant_of(request).pk, found)
    page = paginate(request, rows)
    return {
        "page": page,
        "lines": [situations.count_line(request, row) for row in page.items],
        "answer": answer_of(found, rows),
        "is_counts": True,
        "as_of": max((row.series.last_time_us or 0 for row in rows), default=0) or None,
    }


def _csv_row(found: UseCase, row: CaseRow) -> tuple[str, ...]:
    at = row.series.last_time_us
    return (
        row.thing.name,
        row.series.name,
        from_us(at).isoformat() if at is not None else "",
        _cell(row.value),
        row.series.unit,
        _cell(row.limit),
        situations.standing_text(found, row.outlook.standing),
        row.series.credit or row.series.source,
    )


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}".replace(".", ",")


def _page(request: HttpRequest, found: UseCase, name: str = "case") -> str:
    return address(request, name, key=found.key)
