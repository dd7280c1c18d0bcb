"""What the pages of the room share: tabs, way, forms."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext

from mehrwert.base.http import render_page
from mehrwert.intake import queries
from mehrwert.intake.presenting import address, message_lines
from mehrwert.observations.queries import list_messages

MESSAGES = 25
FORM = ["GET", "HEAD", "POST"]


def page(
    request: Any,
    template: str,
    context: dict[str, Any],
    *way: tuple[str, str],
    fragment: str = "",
) -> HttpResponse:
    """Render a page of the room below „Geräte“; a form with errors answers 422."""
    request.nav_key = "data"
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    root = (gettext("Geräte"), address(request, "device_list"))
    crumbs = [root, *way] if way else []
    tabs = {"n_unknown": queries.count_unknown(), "can_edit": request.can("import_data")}
    given = {**tabs, **context, "crumbs": crumbs}
    return render_page(request, template, given, status, fragment=fragment)


def newest_messages(request: Any, **where: Any) -> dict[str, Any]:
    """Return the newest messages of a device or source for a page, and the way to older ones."""
    given = request.GET.get("vor", "")
    before = int(given) if given.isdecimal() and len(given) < 18 else None
    rows = list_messages(request.tenant.pk, before_id=before, limit=MESSAGES + 1, **where)
    shown = rows[:MESSAGES]
    older = f"?vor={shown[-1].id}#nachrichten" if len(rows) > MESSAGES else ""
    return {"messages_list": message_lines(shown), "older_url": older, "is_older": before}
