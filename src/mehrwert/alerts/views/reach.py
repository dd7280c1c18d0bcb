"""Pages: who can be told: duty rosters and webhooks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.alerts import access, actions, queries
from mehrwert.alerts.duty import roster_line, to_ics, watch_lines
from mehrwert.alerts.errors import WrongSpanError
from mehrwert.alerts.forms import CoverForm, RosterForm, WebhookForm, initial_roster
from mehrwert.alerts.models import Roster
from mehrwert.alerts.presenting import address
from mehrwert.alerts.sms import is_sms_ready
from mehrwert.base.clock import now_us, to_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.observations.access import actor_of, tenant_of

FORM = ["GET", "HEAD", "POST"]


@needs("read")
@require_safe
def reach(request: HttpRequest) -> HttpResponse:
    """List rosters with who is on duty, and webhooks."""
    context = {
        "rosters": [roster_line(request, roster) for roster in queries.list_rosters()],
        "webhooks": list(queries.list_webhooks()),
        "sms_ready": is_sms_ready(),
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
        "may_manage": request.can("manage_town"),  # type: ignore[attr-defined]
    }
    return render_page(request, "alerts/reach.html", context)


@needs("manage_town")
@require_http_methods(FORM)
def webhook_new(request: HttpRequest) -> HttpResponse:
    """Make a webhook and show its secret once."""
    form = WebhookForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "secret": ""}
    if form.is_bound and form.is_valid():
        try:
            context["webhook"], context["secret"] = actions.create_webhook(
                tenant_of(request).pk, **form.cleaned_data, actor=actor_of(request)
            )
        except MehrwertError as error:
            form.add_error("url", sentence_of(error))
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "alerts/webhook_form.html", context, status)


@needs("manage_town")
@require_POST
def webhook_test(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Tell a webhook that this is a test, and say how it went."""
    row = access.find_webhook(webhook_id)
    try:
        actions.test_webhook(row)
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        said = gettext("„%(name)s“ hat die Probe angenommen.")
        messages.success(request, said % {"name": row.title})
    return redirect(address(request, "reach"))


@needs("manage_town")
@require_POST
def webhook_delete(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Delete a webhook."""
    actions.delete_webhook(access.find_webhook(webhook_id), actor=actor_of(request))
    messages.success(request, gettext("Der Webhook ist gelöscht."))
    return redirect(address(request, "reach"))


@needs("read")
@require_safe
def roster(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Show who is on duty in the coming weeks."""
    row = access.find_roster(roster_id)
    return _page(request, row, CoverForm(people=queries.list_people(row)))


@needs("edit_data")
@require_POST
def cover_add(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Let somebody stand in."""
    row = access.find_roster(roster_id)
    people = queries.list_people(row)
    form = CoverForm(request.POST, people=people)
    if form.is_valid():
        given = form.cleaned_data
        person = next(person for person in people if person.pk == given["person"])
        span = to_us(given["start"]), to_us(given["end"])
        try:
            actions.add_cover(person, *span, actor=actor_of(request))
        except WrongSpanError as error:
            form.add_error("end", sentence_of(error))
        else:
            messages.success(request, gettext("Die Vertretung ist eingetragen."))
            return redirect(address(request, "roster", roster_id=roster_id))
    return _page(request, row, form, status=422)


@needs("edit_data")
@require_POST
def cover_remove(request: HttpRequest, roster_id: int, cover_id: int) -> HttpResponse:
    """Take back that somebody stands in."""
    actions.remove_cover(access.find_cover(roster_id, cover_id), actor=actor_of(request))
    messages.success(request, gettext("Die Vertretung ist gestrichen."))
    return redirect(address(request, "roster", roster_id=roster_id))


@needs("read")
@require_safe
def roster_ics(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Give the coming half year as a calendar."""
    row = access.find_roster(roster_id)
    file = HttpResponse(to_ics(row, request.get_host()), content_type="text/calendar")
    file["Content-Disposition"] = f'attachment; filename="dienstplan-{row.pk}.ics"'
    return file


@needs("edit_data")
@require_http_methods(FORM)
def roster_new(request: HttpRequest) -> HttpResponse:
    """Say who takes turns."""
    return _edit(request, None, {})


@needs("edit_data")
@require_http_methods(FORM)
def roster_edit(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Change a roster."""
    row = access.find_roster(roster_id)
    return _edit(request, row, initial_roster(row, queries.list_people(row)))


@needs("edit_data")
@require_POST
def roster_delete(request: HttpRequest, roster_id: int) -> HttpResponse:
    """Delete a roster."""
    actions.delete_roster(access.find_roster(roster_id), actor=actor_of(request))
    messages.success(request, gettext("Der Dienstplan ist gelöscht."))
    return redirect(address(request, "reach"))


def _page(request: HttpRequest, row: Roster, form: CoverForm, status: int = 200) -> HttpResponse:
    context = {
        "roster": row,
        "form": form,
        "people": queries.list_people(row),
        "watches": watch_lines(row),
        "covers": [c for c in queries.list_covers(row) if c.end_us > now_us()],
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
    }
    return render_page(request, "alerts/roster.html", context, status)


def _edit(request: HttpRequest, row: Roster | None, initial: dict[str, Any]) -> HttpResponse:
    form = RosterForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        saved = actions.save_roster(
            tenant_of(request).pk, row, form.to_choice(), actor=actor_of(request)
        )
        messages.success(
            request, gettext("Gespeichert. Wählen Sie den Dienst jetzt in den Regeln.")
        )
        return redirect(address(request, "roster", roster_id=saved.pk))
    context = {
        "form": form,
        "title": gettext("Dienstplan bearbeiten") if row else gettext("Neuer Dienstplan"),
        "cancel_url": address(request, "roster", roster_id=row.pk)
        if row
        else address(request, "reach"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "alerts/roster_form.html", context, status)
