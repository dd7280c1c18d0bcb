"""Pages of whoever runs the installation: all municipalities, and setting one up."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.accounts.access import actor_of
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.municipalities import access, actions, queries
from mehrwert.municipalities.choices import LEVEL_LABELS, Level
from mehrwert.municipalities.errors import SlugNotAllowedError, SlugTakenError
from mehrwert.municipalities.forms import NewTownForm

HITS = 12


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the list of municipalities to this page."""
    return [(gettext("Kommunen"), reverse("municipalities:towns")), *more]


@needs("operate")
@require_safe
def towns(request: Any) -> HttpResponse:
    """List the municipalities of the installation."""
    page = paginate(request, queries.list_tenants(), size=50)
    mine = {town.pk for town in access.list_tenants_of(request.user)}
    return render_page(request, "municipalities/towns.html", {"page": page, "mine": mine})


@needs("operate")
@require_safe
def find(request: Any) -> HttpResponse:
    """Find a municipality in the register: one field."""
    text = request.GET.get("suche", "")[:120]
    level = request.GET.get("ebene", "")
    if level not in set(Level):
        level = ""
    queries.warm_search()
    context = {
        "text": text,
        "level": level,
        "levels": [
            (key, gettext(label)) for key, label in LEVEL_LABELS.items() if key != Level.DEMO
        ],
        "hits": queries.search_municipalities(text, HITS, level=level),
        "credit": queries.credit(),
        "crumbs": crumbs((gettext("Kommune einrichten"), "")),
    }
    return render_page(
        request, "municipalities/find.html", context, fragment="municipalities/hits.html"
    )


@needs("operate")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: Any, level: str, ars: str) -> HttpResponse:
    """Show what is known of a row of the register, and set it up."""
    profile = queries.read_profile(level, ars)
    name = profile.official.name_short
    initial = {"name": name, "slug": queries.propose_slug(name)}
    form = NewTownForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        try:
            town = actions.create_own_tenant(
                request.user, level=level, ars=ars, actor=actor, **form.cleaned_data
            )
        except (SlugTakenError, SlugNotAllowedError) as error:
            form.add_error("slug", sentence_of(error))
        else:
            messages.success(request, gettext("Die Kommune ist eingerichtet."))
            return redirect("municipalities:home", mandant=town.slug)
    context = {
        "form": form,
        "profile": profile,
        "credit": queries.credit(),
        "crumbs": crumbs(
            (gettext("Kommune einrichten"), reverse("municipalities:find")), (name, "")
        ),
    }
    return render_page(request, "municipalities/create.html", context, 422 if form.errors else 200)


@needs("operate")
@require_POST
def claim(request: Any, town_id: int) -> HttpResponse:
    """Make whoever runs the installation an administrator of a municipality; it is audited."""
    town = queries.read_tenant_by_id(town_id)
    actions.claim_administration(town, request.user, actor=actor_of(request))
    messages.success(request, gettext("Sie haben jetzt die Rolle Administration."))
    return redirect("municipalities:home", mandant=town.slug)


@needs("operate")
@require_POST
def read_only(request: Any, town_id: int) -> HttpResponse:
    """Show a municipality only, or let people change it again."""
    town = queries.read_tenant_by_id(town_id)
    actions.set_read_only(town, request.POST.get("nur") == "ansehen", actor=actor_of(request))
    messages.success(request, gettext("Gespeichert."))
    return redirect("municipalities:towns")
