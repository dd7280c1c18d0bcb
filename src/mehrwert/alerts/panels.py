"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest

from mehrwert.alerts import queries
from mehrwert.alerts.presenting import address, alert_line

NEWEST = 5


def home(request: HttpRequest, obj: object) -> tuple[str, dict[str, Any]] | None:
    """Show on the start page of a municipality which alerts last; nothing when all is calm."""
    rows = list(queries.list_alerts(is_open=True)[:NEWEST])
    if not rows:
        return None
    return "alerts/panel_home.html", {
        "lines": [alert_line(request, row) for row in rows],
        "n_open": queries.count_open(),
        "list_url": address(request, "alert_list"),
        "cases_url": address(request, "case_list"),
    }
