"""Unknown devices: the list of those that wait, adoption with one form."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.http import actor_of, needs
from mehrwert.base.paging import paginate
from mehrwert.intake import access, actions, queries
from mehrwert.intake.choices import DeviceState
from mehrwert.intake.forms import AdoptForm
from mehrwert.intake.models import Device
from mehrwert.intake.presenting import address
from mehrwert.intake.rules.guessing import guess_type
from mehrwert.observations.access import context_of
from mehrwert.observations.queries import count_messages, list_messages, list_things

from .shared import FORM, newest_messages, page


@needs("read")
@require_safe
def unknown_list(request: Any) -> HttpResponse:
    """Show devices that nobody adopted yet, and those that are not wanted."""
    ignored = request.GET.get("ansicht") == "beiseite"
    shown = paginate(request, queries.list_unknown(ignored=ignored), size=50)
    types = queries.list_device_types()
    names = {one.slug: one.name for one in types}
    pairs = [(one.slug, one.name) for one in types]
    context = {
        "page": shown,
        "lines": [(row, names.get(guess_type(row.hint, pairs), "")) for row in shown.items],
        "ignored": ignored,
        "has_sources": queries.list_sources().exists(),
        "tab": "unknown",
    }
    return page(request, "intake/unknown.html", context)


@needs("import_data")
@require_http_methods(FORM)
def adopt(request: Any, device_id: int) -> HttpResponse:
    """Adopt a device: type, name, thing; what waited becomes values at once."""
    row = access.find_device(device_id)
    if row.state == DeviceState.ADOPTED.value:
        return redirect(address(request, "device", device_id=row.pk))
    form = _form(request, row)
    if request.method == "POST" and form.is_valid():
        adopted = actions.adopt_device(context_of(request), row.pk, form.to_adoption())
        _tell(request, adopted)
        return redirect(address(request, "device", device_id=row.pk))
    context = {
        "form": form,
        "device": row,
        "n_waiting": sum(count_messages(request.tenant.pk, row.device_key).values()),
        "cancel_url": address(request, "unknown_list"),
        **newest_messages(request, device_key=row.device_key),
    }
    way = (gettext("Unbekannte Geräte"), context["cancel_url"])
    return page(request, "intake/adopt.html", context, way, (row.device_key, ""))


@needs("import_data")
@require_POST
def put_aside(request: Any, device_id: int) -> HttpResponse:
    """Put a device aside, or take it up again."""
    row = access.find_device(device_id)
    ignored = row.state == DeviceState.UNKNOWN.value
    actions.ignore_device(row, ignored=ignored, actor=actor_of(request))
    text = (
        gettext("Das Gerät ist beiseitegelegt. Seine Nachrichten werden nicht gelesen.")
        if ignored
        else gettext("Das Gerät wartet wieder auf seine Übernahme.")
    )
    messages.success(request, text)
    return redirect(address(request, "unknown_list"))


def _form(request: Any, row: Device) -> AdoptForm:
    types = queries.list_device_types()
    newest = list_messages(request.tenant.pk, device_key=row.device_key, limit=5)
    name = row.hint.split(" · ")[0] or row.device_key
    return AdoptForm(
        request.POST or None,
        types=types,
        things=[(thing.id, thing.name) for thing in list_things(request.tenant.pk)],
        has_object=any(message.envelope.get("object") for message in newest),
        initial={
            "name": name,
            "device_type": guess_type(row.hint, [(one.slug, one.name) for one in types]),
        },
    )


def _tell(request: Any, device: Device) -> None:
    device.refresh_from_db()
    if device.error:
        messages.warning(
            request,
            gettext("Das Gerät ist übernommen, aber seine letzte Nachricht war nicht lesbar."),
        )
    else:
        messages.success(
            request,
            gettext("Das Gerät ist übernommen. Was gewartet hat, ist jetzt gelesen."),
        )
