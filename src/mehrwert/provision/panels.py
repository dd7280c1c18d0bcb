"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localdate

from mehrwert.provision import queries
from mehrwert.provision.presenting import address, label_of, show_project_phase, show_shortly

LEAST_PROJECTS = 3


def project(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show on the record of a project which phase its data say."""
    found = queries.phase_of(obj, today=localdate())
    return "provision/panel_project.html", {
        "shown": show_project_phase(found),
        "overview_url": address(request, "overview"),
    }


def portfolio(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show beside the projects where the municipality stands; nothing below three of them."""
    current = queries.assess_now(today=localdate())
    if current.n_projects < LEAST_PROJECTS:
        return None
    return "provision/panel_portfolio.html", {
        "label": label_of(current.whole.label),
        "lines": show_shortly(current.whole),
        "overview_url": address(request, "overview"),
    }
