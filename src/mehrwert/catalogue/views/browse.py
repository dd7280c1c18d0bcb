"""The list of solutions: search, facets, rows; the same list as CSV, JSON and feed."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import csv_response, render_page, rounded
from mehrwert.base.paging import Page, with_query
from mehrwert.catalogue import actions, listing, presenting, queries, wording
from mehrwert.catalogue.choices import SIZE_CLASS_LABELS, STAGE_LABELS, STATUS_LABELS, Freshness
from mehrwert.catalogue.feed import feed_of
from mehrwert.catalogue.rules import Place, size_class_of
from mehrwert.catalogue.search.documents import FACETS, SearchResult

FACET_SHOWN = 8
OPEN_FACETS = frozenset({"field", "status", "documented_reuse"})
MOST_EXPORTED = 20_000
FEED_ENTRIES = 50
# closed lists keep their order, others are sorted by how many
ORDERED: dict[str, list[str]] = {
    "status": [*STATUS_LABELS],
    "stage": [*STAGE_LABELS],
    "size_class": [*SIZE_CLASS_LABELS],
    "freshness": [*Freshness],
}


def home_of(request: HttpRequest) -> Place | None:
    """Return the place somebody asks for: from the address, else their own municipality."""
    key = request.GET.get("ort", "")
    return queries.read_home(key) if key else queries.read_home_of(request.user)


def enter(request: HttpRequest) -> None:
    """Keep the navigation of the reader's municipality on a page of all."""
    request.nav_slug = queries.read_slug_of(request.user)  # type: ignore[attr-defined]


@require_safe
def solution_list(request: HttpRequest) -> HttpResponse:
    """Show the solutions that are asked for, as page, CSV, JSON or feed."""
    asked = listing.asked_of(request.GET)
    form = request.GET.get("format", "")
    if form == "csv":
        return _csv(request, asked)
    if form == "json":
        return solutions_json(request)
    if form == "atom":
        return feed_of(request, queries.list_rows(_ids(asked, FEED_ENTRIES)), asked.text)
    enter(request)
    return _page(request, asked)


def _page(request: HttpRequest, asked: listing.Asked) -> HttpResponse:
    found = queries.search_solutions(asked.request())
    if asked.text and not found.total and not asked.filters:
        actions.note_missed_search(asked.text)
    home = home_of(request)
    rows = queries.list_rows([hit.id for hit in found.hits], home)
    context: dict[str, Any] = {
        "asked": asked,
        "total": found.total,
        "n_all": queries.count_public(),
        "page": _pages(request, asked, found.total, len(rows)),
        "rows": [presenting.row_shown(row, home=home) for row in rows],
        "facets": _facets(request, asked, found, home),
        "chips": _chips(request, asked),
        "reading": _reading(request, found, asked),
        "nearest": [task.name for task in found.nearest],
        "orders": _orders(request, asked),
        "clear_url": _with(request, listing.cleared(request.GET)),
        "home": home,
        "home_key": request.GET.get("ort", ""),
        "kept": _pairs(request, "q", "seite", "woertlich", "ohne"),
        "kept_home": _pairs(request, "ort", "seite"),
        "examples": _examples(),
        "csv_url": with_query(request, format="csv", seite=None),
        "json_url": with_query(request, format="json", seite=None),
        "feed_url": with_query(request, format="atom", seite=None),
        "compare_url": reverse("catalogue:compare"),
    }
    return render_page(request, "catalogue/list.html", context)


def _examples() -> list[str]:
    return [
        gettext("Bauhof entlasten"),
        gettext("Hitze im Ortskern"),
        gettext("Leerstand"),
        gettext("Telefon entlasten"),
    ]


def _orders(request: HttpRequest, asked: listing.Asked) -> list[dict[str, Any]]:
    """Return the orders to choose from, each with its address."""
    return [
        {
            "label": label,
            "is_on": order is asked.order,
            "url": with_query(
                request, **{listing.ORDER_PARAM: listing.ORDER_WORDS[order] or None, "seite": None}
            ),
        }
        for order, label in wording.order_names(has_words=bool(asked.text)).items()
    ]


