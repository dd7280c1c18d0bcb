"""Two to five solutions side by side: the same rows for any selection, blanks stay visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.http import csv_response, render_page
from mehrwert.base.paging import with_query
from mehrwert.catalogue import facts, presenting, queries, wording
from mehrwert.catalogue.errors import TooManyToCompareError, UnknownSolutionError
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.profile import field_of
from mehrwert.catalogue.rules import provenance_of, read_pointer
from mehrwert.catalogue.views.browse import enter, home_of
from mehrwert.figures.text import number

FEWEST, MOST = 2, 5
# fields of the profile in the order of the page; the same for every selection
COMPARED = (
    "/problem",
    "/fields_of_action",
    "/solution_type",
    "/component_type",
    "/stage",
    "/technologies",
    "/preconditions/base_components",
    "/preconditions/staff_hours_per_week",
    "/preconditions/networks",
    "/code/licence",
    "/code/repository_url",
    "/programme",
    "/ended",
    "/lessons/would_do_again",
    "/lessons/what_differently",
    "/trust/accessibility",
    "/trust/dpia",
    "/contact/unit",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a text per solution; ``is_same`` when all say the same."""

    key: str
    label: str
    texts: list[str]

    @property
    def is_same(self) -> bool:
        """Say whether there is no difference in this row."""
        return len(set(self.texts)) == 1


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the comparison, or say how many to choose; as page for paper and as CSV."""
    chosen = _chosen(request.GET.getlist("l"))
    if not FEWEST <= len(chosen) <= MOST:
        return _choose(request, chosen)
    enter(request)
    home = home_of(request)
    rows = {row.solution.pk: row for row in queries.list_rows([s.pk for s in chosen], home)}
    lines = [*_counted(chosen, rows, home.population if home else None), *_told(chosen)]
    order = _order(lines, request.GET.get("nach", ""), len(chosen))
    lines = [Line(line.key, line.label, [line.texts[i] for i in order]) for line in lines]
    chosen = [chosen[i] for i in order]
    if request.GET.get("format") == "csv":
        head = ["", *(solution.name for solution in chosen)]
        return csv_response(
            request, "vergleich.csv", head, ([line.label, *line.texts] for line in lines)
        )
    frozen = urlencode([("l", f"{s.slug}@{s.version}") for s in chosen])
    context: dict[str, Any] = {
        "crumbs": _crumbs(),
        "chosen": [
            {
                "name": s.name,
                "url": presenting.url_of(s.slug),
                "origin": wording.origin_text(s),
                "version": s.version,
                "without_url": _without(chosen, s),
            }
            for s in chosen
        ],
        "lines": lines,
        "home": home,
        "sorted_by": request.GET.get("nach", ""),
        "csv_url": with_query_list(request, format="csv"),
        "frozen_url": f"{request.path}?{frozen}",
        "today": from_us(now_us()).date(),
    }
    return render_page(request, "catalogue/compare.html", context)


def with_query_list(request: HttpRequest, **changes: str) -> str:
    """Return this address with changes; repeated names stay."""
    return with_query(request, **changes)


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Lösungen"), reverse("catalogue:list")), (gettext("Vergleich"), "")]


def _chosen(given: Sequence[str]) -> list[Solution]:
    """Return the solutions of an address; ``slug@3`` is version 3, unknown ones fall out."""
    found: list[Solution] = []
    for text in list(dict.fromkeys(given))[: MOST + 1]:
        slug, _, number_ = text.partition("@")
        try:
            solution = queries.read_solution(slug)
            if number_.isdecimal():
                version = queries.read_version(slug, int(number_))
                solution.profile, solution.provenance = version.profile, version.provenance
                solution.version = version.number
        except UnknownSolutionError:
            continue
        if solution.pk not in {row.pk for row in found}:
            found.append(solution)
    return found


def _without(chosen: Sequence[Solution], left: Solution) -> str:
    kept = [("l", solution.slug) for solution in chosen if solution.pk != left.pk]
    return f"{reverse('catalogue:compare')}?{urlencode(kept)}"


def _choose(request: HttpRequest, chosen: Sequence[Solution]) -> HttpResponse:
    enter(request)
    context = {
        "crumbs": _crumbs(),
        "chosen": [{"name": s.name, "url": presenting.url_of(s.slug)} for s in chosen],
        "sentence": gettext(TooManyToCompareError.sentence),
    }
    return render_page(request, "catalogue/compare_choose.html", context)


def _counted(
    chosen: Sequence[Solution], rows: dict[int, queries.SolutionRow], population: int | None
) -> list[Line]:
    """Return the rows that do not stand in a profile."""
    said = wording.not_said()
    texts: dict[str, tuple[str, list[str]]] = {
        "short": (gettext("Worum es geht"), [s.short_description or said for s in chosen]),
        "status": (gettext("Status"), [wording.status_text(s) for s in chosen]),
        "evidence": (gettext("Wirkung und Belege"), [_evidence(s) for s in chosen]),
        "declared": (
            gettext("Nachgenutzt, selbst erklärt"),
            [wording.counts_text(rows[s.pk].uses.declared) or gettext("niemand") for s in chosen],
        ),
        "documented": (
            gettext("Nachgenutzt, dokumentiert"),
            [wording.counts_text(rows[s.pk].uses.documented) or gettext("niemand") for s in chosen],
        ),
        "tests": (gettext("Tests"), [str(rows[s.pk].uses.tests) for s in chosen]),
        "cost": (gettext("Kosten je Einwohner und Jahr"), [_cost(rows[s.pk]) for s in chosen]),
    }
    if population:
        label = gettext("Kosten im Jahr bei %(n)s Einwohnern") % {"n": _number(population)}
        texts["cost_here"] = (label, [_cost(rows[s.pk], population) for s in chosen])
    return [Line(key, label, values) for key, (label, values) in texts.items()]


def _number(value: float) -> str:
    return number(value, 0, language=wording.language())


def _evidence(solution: Solution) -> str:
    shown = presenting.evidence_shown(solution)
    if not shown["is_known"]:
        return gettext("keine Messung")
    values = {"n": shown["class"], "word": shown["word"]}
    return f"{shown['sentence']} · " + gettext("Stufe %(n)s von 4: %(word)s") % values


def _cost(row: queries.SolutionRow, population: int | None = None) -> str:
    if row.cost is None:
        return wording.not_said()
    if population is None:
        shown = presenting.cost_shown(row.cost) or {}
        return f"{shown['range']} ({shown['n']})"
    ends = {"low": _number(row.cost.low * population), "high": _number(row.cost.high * population)}
    return gettext("%(low)s bis %(high)s €") % ends


def _told(chosen: Sequence[Solution]) -> list[Line]:
    """Return the rows of the profile, the same for every selection (CAT-601)."""
    today = from_us(now_us()).date()
    lines = []
    for pointer in COMPARED:
        field = field_of(pointer)
        if field is None:  # pragma: no cover - the schema holds them all, a test says so
            continue
        texts = []
        for solution in chosen:
            fact = facts.fact_of(solution, field, today)
            texts.append(", ".join(fact.lines) or _blank(solution, pointer))
        lines.append(Line(pointer, field.label(wording.language()), texts))
    dates = [
        wording.short_day(s.source_date) if s.source_date else gettext("Alter der Quelle unbekannt")
        for s in chosen
    ]
    return [*lines, Line("source_date", gettext("Stand"), dates)]


def _blank(solution: Solution, pointer: str) -> str:
    """Say since when nobody said anything, or that nobody was ever asked."""
    told = provenance_of(solution.provenance, pointer)
    if read_pointer(solution.profile, pointer) is None and told.asked_on:
        day = wording.short_day(told.asked_on)
        return gettext("keine Angabe seit %(day)s") % {"day": day}
    return gettext("keine Angabe, nie gefragt")


def _order(lines: Sequence[Line], key: str, count: int) -> list[int]:
    """Return the order of the columns by one row, as given without one; there is no total."""
    line = next((line for line in lines if line.key == key), None)
    if line is None:
        return list(range(count))
    return sorted(range(count), key=lambda i: (line.texts[i].startswith("keine"), line.texts[i]))
