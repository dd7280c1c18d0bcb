"""Doors for people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from mehrwert.base.http import needs, render_page
from mehrwert.municipalities import access


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Lead people with one municipality to it; let the others choose or sign in."""
    towns = access.list_tenants_of(request.user)
    if len(towns) == 1:
        return redirect("municipalities:home", mandant=towns[0].slug)
    return render_page(request, "municipalities/landing.html", {"towns": towns})


@require_safe
@needs("read")
def home(request: Any) -> HttpResponse:
    """Show what is new in a municipality."""
    return render_page(request, "municipalities/home.html", {})


@require_safe
@needs("manage_town")
def setup(request: Any) -> HttpResponse:
    """Show everything that can be set up."""
    return render_page(request, "municipalities/setup.html", {})
