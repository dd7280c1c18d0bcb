"""Devices: the list, one device, its messages."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.actions import start_job
from mehrwert.base.http import actor_of, csv_response, needs
from mehrwert.base.paging import paginate
from mehrwert.intake import access, actions, jobs, presenting, queries
from mehrwert.intake.forms import DeviceForm
from mehrwert.intake.presenting import address
from mehrwert.observations.queries import list_datastreams, read_message

from .shared import FORM, newest_messages, page


@needs("read")
@require_safe
def device_list(request: Any) -> HttpResponse:
    """Show adopted devices, the longest silent first."""
    text = request.GET.get("q", "").strip()[:100]
    shown = paginate(request, queries.list_devices(text), size=50)
    things = queries.read_things(request.tenant.pk, shown.items)
    context = {
        "page": shown,
        "lines": presenting.device_lines(shown.items, things),
        "q": text,
        "has_sources": queries.list_sources().exists(),
        "tab": "devices",
    }
    return page(request, "intake/devices.html", context)


@needs("read")
@require_safe
def device_csv(request: Any) -> HttpResponse:
    """Give the list of devices for a spreadsheet."""
    devices = list(queries.list_devices(request.GET.get("q", "").strip()[:100]))
    things = queries.read_things(request.tenant.pk, devices)
    head = ["Kennung", "Name", "Messstelle", "Typ", "zuletzt (µs UTC)", "Batterie", "Signal"]
    rows = (
        [
            line.device.device_key,
            line.device.name,
            line.thing,
            str(line.device.codec or ""),
            str(line.device.last_us),
            line.battery,
            line.signal,
        ]
        for line in presenting.device_lines(devices, things)
    )
    return csv_response(request, "geraete.csv", [gettext(word) for word in head], rows)


@needs("read")
@require_safe
def device(request: Any, device_id: int) -> HttpResponse:
    """Show one device: what it measures, how it is, what it sent."""
    row = access.find_device(device_id)
    tenant_id = request.tenant.pk
    things = queries.read_things(tenant_id, [row])
    context = {
        "line": presenting.device_lines([row], things)[0],
        "device": row,
        "skew": row.skew_s,
        "clock": presenting.clock_text(row),
        "series": list_datastreams(tenant_id, ids=list(row.streams.values())),
        "codec_state": presenting.codec_state(row.codec) if row.codec else None,
        **newest_messages(request, device_key=row.device_key),
    }
    return page(request, "intake/device.html", context, (str(row), ""))


@needs("import_data")
@require_http_methods(FORM)
def device_edit(request: Any, device_id: int) -> HttpResponse:
    """Change name and type of a device."""
    row = access.find_device(device_id)
    back = address(request, "device", device_id=row.pk)
    form = DeviceForm(
        request.POST or None,
        types=queries.list_device_types(),
        has_object=True,
        initial={
            "name": row.name,
            "device_type": row.codec.slug if row.codec else "",
            "clock_shift_s": row.clock_shift_s,
        },
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        shift_s = given.pop("clock_shift_s") or 0
        actions.rename_device(row, actor=actor_of(request), **given)
        if shift_s != row.clock_shift_s:
            actions.set_clock(row, shift_s=shift_s, actor=actor_of(request))
        messages.success(request, gettext("Gespeichert. Neue Nachrichten werden so gelesen."))
        return redirect(back)
    title = gettext("Gerät bearbeiten")
    context = {"form": form, "title": title, "submit": gettext("Speichern"), "cancel_url": back}
    return page(request, "intake/form.html", context, (str(row), back), (title, ""))


@needs("import_data")
@require_POST
def device_replay(request: Any, device_id: int) -> HttpResponse:
    """Let a job decode the messages of a device's codec again."""
    row = access.find_device(device_id)
    back = redirect(address(request, "device", device_id=row.pk))
    if row.codec is None:
        return back
    start_job(
        jobs.replay_codec,
        title=gettext("%(name)s: Nachrichten neu lesen") % {"name": row.codec.name},
        tenant_id=request.tenant.pk,
        actor=actor_of(request),
        kwargs={"tenant_id": request.tenant.pk, "codec_id": row.codec.pk},
    )
    messages.success(
        request,
        gettext("Alle Nachrichten dieses Gerätetyps werden neu gelesen."),
    )
    return back


@needs("read")
@require_safe
def message(request: Any, message_id: int) -> HttpResponse:
    """Show one message as it came, and what became of it."""
    row = read_message(request.tenant.pk, message_id)
    known = queries.list_by_key(row.device_key).first()
    way = (str(known), address(request, "device", device_id=known.pk)) if known else None
    title = gettext("Nachricht %(id)s") % {"id": row.id}
    try:
        body = json.dumps(json.loads(row.body), indent=2, ensure_ascii=False)
    except ValueError:
        body = row.body
    context = {"line": presenting.message_lines([row])[0], "body": body, "title": title}
    crumbs = [way, (title, "")] if way else [(title, "")]
    return page(request, "intake/message.html", context, *crumbs)
