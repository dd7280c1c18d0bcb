"""Setup pages of one municipality: overview, name and address, resting."""

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
from mehrwert.base.navigation import links, wiring
from mehrwert.municipalities import actions, queries
from mehrwert.municipalities.errors import SlugNotAllowedError, SlugTakenError
from mehrwert.municipalities.forms import SlugForm, TownForm


def setup_page(
    request: Any,
    template: str,
    context: dict[str, Any],
    *crumbs: tuple[str, str],
    status: int = 200,
) -> HttpResponse:
    """Render a setup page with the way from the overview to it."""
    request.nav_key = "setup"
    overview = reverse("municipalities:setup", kwargs={"mandant": request.tenant.slug})
    way = [(gettext("Einrichtung"), overview), *crumbs] if crumbs else []
    return render_page(request, template, {**context, "crumbs": way}, status)


@needs("manage_town")
@require_safe
def setup(request: Any) -> HttpResponse:
    """Show everything that can be set up."""
    context = {
        "official": queries.read_official(request.tenant),
        "population": queries.read_population(request.tenant),
        "n_people": queries.count_members(request.tenant),
        "n_keys": queries.count_valid_keys(request.tenant),
        "more": links(getattr(wiring(), "SETUP", []), request, request.tenant.slug),
    }
    return setup_page(request, "municipalities/setup.html", context)


@needs("manage_town")
@require_http_methods(["GET", "HEAD", "POST"])
def town(request: Any) -> HttpResponse:
    """Show a municipality and change its name and notice."""
    initial = {"name": request.tenant.name, "notice": request.tenant.notice}
    form = TownForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.update_tenant(request.tenant, actor=actor_of(request), **form.cleaned_data)
        messages.success(request, gettext("Gespeichert."))
        return redirect("municipalities:town", mandant=request.tenant.slug)
    return _town_page(request, form=form)


@needs("manage_town")
@require_POST
def address(request: Any) -> HttpResponse:
    """Give the municipality another address; old links go on working."""
    form = SlugForm(request.POST)
    if form.is_valid():
        try:
            changed = actions.change_slug(
                request.tenant, form.cleaned_data["slug"], actor=actor_of(request)
            )
        except (SlugTakenError, SlugNotAllowedError) as error:
            form.add_error("slug", sentence_of(error))
        else:
            messages.success(request, gettext("Die neue Adresse gilt. Alte Links führen hierher."))
            return redirect("municipalities:town", mandant=changed.slug)
    return _town_page(request, slug_form=form)


@needs("manage_town")
@require_POST
def rest(request: Any) -> HttpResponse:
    """Let the municipality rest, or open it again; the button has asked before."""
    if request.POST.get("stand") == "ruhen":
        actions.suspend_tenant(request.tenant, actor=actor_of(request))
        messages.success(request, gettext("Die Kommune ist stillgelegt."))
    else:
        actions.resume_tenant(request.tenant, actor=actor_of(request))
        messages.success(request, gettext("Die Kommune ist wieder offen."))
    return redirect("municipalities:town", mandant=request.tenant.slug)


def _town_page(
    request: Any, *, form: TownForm | None = None, slug_form: SlugForm | None = None
) -> HttpResponse:
    town = request.tenant
    shown = form or TownForm(initial={"name": town.name, "notice": town.notice})
    shown_slug = slug_form or SlugForm(initial={"slug": town.slug})
    profile = queries.read_profile_of(town)
    context = {
        "form": shown,
        "slug_form": shown_slug,
        "profile": profile,
        "svg": profile.svg if profile else queries.draw_tenant(town),
        "credit": queries.credit(town),
    }
    status = 422 if shown.errors or shown_slug.errors else 200
    crumb = (gettext("Kommune"), "")
    return setup_page(request, "municipalities/town.html", context, crumb, status=status)
