"""What fits a municipality: its place in the register, the ranked list, every factor in words."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import render_page
from mehrwert.catalogue import presenting, queries, wording
from mehrwert.catalogue.choices import SIZE_CLASS_LABELS
from mehrwert.catalogue.forms import WishesForm
from mehrwert.catalogue.rules import size_class_of
from mehrwert.catalogue.views.browse import enter, home_of
from mehrwert.municipalities.queries import search_municipalities

SHOWN = 10
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
    """Show what fits a municipality best, why, and what speaks against the rest."""
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
        fits = queries.list_fits(place, wishes)
        good = [fit for fit in fits if not fit.closed]
        size = size_class_of(place.level, place.population)
        context |= {
            "size": gettext(SIZE_CLASS_LABELS[size]) if size else "",
            "land": wording.LANDS.get(place.land_code, ""),
            "density": wording.facet_value("urbanisation", str(place.urbanisation or "")),
            "fits": [_fit(fit) for fit in good[:SHOWN]],
            "n_fits": len(good),
            "excluded": [_fit(fit) for fit in fits if fit.closed],
            "method": queries.read_method(),
            "weights": [
                (wording.factor_name(name), weight)
                for name, weight in queries.read_method()["weights"].items()
            ],
        }
    return render_page(request, "catalogue/fitting.html", context)


def _fit(fit: queries.Fit) -> dict[str, Any]:
    solution, match = fit.solution, fit.match
    return {
        "name": solution.name,
        "slug": solution.slug,
        "url": presenting.url_of(solution.slug),
        "short": solution.short_description,
        "status": wording.status_text(solution),
        "status_kind": presenting.STATUS_KIND.get(solution.status, ""),  # type: ignore[call-overload]
        "origin": wording.origin_text(solution),
        "low": round(match.low),
        "high": round(match.high),
        "x": round(match.low / 100 * WIDE, 1),
        "width": max(2.0, round((match.high - match.low) / 100 * WIDE, 1)),
        "known": match.known,
        "n_factors": len(match.factors),
        "factors": [
            {
                "name": wording.factor_name(factor.name),
                "weight": factor.weight,
                "points": factor.points,
                "sentence": wording.factor_sentence(factor, fit.nearest),
            }
            for factor in match.factors
        ],
        "closed": [wording.exclusion_words(rule) for rule in fit.closed],
        "open": [wording.exclusion_words(rule) for rule in fit.open],
        "here": [row.place_name for row in fit.here],
    }
