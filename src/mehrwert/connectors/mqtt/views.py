"""Pages: connect a broker, choose values on a recorded message, try, pause, end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.connectors.mqtt import access, actions, presenting
from mehrwert.connectors.mqtt.forms import BrokerForm, FileForm, ReadingForm, ValueFormSet
from mehrwert.connectors.mqtt.models import Binding
from mehrwert.connectors.mqtt.presenting import Recorded, try_out
from mehrwert.connectors.mqtt.rules.definition import check_definition
from mehrwert.connectors.mqtt.rules.definition import schema as read_schema
from mehrwert.connectors.mqtt.rules.proposing import Offer, propose
from mehrwert.intake.actions import pause_source

FORM = ["GET", "HEAD", "POST"]


@needs("import_data")
@require_http_methods(FORM)
def new(request: Any) -> HttpResponse:
    """Make a binding; it listens at once."""
    form = BrokerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        definition = {"format": 1, **{k: given[k] for k in ("name", "broker", "topics", "content")}}
        login = actions.Login(given["username"], given["password"])
        try:
            row = actions.create_binding(
                definition, login, retention_days=given["retention_days"], actor=actor_of(request)
            )
        except MehrwertError as error:
            form.add_error(_field_of(error), sentence_of(error))
        else:
            return redirect(_source_url(request, row))
    title = gettext("MQTT-Broker anbinden")
    context = {
        "form": form,
        "title": title,
        "submit": gettext("Anbinden und mithören"),
        "cancel_url": _list_url(request),
        "help": gettext(
            "Mehrwert meldet sich bei Ihrem Broker an und hört mit. Zuerst wird nur"
            " aufgezeichnet; an der ersten Nachricht wählen Sie, welche Werte zählen."
        ),
    }
    return _page(request, "mqtt/form.html", context, (title, ""))


@needs("import_data")
@require_http_methods(FORM)
def edit(request: Any, binding_id: int) -> HttpResponse:
    """Change where a binding listens."""
    row = access.find_binding(binding_id)
    definition = row.definition
    initial = {
        "name": definition["name"],
        "broker": definition["broker"],
        "topics": "\n".join(definition["topics"]),
        "username": row.username,
        "retention_days": row.source.retention_days,
    }
    form = BrokerForm(request.POST or None, initial=initial, is_new=False)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        changed = {**definition, **{k: given[k] for k in ("name", "broker", "topics")}}
        is_kept = not given["password"] and given["username"] == row.username
        login = actions.Login(given["username"], None if is_kept else given["password"])
        try:
            actions.change_binding(
                row,
                changed,
                login=login,
                retention_days=given["retention_days"],
                actor=actor_of(request),
            )
        except MehrwertError as error:
            form.add_error(_field_of(error), sentence_of(error))
        else:
            messages.success(request, gettext("Gespeichert. Die Verbindung wird neu aufgebaut."))
            return redirect(_source_url(request, row))
    title = gettext("Verbindung ändern")
    context = {
        "form": form,
        "title": title,
        "submit": gettext("Speichern"),
        "cancel_url": _source_url(request, row),
    }
    return _page(request, "mqtt/form.html", context, *_way(request, row), (title, ""))


@needs("import_data")
@require_http_methods(FORM)
def values(request: Any, binding_id: int) -> HttpResponse:
    """Choose on a recorded message which values count; try, then use."""
    row = access.find_binding(binding_id)
    recorded = presenting.list_recorded(row)
    chosen = _chosen(request, recorded)
    title = gettext("Welche Werte zählen?")
    way = (*_way(request, row), (title, ""))
    if chosen is None:
        nothing = {"title": title, "cancel_url": _source_url(request, row)}
        return _page(request, "mqtt/no_message.html", nothing, *way)
    offer = propose(chosen.body, row.definition)
    reading, rows = _value_forms(request, row, offer, chosen)
    trial, error = None, ""
    if request.method == "POST" and reading.is_valid() and rows.is_valid():
        try:
            merged = presenting.merge_values(
                row.definition, offer, reading.cleaned_data, rows.cleaned_data
            )
            trial = try_out(check_definition(merged), chosen.topic, chosen.body)
            if "use" in request.POST and not trial.error:
                actions.change_binding(row, merged, actor=actor_of(request))
                messages.success(
                    request, gettext("In Betrieb. Was schon aufgezeichnet ist, wird jetzt gelesen.")
                )
                return redirect(_source_url(request, row))
        except MehrwertError as problem:
            error = sentence_of(problem)
    context = {
        "title": title,
        "binding": row,
        "chosen": chosen,
        "recorded": recorded,
        "reading": reading,
        "rows": rows,
        "lines": list(zip(rows.forms, offer.values, strict=False)),
        "trial": trial,
        "error": error,
        "cancel_url": _source_url(request, row),
    }
    status = 422 if request.method == "POST" and (error or trial is None) else 200
    return _page(request, "mqtt/values.html", context, *way, status=status)


@needs("import_data")
@require_http_methods(FORM)
def file(request: Any, binding_id: int) -> HttpResponse:
    """Show and change a binding as the file it is; try it with any message."""
    row = access.find_binding(binding_id)
    recorded = presenting.list_recorded(row)
    first = recorded[0] if recorded else Recorded(0, "", "")
    initial = {
        "text": presenting.text_of(row.definition),
        "topic": first.topic,
        "message": first.body,
    }
    form = FileForm(request.POST or None, initial=initial)
    trial = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            definition = check_definition(given["text"])
            if given["message"]:
                trial = try_out(definition, given["topic"], given["message"])
            if "use" in request.POST:
                actions.change_binding(row, definition, actor=actor_of(request))
                messages.success(request, gettext("Gespeichert."))
                return redirect(_source_url(request, row))
        except MehrwertError as problem:
            form.add_error("text", sentence_of(problem))
    title = gettext("Anbindung als Datei")
    context = {
        "form": form,
        "title": title,
        "trial": trial,
        "cancel_url": _source_url(request, row),
        "schema_url": reverse("mqtt:schema", kwargs={"mandant": request.tenant.slug}),
    }
    return _page(request, "mqtt/file.html", context, *_way(request, row), (title, ""))


@needs("read")
@require_safe
def schema(request: Any) -> HttpResponse:
    """Give the schema of binding files."""
    return JsonResponse(read_schema(), json_dumps_params={"indent": 2, "ensure_ascii": False})


@needs("import_data")
@require_POST
def pause(request: Any, binding_id: int) -> HttpResponse:
    """Let a binding rest, or listen again."""
    row = access.find_binding(binding_id)
    paused = not row.source.is_paused
    pause_source(row.source, paused=paused, actor=actor_of(request))
    actions.wake_service()
    text = (
        gettext("Angehalten. Der Broker hebt auf, was inzwischen kommt.")
        if paused
        else gettext("Es wird wieder mitgehört.")
    )
    messages.success(request, text)
    return redirect(_source_url(request, row))


@needs("import_data")
@require_http_methods(FORM)
def end(request: Any, binding_id: int) -> HttpResponse:
    """Ask, then listen no more."""
    row = access.find_binding(binding_id)
    if request.method == "POST":
        actions.end_binding(row, actor=actor_of(request))
        messages.success(request, gettext("Die Anbindung ist beendet. Was kam, bleibt."))
        return redirect(_list_url(request))
    title = gettext("Anbindung beenden?")
    context = {
        "title": title,
        "text": gettext("„%(name)s“ hört dann nicht mehr mit.") % {"name": row},
        "consequences": [
            gettext("Geräte und Messwerte bleiben."),
            gettext("Der Broker hebt für Mehrwert nichts mehr auf."),
        ],
        "submit": gettext("Anbindung beenden"),
        "action": request.path,
        "cancel_url": _source_url(request, row),
    }
    return _page(request, "base/confirm.html", context, *_way(request, row), (title, ""))


def _value_forms(
    request: Any, row: Binding, offer: Offer, chosen: Recorded
) -> tuple[ReadingForm, Any]:
    definition = row.definition
    time_at = (definition.get("time") or {}).get("at", "")
    first_time = offer.times[0] if offer.times and not definition.get("values") else ""
    reading = ReadingForm(
        request.POST or None,
        devices=presenting.device_choices(chosen, str(definition["name"])),
        times=presenting.time_choices(offer, chosen, time_at),
        initial={
            "device": presenting.device_choice(definition),
            "time": time_at or first_time,
            "protection": definition.get("protection", "internal"),
        },
    )
    fields = ("wanted", "at", "name", "unit", "symbol", "aggregation")
    initial = [{name: getattr(proposal, name) for name in fields} for proposal in offer.values]
    return reading, ValueFormSet(request.POST or None, initial=initial, prefix="wert")


def _chosen(request: Any, recorded: list[Recorded]) -> Recorded | None:
    wanted = request.POST.get("nachricht") or request.GET.get("nachricht", "")
    first = recorded[0] if recorded else None
    return next((one for one in recorded if str(one.id) == wanted), first)


def _field_of(error: MehrwertError) -> str | None:
    where = str(error.data.get("where", "broker"))
    field = where.partition("/")[0]
    return field if field in {"name", "broker", "topics"} else None


def _list_url(request: Any) -> str:
    return reverse("intake:source_list", kwargs={"mandant": request.tenant.slug})


def _source_url(request: Any, row: Binding) -> str:
    kwargs = {"mandant": request.tenant.slug, "source_id": row.source_id}
    return reverse("intake:source", kwargs=kwargs)


def _way(request: Any, row: Binding) -> tuple[tuple[str, str], ...]:
    return ((str(row), _source_url(request, row)),)


def _page(
    request: Any, template: str, context: dict[str, Any], *way: tuple[str, str], status: int = 200
) -> HttpResponse:
    """Render a page below „Quellen“; a form with errors answers 422."""
    request.nav_key = "data"
    form = context.get("form")
    if form is not None and form.is_bound and form.errors:
        status = 422
    crumbs = [(gettext("Quellen"), _list_url(request)), *way]
    return render_page(request, template, {**context, "crumbs": crumbs}, status)
