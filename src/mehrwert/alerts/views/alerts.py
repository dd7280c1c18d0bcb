"""Pages: what was raised, and what people did about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.alerts import access, actions, queries
from mehrwert.alerts.cap import to_cap
from mehrwert.alerts.duty import target_choices
from mehrwert.alerts.forms import NoteForm
from mehrwert.alerts.models import Alert
from mehrwert.alerts.presenting import (
    CSV_COLUMNS,
    address,
    alert_line,
    cap_of,
    csv_row,
    message_line,
)
from mehrwert.base.http import csv_response, needs, render_page
from mehrwert.base.paging import paginate
from mehrwert.observations.access import actor_of, tenant_of

STATES = {"offen": True, "vorbei": False}
MOST_CSV = 50_000


@needs("read")
@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    """List alerts, those that last first to be seen."""
    n_open = queries.count_open()
    chosen = request.GET.get("zustand") or ("offen" if n_open else "alle")
    page = paginate(request, queries.list_alerts(is_open=STATES.get(chosen)), size=25)
    context = {
        "page": page,
        "lines": [alert_line(request, alert) for alert in page.items],
        "chosen": chosen if chosen in STATES else "alle",
        "may_answer": request.can("capture"),  # type: ignore[attr-defined]
        "n_open": n_open,
        "n_lost": queries.count_given_up(),
        "n_rules": queries.list_rules().count(),
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
    }
    return render_page(request, "alerts/alert_list.html", context)


@needs("read")
@require_safe
def alert_csv(request: HttpRequest) -> HttpResponse:
    """Give the newest alerts as a table."""
    rows = map(csv_row, queries.list_alerts()[:MOST_CSV])
    return csv_response(request, "meldungen.csv", CSV_COLUMNS, rows)


@needs("read")
@require_safe
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Show one alert: what was measured, who was told, who takes care."""
    row = access.find_alert(alert_id)
    return _page(request, row, NoteForm(initial={"note": row.note}))


@needs("read")
@require_safe
def cap(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Give one alert as a CAP file, a draft that a person hands on."""
    row = access.find_alert(alert_id)
    file = HttpResponse(to_cap(cap_of(request, row)), content_type="application/cap+xml")
    file["Content-Disposition"] = f'attachment; filename="meldung-{row.pk}.cap.xml"'
    return file


@needs("capture")
@require_POST
def answer(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Take care of an alert."""
    actions.answer(access.find_alert(alert_id), actor=actor_of(request))
    messages.success(request, gettext("Danke. Alle sehen jetzt, dass Sie sich darum kümmern."))
    if request.POST.get("zurueck") == "liste":
        return redirect(address(request, "alert_list"))
    return redirect(address(request, "alert", alert_id=alert_id))


@needs("capture")
@require_http_methods(["POST"])
def note(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Write down what was the matter."""
    row = access.find_alert(alert_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    actions.write_note(row, form.cleaned_data["note"], actor=actor_of(request))
    messages.success(request, gettext("Die Notiz ist gespeichert."))
    return redirect(address(request, "alert", alert_id=alert_id))


def _page(request: HttpRequest, row: Alert, form: NoteForm, status: int = 200) -> HttpResponse:
    known = dict(target_choices())
    context: dict[str, Any] = {
        "line": alert_line(request, row),
        "alert": row,
        "form": form,
        "sent": [message_line(message, known) for message in queries.list_messages(row)],
        "may_answer": request.can("capture"),  # type: ignore[attr-defined]
        "tenant_name": tenant_of(request).name,
    }
    return render_page(request, "alerts/alert.html", context, status)
