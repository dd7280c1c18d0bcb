"""What the demo adds to pages of other rooms."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from mehrwert.demo import queries, town
from mehrwert.demo.access import may_choose_role
from mehrwert.demo.choices import CHARACTERS

COUNTS_S = 10
Panel = tuple[str, dict[str, Any]]


def landing(request: HttpRequest, obj: Any) -> Panel | None:
    """Say on the landing page what the demo holds, and let a visitor choose a role."""
    if not settings.MEHRWERT.demo:
        return None
    context = {"characters": _characters(request), "counts": queries.count_all(COUNTS_S)}
    return "demo/panels/landing.html", context


def roles(request: HttpRequest, obj: Any) -> Panel | None:
    """Let a visitor change the role in the banner of every page."""
    if not may_choose_role(request):
        return None
    towns = [
        {"slug": town.SLUG, "name": town.NAME},
        {"slug": queries.STORY_TOWN, "name": "Quellrode"},
        {"slug": queries.MUENSTER, "name": "Münster"},
    ]
    tenant = getattr(request, "tenant", None)
    context = {
        "characters": _characters(request),
        "towns": towns if request.user.is_authenticated else [],
        "here": getattr(tenant, "slug", ""),
    }
    return "demo/panels/roles.html", context


def _characters(request: HttpRequest) -> list[dict[str, Any]]:
    if not may_choose_role(request):
        return []
    email = getattr(request.user, "email", "")
    return [
        {
            "role": character.role,
            "name": character.display_name,
            "task": gettext(character.task),
            "is_me": character.email == email,
        }
        for character in CHARACTERS
    ]
