"""Where people arrive: the landing page and the home of a municipality."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from mehrwert.accounts.queries import has_operator
from mehrwert.base.http import needs, render_page
from mehrwert.municipalities import access, queries

MAP_AGE_S = 300


@require_safe
def landing(request: Any) -> HttpResponse:
    """Lead people with one municipality to it; let the others choose, set up or sign in."""
    towns = access.list_tenants_of(request.user)
    is_operator = request.can("operate")
    stays = "auswahl" in request.GET or settings.MEHRWERT.demo
    if len(towns) == 1 and not stays:
        return redirect("municipalities:home", mandant=towns[0].slug)
    context = {
        "towns": towns,
        "is_operator": is_operator,
        "is_demo": settings.MEHRWERT.demo,
        "is_empty": is_operator and not queries.count_tenants(),
        "is_nobodys": not request.user.is_authenticated and not has_operator(),
    }
    return render_page(request, "municipalities/landing.html", context)


@needs("read")
@require_safe
def home(request: Any) -> HttpResponse:
    """Show what is new in a municipality, and what to do first when nothing is there yet."""
    steps = queries.list_first_steps(request.tenant, request.can)
    context = {
        "population": queries.read_population(request.tenant),
        "official": queries.read_official(request.tenant),
        "svg": queries.draw_small(request.tenant),
        "credit": queries.credit(request.tenant),
        "steps": steps,
        "has_steps_left": any(step.url and not step.is_done for step in steps),
    }
    return render_page(request, "municipalities/home.html", context)


@needs("read")
@require_safe
def boundary(request: Any) -> HttpResponse:
    """Return municipality, neighbours and Land as GeoJSON for maps."""
    return _geojson(queries.read_map(request.tenant))


@needs("operate")
@require_safe
def register_boundary(request: HttpRequest, level: str, ars: str) -> HttpResponse:
    """Return the outline of any row of the register, before it is set up."""
    official = queries.read_municipality(level, ars)
    return _geojson(queries.read_map_of(level, ars, official.name_short))


def _geojson(areas: dict[str, Any]) -> HttpResponse:
    compact = {"separators": (",", ":"), "ensure_ascii": False}
    response = JsonResponse(areas, json_dumps_params=compact, content_type="application/geo+json")
    response["Cache-Control"] = f"private, max-age={MAP_AGE_S}"
    return response
