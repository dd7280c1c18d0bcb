"""The Amtsdashboard: decisions first, then figures, then all projects (PF-161)."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import now_us
from mehrwert.base.http import csv_response, needs, render_page, rounded
from mehrwert.base.paging import paginate
from mehrwert.portfolio import queries
from mehrwert.portfolio.choices import STATE_LABELS
from mehrwert.portfolio.presenting import dashboard as words
from mehrwert.portfolio.presenting.projects import (
    light_words,
    project_line,
    rollup_view,
)
from mehrwert.portfolio.presenting.words import day_words, month_words
from mehrwert.portfolio.rules.ruleset import PORTFOLIO
from mehrwert.portfolio.views.common import address, crumbs

ON_PAGE = 25


@needs("read")
@require_safe
def project_list(request: Any) -> HttpResponse:
    """Show what is to be decided, how the figures stand, and all projects."""
    today = timezone.localdate()
    state, text = request.GET.get("stand", ""), request.GET.get("suche", "").strip()[:100]
    state = state if state in STATE_LABELS else ""
    page = paginate(request, queries.list_projects(state=state, text=text), size=ON_PAGE)
    ids = [row.pk for row in page.items]
    gates = queries.next_gates(ids)
    counts = queries.count_states()
    context = {
        "crumbs": crumbs(request),
        "page": page,
        "lines": [
            {
                **project_line(row, gates.get(row.pk), today),
                "url": address(request, "project", row),
            }
            for row in page.items
        ],
        "n_open": sum(counts.values()) - counts["ended"],
        "state": state,
        "text": text,
        "states": [("", gettext("alle offenen")), *_states(counts)],
        "has_any": any(counts.values()),
        "today": today,
        "may_edit": request.can("edit_data"),
        "may_decide": request.can("decide"),
        **(_top(request, today) if any(counts.values()) else {}),
    }
    return render_page(request, "portfolio/list.html", context)


def _states(counts: dict[str, int]) -> list[tuple[str, str]]:
    return [(key, f"{gettext(label)} ({counts[key]})") for key, label in STATE_LABELS.items()]


def _top(request: HttpRequest, today: Any) -> dict[str, Any]:
    way = partial(address, request)
    decisions = list(queries.list_decisions())
    cliff = queries.list_cliff(today)
    cards = [words.decision_card(row, today, way) for row in decisions]
    cards += [words.cliff_card(line, way) for line in queries.undecided_lines(cliff, today)]
    figures = queries.list_figures(today)
    months = queries.report_months_of(today)
    return {
        "cards": cards[: PORTFOLIO.decisions_on_top],
        "more_cards": cards[PORTFOLIO.decisions_on_top :],
        "n_cards": len(cards),
        "figures": [words.figure_view(one, way) for one in figures],
        "unused": words.unused(figures, now_us(), way),
        "rollup": rollup_view(queries.read_rollup(), today),
        "cliff": words.cliff_view(queries.cliff_of(cliff, today)),
        "due": [_due(request, due) for due in queries.list_due_reports(today)[:6]],
        "report_months": [(f"{month:%Y-%m}", month_words(month)) for month in months],
    }


def _due(request: HttpRequest, due: queries.Due) -> dict[str, Any]:
    return {
        "title": due.project.title,
        "month": month_words(due.month),
        "until": day_words(due.due_on),
        "is_missed": due.is_missed,
        "is_soon": due.is_soon,
        "url": address(request, "report_new", due.project, month=f"{due.month:%Y-%m}"),
    }


@needs("read")
@require_safe
def projects_csv(request: HttpRequest) -> HttpResponse:
    """Return all open projects as a table."""
    head = (
        "kennung", "vorhaben", "zustaendig", "stand", "beginn", "gemeldet", "berechnet",
        "geplant_eur", "bisher_eur", "am_ende_eur",
    )  # fmt: skip
    rows = (
        [
            str(row.uuid),
            row.title,
            row.unit,
            gettext(STATE_LABELS[row.state]),
            row.starts_on.isoformat(),
            light_words(row.light_stated),
            light_words(row.light_computed),
            *("" if eur is None else rounded(eur) for eur in _money(row)),
        ]
        for row in queries.list_projects()
    )
    return csv_response(request, "vorhaben.csv", head, rows)


def _money(row: Any) -> tuple[Any, Any, Any]:
    return row.planned_eur, row.actual_eur, row.forecast_eur
