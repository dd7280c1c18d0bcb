"""What the room adds to the page "new solution": the way from a publiccode.yml."""

from typing import Any

from django.http import HttpRequest

from mehrwert.municipalities.models import Tenant


def new(request: HttpRequest, tenant: Tenant) -> tuple[str, dict[str, Any]]:
    """Return the way to the page."""
    return "publiccode/new.html", {"tenant": tenant}
