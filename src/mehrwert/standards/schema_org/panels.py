"""What the room adds to the page of a solution: data for search engines, in the head."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from mehrwert.catalogue.models import Solution

from .mapping import describe, to_script


def head(request: HttpRequest, solution: Solution) -> tuple[str, dict[str, Any]] | None:
    """Return the JSON-LD of a public solution; nothing for others."""
    if not solution.is_public:
        return None
    base = str(settings.MEHRWERT.public_url or request.build_absolute_uri("/")).rstrip("/")
    text = to_script(describe(solution, base))
    return "schema_org/head.html", {"data": mark_safe(text)}  # noqa: S308 (signs are escaped)
