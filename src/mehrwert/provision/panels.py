"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localdate

from mehrwert.provision import queries
from mehrwert.provision.presenting import address, show_project_phase


def project(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show on the record of a project which phase its data say."""
    found = queries.phase_of(obj, today=localdate())
    return "provision/panel_project.html", {
        "shown": show_project_phase(found),
        "overview_url": address(request, "overview"),
    }