def _pairs(request: HttpRequest, *left: str) -> list[tuple[str, str]]:
    """Return what a form must carry along, without the names it sets itself."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in left
    ]


def _with(request: HttpRequest, query: str) -> str:
    return f"{request.path}?{query}" if query else request.path


def _pages(request: HttpRequest, asked: listing.Asked, total: int, shown: int) -> Page[Any]:
    size = listing.PAGE_SIZE
    last = max(1, -(-total // size))
    number = asked.page
    return Page(
        items=[None] * shown,
        total=total,
        first=(number - 1) * size + 1 if shown else 0,
        next_url=with_query(request, seite=number + 1) if number < last else "",
        previous_url=with_query(request, seite=number - 1 if number > 2 else None)
        if number > 1
        else "",
    )


def _facets(
    request: HttpRequest, asked: listing.Asked, found: SearchResult, home: Place | None
) -> list[dict[str, Any]]:
    """Return every facet with its values: where a click leads and how many it shows.

    Use is counted in all municipalities, and in those of the reader's size (CAT-107).
    """
    shown = []
    own_size = size_class_of(home.level, home.population) if home else None
    for facet, name in wording.facet_names().items():
        chosen = asked.filters.get(facet, frozenset())
        lifted = found.lifted.get(facet, {})
        counts = dict(found.facets.get(facet, {}))
        counts.update({value: counts.get(value, 0) for value in chosen})
        values = _order(facet, counts, chosen, own_size)
        choices = [
            {
                "label": wording.facet_value(facet, value),
                "css": presenting.colour_of(value) if facet == "field" else None,
                "count": lifted.get(value, found.total) if value in chosen else counts[value],
                "is_on": value in chosen,
                "url": _with(request, listing.toggled(request.GET, facet, value)),
            }
            for value in values
        ]
        if not choices or (len(choices) == 1 and not values[0] and not chosen):
            continue
        is_open = facet in OPEN_FACETS or bool(chosen)
        shown.append(
            {
                "name": name,
                "key": facet,
                "choices": choices[:FACET_SHOWN],
                "more": choices[FACET_SHOWN:],
                "is_open": is_open,
            }
        )
    return shown


def _order(
    facet: str, counts: dict[str, int], chosen: frozenset[str], own_size: str | None
) -> list[str]:
    """Return the values in the order of the page; "keine Angabe" comes last."""
    values = [value for value, n in counts.items() if n or value in chosen]
    if facet in {"declared_use", "documented_reuse"}:
        sizes = {"", own_size}
        values = [v for v in values if v in chosen or v.rpartition(":")[0] in sizes]
        return sorted(values, key=lambda value: (not value, len(value), value))
    order = ORDERED.get(facet)
    if order is not None:
        return sorted(values, key=lambda v: (not v, order.index(v) if v in order else 99, v))
    if facet == "evidence":
        return sorted(values, key=lambda value: (not value, value))
    return sorted(values, key=lambda value: (value not in chosen, not value, -counts[value], value))


def _chips(request: HttpRequest, asked: listing.Asked) -> list[dict[str, str]]:
    """Return what narrows the list, each with the address without it."""
    chips = [
        {
            "label": wording.facet_value(facet, value),
            "facet": wording.facet_names()[facet],
            "url": _with(request, listing.toggled(request.GET, facet, value)),
        }
        for facet in FACETS
        for value in sorted(asked.filters.get(facet, ()))
    ]
    if asked.text:
        text = {"label": f"„{asked.text}“", "facet": gettext("Suche"), "url": ""}
        text["url"] = _with(request, listing.without(request.GET, "q", "woertlich", "ohne"))
        chips.insert(0, text)
    return chips


def _reading(
    request: HttpRequest, found: SearchResult, asked: listing.Asked
) -> dict[str, Any] | None:
    """Return how the words were understood, with the way to take that back."""
    reading = found.reading
    if not asked.text or not (reading.corrections or reading.dropped or reading.tasks):
        return None
    return {
        "used": ", ".join(word.used for word in reading.corrections),
        "dropped": ", ".join(reading.dropped),
        "tasks": [
            {"name": task.name, "url": _with(request, _also(request, "ohne", task.key))}
            for task in reading.tasks
        ],
        "literal_url": with_query(request, woertlich="1", seite=None),
    }


def _also(request: HttpRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    query.appendlist(name, value)
    query.pop("seite", None)
    return query.urlencode()


def _ids(asked: listing.Asked, limit: int) -> list[int]:
    return [hit.id for hit in queries.search_solutions(asked.request(limit=limit, offset=0)).hits]


def _csv(request: HttpRequest, asked: listing.Asked) -> HttpResponse:
    head = [
        gettext("Kennung"),
        gettext("Name"),
        gettext("Kurzbeschreibung"),
        gettext("Handlungsfelder"),
        gettext("Status"),
        gettext("Stand der Quelle"),
        gettext("Nachgenutzt, erklärt"),
        gettext("Nachgenutzt, dokumentiert"),
        gettext("Tests"),
        gettext("Belege"),
        gettext("Kosten je Einwohner und Jahr in Euro, Mitte"),
        gettext("Herkunft"),
        gettext("Adresse"),
    ]
    rows = queries.list_rows(_ids(asked, MOST_EXPORTED))
    return csv_response(request, "loesungen.csv", head, _csv_rows(request, rows))


def _csv_rows(request: HttpRequest, rows: list[queries.SolutionRow]) -> Iterator[list[Any]]:
    said = wording.not_said()
    for row in rows:
        solution = row.solution
        yield [
            solution.slug,
            solution.name,
            solution.short_description,
            ", ".join(solution.profile.get("fields_of_action") or []),
            wording.status_word(solution.status),
            solution.source_date.isoformat() if solution.source_date else said,
            wording.counts_text(row.uses.declared) or "0",
            wording.counts_text(row.uses.documented) or "0",
            str(row.uses.tests),
            wording.evidence_text(solution),
            rounded(row.cost.median) if row.cost else said,
            wording.origin_text(solution),
            request.build_absolute_uri(presenting.url_of(solution.slug)),
        ]


@require_safe
def solutions_json(request: HttpRequest) -> HttpResponse:
    """Return a page of solutions for programs: ``q``, facets, ``limit`` to 100, ``offset``."""
    asked = listing.asked_of(request.GET)
    limit = _number(request.GET.get("limit", ""), 25, 1, 100)
    offset = _number(request.GET.get("offset", ""), 0, 0, 100_000)
    found = queries.search_solutions(asked.request(limit=limit, offset=offset))
    rows = queries.list_rows([hit.id for hit in found.hits])
    is_more = offset + len(rows) < found.total
    return JsonResponse(
        {
            "total": found.total,
            "items": [presenting.program_row(row) for row in rows],
            "facets": {
                name: {value or "not_stated": n for value, n in counts.items()}
                for name, counts in found.facets.items()
            },
            "next": with_query(request, offset=offset + limit) if is_more else None,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _number(text: str, usual: int, least: int, most: int) -> int:
    return max(least, min(int(text), most)) if text.isdecimal() and len(text) < 8 else usual
