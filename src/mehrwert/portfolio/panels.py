"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mehrwert.catalogue.models import Solution
from mehrwert.portfolio import queries
from mehrwert.portfolio.presenting.adoptions import adoption_line, documented_line


def solution_step(request: Any, obj: Solution) -> tuple[str, dict[str, Any]] | None:
    """Offer members of a municipality to declare a use; nothing for strangers."""
    slug = getattr(request, "nav_slug", "")
    if not slug:
        return None
    given = {"mandant": slug, "slug": obj.slug}
    return "portfolio/parts/step.html", {"url": reverse("portfolio:adoption_declare", kwargs=given)}


def own_catalogue(request: HttpRequest, obj: object) -> tuple[str, dict[str, Any]]:
    """Show what the municipality uses and what sources say of it."""
    return "portfolio/parts/own_catalogue.html", {
        "documented": [documented_line(row) for row in queries.list_documented()],
        "lines": [adoption_line(row) for row in queries.list_adoptions()],
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
    }
