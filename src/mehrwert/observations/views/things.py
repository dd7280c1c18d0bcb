"""The list of Messstellen, as map or as table, and the page of one of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import now_us
from mehrwert.base.http import needs, render_page
from mehrwert.base.paging import paginate, with_query
from mehrwert.figures import number
from mehrwert.municipalities import queries as municipalities
from mehrwert.observations import listing, queries
from mehrwert.observations.access import tenant_of
from mehrwert.observations.choices import Freshness
from mehrwert.observations.presenting import (
    CSS,
    address,
    common,
    drawn_map,
    iso,
    map_context,
    shown_rows,
    small_picture,
    sta_url,
)
from mehrwert.observations.wording import (
    counted_state,
    freshness_text,
    interval_text,
    language,
    protection_text,
    state_sentence,
    value_text,
)

PAGE_SIZE = 50
MOST_URGENT = 6
FACET_SHOWN = 10


@needs("read")
@require_safe
def thing_list(request: HttpRequest) -> HttpResponse:
    """Show all things under a filter, as a map or as a list; both show the same."""
    things = queries.list_glances(tenant_of(request).pk)
    asked = listing.filter_of(request.GET)
    found = listing.select(things, asked)
    page = paginate(request, found, size=PAGE_SIZE)
    is_list = asked.ansicht == "liste"
    late = (Freshness.SILENT, Freshness.LATE)
    urgent = [t for t in listing.select(found, listing.Filter()) if t.state in late]
    context: dict[str, Any] = {
        "asked": asked,
        "summary": _summary(things),
        "n_all": len(things),
        "n_found": len(found),
        "n_without_place": sum(t.lon is None for t in found),
        "n_approximate": sum(t.is_approximate for t in found),
        "facets": _facets(request, things, asked),
        "chips": _chips(request, asked),
        "clear_url": _clear_url(request),
        "sorts": _sorts(request, asked),
        "page": page,
        "is_list": is_list,
        "rows": shown_rows(request, page.items, asked) if is_list else (),
        "urgent": shown_rows(request, urgent[:MOST_URGENT], asked) if not is_list else (),
        "n_urgent": len(urgent),
        "credits": sorted({s.credit for t in found for s in t.series if s.credit})[:5],
        "as_of": max((t.last_time_us or 0 for t in found), default=0) or None,
        "kept": list(request.GET.items()),
        "query": request.GET.urlencode(),
        **common(request),
    }
    if not is_list and things:
        context["map"] = map_context(request, found, request.GET.urlencode(), asked)
    return render_page(request, "observations/things.html", context)


def _facets(
    request: HttpRequest, things: list[queries.ThingGlance], asked: listing.Filter
) -> list[dict[str, Any]]:
    """Return each facet with its choices: where a click leads and how many it would show."""
    names = {
        "zustand": gettext("Zustand"),
        "groesse": gettext("Messgröße"),
        "feld": gettext("Handlungsfeld"),
    }
    facets = []
    for facet, name in names.items():
        choices = [
            {
                "label": _label(facet, choice.value),
                "css": CSS[Freshness(choice.value)] if facet == "zustand" else "",
                "url": _without_page(request, **{facet: None if choice.is_on else choice.value}),
                "count": choice.count,
                "is_on": choice.is_on,
            }
            for choice in listing.choices(things, asked, facet)
        ]
        if choices:
            shown, more = choices[:FACET_SHOWN], choices[FACET_SHOWN:]
            facets.append({"name": name, "key": facet, "choices": shown, "more": more})
    return facets


def _summary(things: list[queries.ThingGlance]) -> list[tuple[str, str]]:
    """Return the states that occur, each with how many things are in it."""
    counts = listing.count_states(things)
    return [
        (counted_state(state), number(counts[state.value], language=language()))
        for state in Freshness
        if counts[state.value]
    ]


def _label(facet: str, value: str) -> str:
    return freshness_text(Freshness(value)) if facet == "zustand" else value


def _chips(request: HttpRequest, asked: listing.Filter) -> list[dict[str, str]]:
    """Return what narrows the list now, each with the address without it."""
    chosen = [("q", f"„{asked.q}“"), *((f, getattr(asked, f)) for f in listing.FACETS)]
    return [
        {
            "label": _label(name, value) if name == "zustand" and value else value,
            "url": _without_page(request, **{name: None}),
        }
        for name, value in chosen
        if getattr(asked, name)
    ]


def _clear_url(request: HttpRequest) -> str:
    return _without_page(request, q=None, groesse=None, zustand=None, feld=None)


def _without_page(request: HttpRequest, **changes: str | None) -> str:
    return with_query(request, seite=None, punkt=None, **changes)


def _sorts(request: HttpRequest, asked: listing.Filter) -> list[dict[str, Any]]:
    names = {
        "zustand": gettext("Dringendes zuerst"),
        "name": gettext("Name"),
        "neueste": gettext("Neueste zuerst"),
    }
    if asked.groesse:
        names["wert"] = gettext("Größter Wert zuerst")
    return [
        {"value": value, "label": label, "is_on": value == asked.sortierung}
        for value, label in names.items()
    ]


@needs("read")
@require_safe
def thing(request: HttpRequest, thing_id: int) -> HttpResponse:
    """Show one thing: what it is, where, its series with latest values, what was changed."""
    tenant = tenant_of(request)
    about = queries.read_thing(tenant.pk, thing_id)
    (glance,) = queries.list_glances(tenant.pk, thing_id=thing_id)
    known = [("thing", thing_id), *(("datastream", s.id) for s in glance.series)]
    if about.location_id is not None:
        known.append(("location", about.location_id))
    context = {
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (about.name, ""),
        ],
        "about": about,
        "glance": glance,
        "css": CSS[glance.state],
        "state_text": _state_of(glance),
        "series": _series_shown(request, glance),
        "svg": _small_map(request, glance),
        "credit": municipalities.credit(tenant),
        "map_url": f"{address(request, 'thing_list')}?punkt={thing_id}",
        "changes": queries.list_changes(tenant.pk, known, limit=8),
        **common(request),
        "curl": first_value_hint(request, glance),
    }
    return render_page(request, "observations/thing.html", context)


def _state_of(glance: queries.ThingGlance) -> str:
    return state_sentence(glance.state, listing.waiting_since(glance) or None, now_us())


def _small_map(request: HttpRequest, glance: queries.ThingGlance) -> str:
    if glance.lon is None:
        return ""
    sizes = ((560.0, 380.0), (380.0, 260.0))
    return drawn_map(request, [glance], title=glance.name, sizes=sizes)


def _series_shown(request: HttpRequest, glance: queries.ThingGlance) -> list[dict[str, Any]]:
    days = queries.read_last_days(tenant_of(request).pk, [s.id for s in glance.series])
    return [
        {
            "about": s,
            "url": address(request, "datastream", datastream_id=s.id),
            "text": value_text(s.value, s.unit) if s.n else "–",
            "at": iso(s.last_time_us),
            "css": CSS[s.state],
            "state_text": freshness_text(s.state),
            "spark": small_picture(s, days.get(s.id, []), size=(280, 52)),
            "protection": protection_text(s.protection),
            "interval": interval_text(s.gap_us),
        }
        for s in glance.series
    ]


def first_value_hint(request: HttpRequest, glance: queries.ThingGlance) -> dict[str, Any] | None:
    """Return how a program sends the first value to a series that has none yet."""
    waiting = next((s for s in glance.series if not s.n), None)
    if waiting is None:
        return None
    return {
        "series": waiting,
        "address": sta_url(request),
    }
