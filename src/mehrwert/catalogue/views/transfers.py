"""Who learned from whom: map, table and file show the same transfers."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import csv_response, render_page
from mehrwert.base.paging import paginate
from mehrwert.catalogue import queries
from mehrwert.catalogue.choices import (
    ADOPTION_STATUS_LABELS,
    BASIS_LABELS,
    ORIGIN_BASIS_LABELS,
    RELATION_LABELS,
    Relation,
)
from mehrwert.catalogue.queries import Asked, Transfer, Transfers
from mehrwert.catalogue.views.browse import enter
from mehrwert.figures import Flow, Naming, flow_map
from mehrwert.municipalities.choices import LANDS
from mehrwert.municipalities.queries import credit, read_lands

ON_PAGE = 25
ALL = "alle"
UNKNOWN = "unbekannt"
COLUMNS = (
    "loesung", "kurzname", "ort", "ebene", "schluessel", "beziehung", "stand", "seit",
    "gelernt_von", "herkunft_schluessel", "herkunft_beruht_auf", "wer_sagt_es", "quelle",
)  # fmt: skip


def _asked(request: HttpRequest) -> Asked:
    """Return what is asked for; without a word it is reuse, the only kind that counts as such."""
    relation = request.GET.get("art", Relation.REUSE.value)
    year, land = request.GET.get("jahr", ""), request.GET.get("land", "")
    return Asked(
        relation=relation if relation in RELATION_LABELS else "",
        year=year if year == UNKNOWN or (year.isdecimal() and len(year) == 4) else "",
        land=land if land in LANDS or land == UNKNOWN else "",
    )


@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """Show transfers on a map and in a table."""
    enter(request)
    asked = _asked(request)
    found = queries.read_transfers(asked)
    page = paginate(request, found.rows, size=ON_PAGE)
    on_map = [one for one in found.rows if _point(one) is not None]
    context = {
        "crumbs": [(gettext("Lösungen"), reverse("catalogue:list")), (_title(), "")],
        "title": _title(),
        "n": len(found.rows),
        "n_arrows": sum(one.has_arrow for one in on_map),
        "n_off": len(found.rows) - len(on_map),
        "map": _map(on_map),
        "page": page,
        "lines": [_line(one) for one in page.items],
        "relations": _relations(found, asked),
        "years": _choices(found.years, asked.year, _year_words),
        "lands": _choices(found.lands, asked.land, _land_words),
        "query": request.GET.urlencode(),
        "asked": asked,
        "credit": credit(),
    }
    return render_page(request, "catalogue/transfers.html", context)


def _title() -> str:
    return gettext("Wer von wem gelernt hat")


def _point(one: Transfer) -> tuple[float, float] | None:
    place = one.place
    if place is None or place.lon is None or place.lat is None:
        return None
    return place.lon, place.lat


def _map(rows: list[Transfer]) -> SafeString:
    flows = []
    for one in rows:
        end = _point(one)
        origin = one.origin
        start = (origin.lon, origin.lat) if origin and origin.lon and origin.lat else None
        label = f"{one.row.place_name}: {one.row.solution.name}"
        if start is not None:
            label += f" ← {one.row.origin_name}"
        if end is not None:
            flows.append(Flow(end, label, start))
    naming = Naming(
        _title(),
        gettext("Pfeile führen von der Kommune, die es zuerst hatte. Die Tabelle sagt dasselbe."),
        key="transfer",
        css_class="cat-flows",
    )
    return mark_safe(flow_map(read_lands(), flows, naming=naming))  # noqa: S308 (figures)


def _line(one: Transfer) -> dict[str, Any]:
    row = one.row
    origin = row.origin_name or ""
    return {
        "solution": row.solution.name,
        "slug": row.solution.slug,
        "place": row.place_name,
        "relation": gettext(RELATION_LABELS[row.relation]),
        "status": gettext(ADOPTION_STATUS_LABELS[row.status]),
        "since": ".".join(reversed(row.since.split("-"))) if row.since else gettext("unbekannt"),
        "origin": origin if one.origin is not None else "",
        "origin_note": _origin_note(one),
        "basis": gettext(BASIS_LABELS[row.basis]),
        "url": row.source_url,
    }


def _origin_note(one: Transfer) -> str:
    """Return what an origin rests on; without a proof it says so although a name is there."""
    basis = one.row.origin_basis
    if not basis or basis == "none":
        return gettext("nicht belegt")
    return gettext(ORIGIN_BASIS_LABELS[basis])


def _relations(found: Transfers, asked: Asked) -> list[dict[str, Any]]:
    """Return the kinds apart from each other; they are never added to one number of reuse."""
    return [
        {"key": key, "label": gettext(label), "n": n, "is_on": key == asked.relation}
        for key, label in RELATION_LABELS.items()
        if (n := found.relations[key])
    ]


def _choices(
    counted: Counter[str], chosen: str, words: Callable[[str], str]
) -> list[dict[str, Any]]:
    keys = sorted(counted, key=lambda key: (key == UNKNOWN, key))
    return [
        {"key": key, "label": words(key), "n": counted[key], "is_on": key == chosen} for key in keys
    ]


def _year_words(key: str) -> str:
    return gettext("Jahr unbekannt") if key == UNKNOWN else key


def _land_words(key: str) -> str:
    return LANDS.get(key, gettext("ohne Schlüssel"))


@require_safe
def transfers_csv(request: HttpRequest) -> HttpResponse:
    """Return the same transfers as a table; codes, not words."""
    rows = (
        [
            one.row.solution.name,
            one.row.solution.slug,
            one.row.place_name,
            one.row.place_level,
            one.row.place_key,
            one.row.relation,
            one.row.status,
            one.row.since,
            one.row.origin_name,
            one.row.origin_key if one.origin is not None else "",
            one.row.origin_basis,
            one.row.basis,
            one.row.source_url or one.row.source,
        ]
        for one in queries.read_transfers(_asked(request)).rows
    )
    return csv_response(request, "nachnutzungen.csv", COLUMNS, rows)
