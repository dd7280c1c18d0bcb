"""What fits a municipality: the ranked list, every factor in words, what to do next, what if."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.http import render_page
from mehrwert.catalogue import presenting, queries, wording, wording_fit
from mehrwert.catalogue.choices import SIZE_CLASS_LABELS, Basis
from mehrwert.catalogue.forms import WishesForm
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.rules import Place, size_class_of
from mehrwert.catalogue.rules.matching import Wishes
from mehrwert.catalogue.rules.moves import Move
from mehrwert.catalogue.views.browse import enter, home_of
from mehrwert.municipalities.choices import LANDS
from mehrwert.municipalities.queries import search_municipalities

SHOWN = 10
SHOWN_EXCLUDED = 30
SHOWN_MOVES = 12
BEST = 3
BEFORE = "vorher"
MOST_PLACES = 12
BACK = "zurueck."
WIDE = 220


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Find the municipality that somebody types; equal names ask which one (CAT-501)."""
    enter(request)
    name = request.GET.get("name", "").strip()[:120]
    hits = search_municipalities(name, MOST_PLACES) if name else []
    shown = [
        {
            "name": hit.name,
            "kind": hit.type,
            "where": hit.county or hit.land,
            "population": hit.population,
            "url": _back(request, hit.ags or hit.ars),
        }
        for hit in hits
        if hit.level != "regierungsbezirk"
    ]
    if len(shown) == 1:
        return redirect(str(shown[0]["url"]))
    context = {
        "crumbs": [(gettext("Lösungen"), reverse("catalogue:list")), (gettext("Kommune"), "")],
        "name": name,
        "hits": shown,
        "kept": [pair for pair in request.GET.items() if pair[0] != "name"],
    }
    return render_page(request, "catalogue/home.html", context)


def _back(request: HttpRequest, key: str) -> str:
    """Return the page somebody came from, now with a place."""
    kept = [
        (name.removeprefix(BACK), value)
        for name, values in request.GET.lists()
        if name.startswith(BACK)
        for value in values
    ]
    slug, target = request.GET.get("zu", ""), reverse("catalogue:list")
    if slug == "passend":
        target = reverse("catalogue:fitting")
    elif slug.replace("-", "").isalnum():
        target = presenting.url_of(slug)
    return f"{target}?{urlencode([*kept, ('ort', key)])}"


@require_safe
def fitting(request: HttpRequest) -> HttpResponse:
    """Show what fits a municipality best, why, what to do next, what speaks against the rest."""
    enter(request)
    place = home_of(request)
    form = WishesForm(request.GET or None)
    context: dict[str, Any] = {
        "crumbs": [
            (gettext("Lösungen"), reverse("catalogue:list")),
            (gettext("Was passt zu uns?"), ""),
        ],
        "home": place,
        "home_key": request.GET.get("ort", ""),
        "form": form if form.is_bound else WishesForm(),
    }
    if place is not None:
        wishes = form.wishes() if form.is_bound else WishesForm({}).wishes()
        context |= _place_shown(place) | _ranked(place, wishes)
        context |= {
            "answers": _answers(request.GET),
        } | _moves(request, place, wishes)
    return render_page(request, "catalogue/fitting.html", context)


def _place_shown(place: Place) -> dict[str, Any]:
    size = size_class_of(place.level, place.population)
    method = queries.read_method()
    return {
        "size": gettext(SIZE_CLASS_LABELS[size]) if size else "",
        "land": LANDS.get(place.land_code, ""),
        "density": wording.facet_value("urbanisation", str(place.urbanisation or "")),
        "method": method,
        "weights": [
            (wording_fit.factor_name(n), weight) for n, weight in method["weights"].items()
        ],
    }


