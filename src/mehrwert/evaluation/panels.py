"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mehrwert.catalogue.models import Solution


def ask(request: HttpRequest, obj: Solution) -> tuple[str, dict[str, Any]] | None:
    """Offer members of a municipality to find out whether a solution works there."""
    slug = getattr(request, "nav_slug", "")
    if not slug:
        return None
    url = reverse("evaluation:new", kwargs={"mandant": slug})
    return "evaluation/panel_ask.html", {"url": f"{url}?loesung={obj.slug}"}
