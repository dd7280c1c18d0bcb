"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest

from mehrwert.catalogue import queries
from mehrwert.municipalities.models import Tenant


def home(request: HttpRequest, tenant: Tenant) -> tuple[str, dict[str, Any]] | None:
    """Show on the start page of a municipality which of its entries run out; else nothing."""
    entries = queries.list_due_entries(tenant)
    if not entries:
        return None
    return "catalogue/panel_home.html", {"entries": entries[:5], "n": len(entries)}