def _ranked(place: Place, wishes: Wishes) -> dict[str, Any]:
    ranking = queries.rank_fits(place, wishes)
    n_good = ranking.n_possible
    fits = queries.read_fits(ranking[: min(SHOWN, n_good)])
    excluded = ranking[n_good : n_good + SHOWN_EXCLUDED]
    best = fits[:BEST]
    return {
        "fits": [_fit(fit) for fit in fits],
        "n_fits": n_good,
        "excluded": [_fit(fit) for fit in queries.read_fits(excluded)],
        "n_excluded": len(ranking) - n_good,
        "best": [_fit(fit) for fit in best],
        "compare_url": f"{reverse('catalogue:compare')}?{_compared(best)}",
        "office": _first_office(fits, place),
        "slugs": ranking.possible_slugs(),
    }


def _compared(best: list[queries.Fit]) -> str:
    return urlencode([("l", fit.known.slug) for fit in best])


def _first_office(fits: list[queries.Fit], place: Place) -> dict[str, Any] | None:
    """Return whom to ask: a town that uses one of the best, else who looks after one; not us."""
    offices = [
        office
        for fit in fits
        if (fit.solution.profile.get("origin") or {}).get("name") != place.name
        and (office := _office(fit)) is not None
    ]
    best = offices[:BEST]
    return next((office for office in best if office["place"]), best[0] if best else None)


def _office(fit: queries.Fit) -> dict[str, Any] | None:
    """Return whom to ask about a solution: the most similar user, else who looks after it."""
    known, contact = fit.known, fit.solution.profile.get("contact") or {}
    unit = str(contact.get("unit") or "")
    if not known.nearest and not unit:
        return None
    return {
        "solution": fit.solution.name,
        "url": presenting.url_of(known.slug),
        "place": known.nearest,
        "role": known.nearest_role,
        "is_declared": known.nearest_basis == Basis.DECLARED,
        "unit": unit,
        "mailbox": contact.get("functional_mailbox"),
    }


def _answers(given: QueryDict) -> str:
    """Return what was answered as the text of an address, without the place."""
    names = WishesForm.base_fields
    pairs = [(name, value) for name in names for value in given.getlist(name) if value]
    return urlencode(pairs)


def _moves(request: HttpRequest, place: Place, wishes: Wishes) -> dict[str, Any]:
    """Return what the changed answers moved; None where nothing was answered before (CAT-507)."""
    if BEFORE not in request.GET:
        return {"moves": None}
    then = WishesForm(QueryDict(request.GET[BEFORE][:2000])).wishes()
    moves, n_more = queries.moves_between(place, then, wishes, shown=SHOWN)
    shown = moves[:SHOWN_MOVES]
    rows = queries.read_moved(shown)
    told = [_move(move, rows[move.id]) for move in shown if move.id in rows]
    return {"moves": told, "n_more": n_more}


def _move(move: Move, solution: Solution) -> dict[str, Any]:
    return {
        "name": solution.name,
        "url": presenting.url_of(solution.slug),
        "way": wording_fit.way_word(move.way),
        "places": wording_fit.places_text(move),
        "why": wording_fit.move_text(move),
    }


def _fit(fit: queries.Fit) -> dict[str, Any]:
    solution, match = fit.solution, fit.match
    sources = queries.valid_rules(from_us(now_us()).date())
    return {
        "name": solution.name,
        "slug": solution.slug,
        "url": presenting.url_of(solution.slug),
        "short": solution.short_description,
        "status": wording.status_text(solution),
        "status_kind": presenting.status_kind(solution),
        "origin": wording.origin_text(solution),
        "low": round(match.low),
        "high": round(match.high),
        "x": round(match.low / 100 * WIDE, 1),
        "width": max(2.0, round((match.high - match.low) / 100 * WIDE, 1)),
        "known": match.known,
        "n_factors": len(match.factors),
        "factors": [
            {
                "name": wording_fit.factor_name(factor.name),
                "weight": factor.weight,
                "points": factor.points,
                "sentence": wording_fit.factor_sentence(factor, fit.known.nearest),
            }
            for factor in match.factors
        ],
        "closed": [
            {**wording_fit.exclusion_words(r), "source": sources[r.rule]} for r in fit.closed
        ],
        "open": [wording_fit.exclusion_words(rule) for rule in fit.open],
        "here": fit.known.here,
    }
