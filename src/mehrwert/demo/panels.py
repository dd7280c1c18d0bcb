"""What the demo adds to pages of other rooms."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from mehrwert.demo import presenting, queries, town
from mehrwert.demo.access import may_choose_role
from mehrwert.demo.choices import CHARACTERS, STORY, STORY_KEYS
from mehrwert.demo.telling import read_telling

COUNTS_S = 10
Panel = tuple[str, dict[str, Any]]


def landing(request: HttpRequest, obj: Any) -> Panel | None:
    """Say on the landing page what the demo holds, and let a visitor choose a role."""
    if not settings.MEHRWERT.demo:
        return None
    context = {
        "characters": _characters(request),
        "counts": queries.count_all(COUNTS_S),
        "effects": [presenting.effect_line(told) for told in queries.list_told()],
    }
    return "demo/panels/landing.html", context


def sign_in(request: HttpRequest, obj: Any) -> Panel | None:
    """Say to whoever was sent to the sign-in page of a demo that no account is needed."""
    return ("demo/panels/sign_in.html", {}) if may_choose_role(request) else None


def home(request: HttpRequest, obj: Any) -> Panel | None:
    """Say on the start page of Auental which step of the story comes next; nothing at its end."""
    tenant = getattr(request, "tenant", None)
    if not settings.MEHRWERT.demo or tenant is None or tenant.slug != town.SLUG:
        return None
    step = next((one for one in STORY if one.key == read_telling(tenant).next_step), None)
    if step is None:
        return None
    number = STORY_KEYS.index(step.key) + 1
    return "demo/panels/home.html", {"step": gettext(step.title), "n": number, "key": step.key}


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
