"""What adopters of a solution pay, and how their adoptions went on; never a single amount."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import csv_response, render_page, rounded
from mehrwert.catalogue import presenting, queries, wording
from mehrwert.catalogue.choices import (
    ADOPTION_STATUS_LABELS,
    COST_BLOCK_LABELS,
    OPERATING_MODEL_LABELS,
    RELATION_LABELS,
    SIZE_CLASS_LABELS,
)
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import Course, SizeCosts, SolutionCosts
from mehrwert.catalogue.rules.funnel import LASTING, STAGES
from mehrwert.catalogue.views.browse import enter, home_of
from mehrwert.figures import number
from mehrwert.stats.unit_cost import Span

MOST_PEOPLE = 90_000_000
COST_COLUMNS = ("groesse", "n", "minimum_eur", "median_eur", "maximum_eur", "betrieb")
COURSE_COLUMNS = ("ort", "ebene", "beziehung", "stand", *STAGES, "ended", "bestaetigt_am")


def _crumbs(found: Solution, last: str) -> list[tuple[str, str]]:
    return [
        (gettext("Lösungen"), reverse("catalogue:list")),
        (found.name, presenting.url_of(found.slug)),
        (last, ""),
    ]


@require_safe
def costs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show spans by size class, and a total of five years for a town of any size."""
    found = queries.read_solution(slug)
    enter(request)
    home = home_of(request)
    given = request.GET.get("einwohner", "").replace(".", "").replace(" ", "")
    population, error = _population(given, home.population if home else None)
    paid = queries.read_costs(found, population)
    context = {
        "crumbs": _crumbs(found, gettext("Kosten")),
        "solution": found,
        "paid": paid,
        "lines": [_size_line(size) for size in paid.sizes],
        "every": _size_line(paid.every),
        "models": [
            {
                "name": gettext(OPERATING_MODEL_LABELS[one.model]),
                "n": one.n,
                "span": _span(one.span, 2, "€"),
            }
            for one in paid.models
        ],
        "hours": _span(paid.hours, 0, "h"),
        "population": population,
        "given": given or (population or ""),
        "error": error,
        "total": _span(paid.total, 0, "€"),
        "blocks": _block_lines(paid) if population else [],
    }
    return render_page(request, "catalogue/costs.html", context, 422 if error else 200)


def _population(given: str, usual: int | None) -> tuple[int | None, str]:
    if not given:
        return usual, ""
    if given.isdecimal() and 0 < int(given[:12]) <= MOST_PEOPLE:
        return int(given), ""
    return None, gettext("Bitte eine Einwohnerzahl zwischen 1 und 90 Millionen eingeben.")


def _size_line(size: SizeCosts) -> dict[str, Any]:
    name = gettext(SIZE_CLASS_LABELS[size.size_class]) if size.size_class else gettext("alle")
    return {"name": name, "n": size.n, "span": _span(size.span, 2, "€")}


def _block_lines(paid: SolutionCosts) -> list[dict[str, Any]]:
    """Return the blocks somebody named; empty while nobody splits."""
    return [
        {
            "name": gettext(COST_BLOCK_LABELS[one.block]),
            "n": one.n,
            "span": _span(one.total, 0, "€"),
        }
        for one in paid.blocks
        if one.n
    ]


def _span(span: Span | None, places: int, unit: str) -> dict[str, Any] | None:
    if span is None:
        return None

    def shown(value: Fraction) -> str:
        return f"{number(float(value), places, language=wording.language())} {unit}"

    return {
        "n": span.n, "low": shown(span.low), "base": shown(span.base), "high": shown(span.high),
    }  # fmt: skip


@require_safe
def costs_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the spans; a class with fewer than three towns has no amounts."""
    found = queries.read_solution(slug)
    paid = queries.read_costs(found)
    rows = [
        (size.size_class or "alle", size.n, *_amounts(size.span), "")
        for size in (*paid.sizes, paid.every)
    ]
    rows += [("alle", one.n, *_amounts(one.span), one.model) for one in paid.models]
    return csv_response(request, f"kosten-{slug}.csv", COST_COLUMNS, rows)


def _amounts(span: Span | None) -> tuple[Any, Any, Any]:
    """Return lowest, median and highest as cells; empty below three towns."""
    if span is None:
        return "", "", ""
    low, base, high = (rounded(float(x), 4) for x in (span.low, span.base, span.high))
    return low, base, high


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the funnel of adoptions and how long a use lasts."""
    found = queries.read_solution(slug)
    enter(request)
    told = queries.read_course(found)
    context = {
        "crumbs": _crumbs(found, gettext("Verlauf der Nachnutzung")),
        "solution": found,
        "course": told,
        "steps": [_step(step) for step in told.steps],
        "sentence": _survival(told),
    }
    return render_page(request, "catalogue/course.html", context)


def _step(step: Any) -> dict[str, Any]:
    label = (
        gettext("nach 24 Monaten noch in Betrieb")
        if step.stage == LASTING
        else gettext(ADOPTION_STATUS_LABELS[step.stage])
    )
    rate = None if step.rate is None else f"{round(100 * step.rate)} %"
    return {"label": label, "n": step.n, "of": step.of, "rate": rate}


def _survival(told: Course) -> str:
    if not told.is_enough:
        return ""
    if told.survival is None:
        return gettext("Keine der %(n)d Nutzungen endete in den ersten 24 Monaten.") % {
            "n": told.n_uses
        }
    step = told.survival
    share = {"share": round(100 * step.alive), "n": told.n_uses}
    sentence = gettext("Nach 24 Monaten laufen noch %(share)d %% von %(n)d Nutzungen") % share
    if step.low is None or step.high is None:
        return sentence + "."
    return sentence + gettext(" (95 %%: %(low)d bis %(high)d %%).") % {
        "low": round(100 * step.low),
        "high": round(100 * step.high),
    }


@require_safe
def course_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Return every declared adoption with the days of its stages."""
    found = queries.read_solution(slug)
    rows = [
        (
            row.place_name,
            row.place_level,
            gettext(RELATION_LABELS[row.relation]),
            row.status,
            *(row.stages.get(stage, "") for stage in (*STAGES, "ended")),
            row.verified_on or "",
        )
        for row in queries.list_stages(found)
    ]
    return csv_response(request, f"nachnutzung-{slug}.csv", COURSE_COLUMNS, rows)
