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


def portfolio(request: HttpRequest, obj: object) -> tuple[str, dict[str, Any]] | None:
    """Show beside the projects where the municipality stood when somebody last kept it.

    Below three projects, and without a kept state, there is nothing to say (decisions 48).
    """
    newest = queries.newest_assessment()
    if newest is None and queries.count_projects() < LEAST_PROJECTS:
        return None
    return "provision/panel_portfolio.html", {
        "newest": newest,
        "label": label_of(newest.label) if newest is not None else "",
        "lines": show_shortly(newest.record) if newest is not None else [],
        "overview_url": address(request, "overview"),
    }
