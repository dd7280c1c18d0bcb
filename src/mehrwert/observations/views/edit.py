"""Forms: set up, change and delete things and series, mark stretches of a series."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.base.http import needs, render_page
from mehrwert.figures import number
from mehrwert.municipalities import queries as municipalities
from mehrwert.observations import actions, queries
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.choices import Quality
from mehrwert.observations.forms import DatastreamForm, DeleteForm, FlagForm, ThingForm
from mehrwert.observations.presenting import address, boundary_url
from mehrwert.observations.queries.flags import APPROXIMATE
from mehrwert.observations.wording import language

FORM = ["GET", "HEAD", "POST"]


@needs("edit_data")
@require_http_methods(FORM)
def thing_new(request: HttpRequest) -> HttpResponse:
    """Set up a thing with its first series."""
    names = queries.list_names(tenant_of(request).pk)
    data = request.POST if request.method == "POST" else None
    thing, series = ThingForm(data), DatastreamForm(data, prefix="reihe", names=names)
    if data is not None and thing.is_valid() & series.is_valid():
        given = thing.cleaned_data
        by_hand = series_by_hand(series.cleaned_data, given["name"])
        _, datastream_id = actions.set_up_thing(
            context_of(request),
            name=given["name"],
            description=given["description"],
            place=place_of(given),
            series=by_hand,
        )
        messages.success(
            request, gettext("Die Messstelle ist angelegt. Jetzt fehlt der erste Wert.")
        )
        return redirect(address(request, "datastream", datastream_id=datastream_id))
    title = gettext("Neue Messstelle")
    context = {
        "forms": [(gettext("Messstelle"), thing), (gettext("Erste Messreihe"), series)],
        "crumbs": [(gettext("Daten"), address(request, "thing_list")), (title, "")],
        "title": title,
        "submit": gettext("Messstelle anlegen"),
        "help": _help_thing(),
        "cancel_url": address(request, "thing_list"),
        **_picker(request),
    }
    return _form_page(request, context, is_bound=data is not None)


@needs("edit_data")
@require_http_methods(FORM)
def thing_edit(request: HttpRequest, thing_id: int) -> HttpResponse:
    """Change name, description and place of a thing."""
    about = queries.read_thing(tenant_of(request).pk, thing_id)
    before = {
        "name": about.name,
        "description": about.description,
        "place_name": about.location_name or "",
        "lat": about.lat,
        "lon": about.lon,
        "approximate": (about.location_properties or {}).get(APPROXIMATE) is True,
    }
    data = request.POST if request.method == "POST" else None
    form = ThingForm(data, initial=before)
    back = address(request, "thing", thing_id=thing_id)
    if data is not None and form.is_valid():
        given = form.cleaned_data
        actions.change_thing(
            context_of(request),
            thing_id,
            name=given["name"],
            description=given["description"],
            place=place_of(given),
            old=(about.location_id, place_of(before)),
        )
        messages.success(request, gettext("Die Änderungen sind gespeichert."))
        return redirect(back)
    title = gettext("Messstelle bearbeiten")
    context = {
        "forms": [("", form)],
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (about.name, back),
            (title, ""),
        ],
        "title": title,
        "submit": gettext("Änderungen speichern"),
        "cancel_url": back,
        "help": _help_thing(),
        "delete_url": address(request, "thing_delete", thing_id=thing_id),
        "delete_label": gettext("Messstelle löschen"),
        **_picker(request),
    }
    return _form_page(request, context, is_bound=data is not None)


@needs("edit_data")
@require_http_methods(FORM)
def datastream_new(request: HttpRequest, thing_id: int) -> HttpResponse:
    """Add a series to a thing."""
    tenant_id = tenant_of(request).pk
    about = queries.read_thing(tenant_id, thing_id)
    data = request.POST if request.method == "POST" else None
    form = DatastreamForm(data, names=queries.list_names(tenant_id))
    back = address(request, "thing", thing_id=thing_id)
    if data is not None and form.is_valid():
        series = series_by_hand(form.cleaned_data, about.name)
        datastream_id = actions.set_up_series(context_of(request), thing_id, series)
        messages.success(
            request, gettext("Die Messreihe ist angelegt. Jetzt fehlt der erste Wert.")
        )
        return redirect(address(request, "datastream", datastream_id=datastream_id))
    title = gettext("Neue Messreihe")
    context = {
        "forms": [("", form)],
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (about.name, back),
            (title, ""),
        ],
        "title": title,
        "submit": gettext("Messreihe anlegen"),
        "help": _help_series(),
        "cancel_url": back,
    }
    return _form_page(request, context, is_bound=data is not None)


@needs("edit_data")
@require_http_methods(FORM)
def datastream_edit(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Change a series."""
    tenant_id = tenant_of(request).pk
    about = queries.read_datastream(tenant_id, datastream_id)
    before = {
        "property_name": about.property_name,
        "name": about.name,
        "unit_symbol": about.unit_symbol or "",
        "expected_interval_s": about.expected_interval_s or "",
        "aggregation": about.aggregation,
        "protection": about.protection,
        "sensor_name": "" if about.sensor_name == actions.UNKNOWN_SENSOR else about.sensor_name,
        "source": about.source,
        "licence": about.licence,
        "credit": about.credit,
    }
    data = request.POST if request.method == "POST" else None
    form = DatastreamForm(data, initial=before, names=queries.list_names(tenant_id))
    _offer_own_interval(form, about.expected_interval_s)
    back = address(request, "datastream", datastream_id=datastream_id)
    if data is not None and form.is_valid():
        series = series_by_hand(form.cleaned_data, about.thing_name)
        actions.change_series(context_of(request), datastream_id, series)
        messages.success(request, gettext("Die Änderungen sind gespeichert."))
        return redirect(back)
    title = gettext("Messreihe bearbeiten")
    context = {
        "forms": [("", form)],
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (about.thing_name, address(request, "thing", thing_id=about.thing_id)),
            (about.name, back),
            (title, ""),
        ],
        "title": title,
        "submit": gettext("Änderungen speichern"),
        "cancel_url": back,
        "help": _help_series(),
        "delete_url": address(request, "datastream_delete", datastream_id=datastream_id),
        "delete_label": gettext("Messreihe löschen"),
    }
    return _form_page(request, context, is_bound=data is not None)


def _help_thing() -> str:
    return gettext(
        "Eine Messstelle ist ein Ort oder ein Gerät, an dem gemessen wird. Nur der Name ist nötig."
        " Ziehen Sie um, tragen Sie den neuen Ort ein: Der alte bleibt in der Geschichte stehen."
    )


def _help_series() -> str:
    return gettext(
        "Eine Messreihe ist eine Messgröße in einer Einheit. Misst ein Gerät Temperatur und"
        " Feuchte, sind das zwei Messreihen. Der Takt entscheidet, wann ein Sensor als"
        " schweigend gilt."
    )


def _offer_own_interval(form: DatastreamForm, interval_s: int | None) -> None:
    """Keep an interval that is not on the list: editing a name must not change it."""
    field: Any = form.fields["expected_interval_s"]
    known = {value for value, _label in field.choices}
    if interval_s and str(interval_s) not in known:
        label = gettext("alle %(n)s Sekunden") % {"n": number(interval_s, language=language())}
        field.choices = [*field.choices, (str(interval_s), label)]


def place_of(given: dict[str, Any]) -> actions.Place:
    """Return the place as somebody typed it."""
    return actions.Place(
        given["place_name"], given["lon"], given["lat"], bool(given["approximate"])
    )


def series_by_hand(given: dict[str, Any], thing_name: str) -> actions.SeriesByHand:
    """Return the series as somebody typed it; an empty name is made from property and thing."""
    name = given["name"] or f"{given['property_name']}, {thing_name}"
    fields = {
        key: given[key] for key in ("aggregation", "protection", "source", "licence", "credit")
    }
    fields |= {
        "name": name,
        "unit_symbol": given["unit_symbol"] or None,
        "expected_interval_s": given["expected_interval_s"],
    }
    return actions.SeriesByHand(given["property_name"], given["sensor_name"], fields)


def _picker(request: HttpRequest) -> dict[str, Any]:
    """Return the map in which a click says where something is."""
    tenant = tenant_of(request)
    return {
        "picker": {
            "name": tenant.name,
            "points_url": "",
            "boundary_url": boundary_url(request),
            "svg": "",
            "credit": municipalities.credit(tenant),
        }
    }


def _form_page(request: HttpRequest, context: dict[str, Any], *, is_bound: bool) -> HttpResponse:
    has_errors = is_bound and any(form.errors for _, form in context["forms"])
    return render_page(request, "observations/form.html", context, 422 if has_errors else 200)


@needs("edit_data")
@require_http_methods(FORM)
def thing_delete(request: HttpRequest, thing_id: int) -> HttpResponse:
    """Ask before a thing goes with all its series, then delete it."""
    tenant_id = tenant_of(request).pk
    about = queries.read_thing(tenant_id, thing_id)
    series = queries.list_datastreams(tenant_id, thing_id=thing_id)
    back = address(request, "thing", thing_id=thing_id)
    form = DeleteForm(request.POST or None, expected=about.name)
    if request.method == "POST" and form.is_valid():
        actions.put_away_thing(context_of(request), thing_id)
        said = gettext("Die Messstelle „%s“ liegt jetzt 30 Tage im Papierkorb.")
        messages.success(request, said % about.name)
        return redirect(address(request, "trash"))
    context = {
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (about.name, back),
            (gettext("Löschen"), ""),
        ],
        "title": gettext("Messstelle löschen?"),
        "name": about.name,
        "losses": [
            ngettext("%(n)s Messreihe", "%(n)s Messreihen", len(series))
            % {"n": number(len(series), language=language())},
            _count_text(sum(s.n for s in series)),
        ],
        "exports": [(s.name, _whole_csv(request, s.id)) for s in series if s.n],
        "form": form,
        "submit": gettext("Messstelle löschen"),
        "cancel_url": back,
    }
    return _delete_page(request, context, form)


@needs("edit_data")
@require_http_methods(FORM)
def datastream_delete(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Ask before a series goes with its readings, then delete it."""
    about = queries.read_datastream(tenant_of(request).pk, datastream_id)
    back = address(request, "datastream", datastream_id=datastream_id)
    thing_url = address(request, "thing", thing_id=about.thing_id)
    form = DeleteForm(request.POST or None, expected=about.name)
    if request.method == "POST" and form.is_valid():
        actions.put_away_datastream(context_of(request), datastream_id)
        said = gettext("Die Messreihe „%s“ liegt jetzt 30 Tage im Papierkorb.")
        messages.success(request, said % about.name)
        return redirect(address(request, "trash"))
    context = {
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (about.thing_name, thing_url),
            (about.name, back),
            (gettext("Löschen"), ""),
        ],
        "title": gettext("Messreihe löschen?"),
        "name": about.name,
        "losses": [_count_text(about.n)],
        "exports": [(about.name, _whole_csv(request, datastream_id))] if about.n else [],
        "form": form,
        "submit": gettext("Messreihe löschen"),
        "cancel_url": back,
    }
    return _delete_page(request, context, form)


def _count_text(n: int) -> str:
    words = ngettext("%(n)s Messwert", "%(n)s Messwerte", n)
    return words % {"n": number(n, language=language())}


def _whole_csv(request: HttpRequest, datastream_id: int) -> str:
    return f"{address(request, 'datastream_csv', datastream_id=datastream_id)}?umfang=alles"


def _delete_page(request: HttpRequest, context: dict[str, Any], form: DeleteForm) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "observations/delete.html", context, status)


@needs("edit_data")
@require_http_methods(FORM)
def flag(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Mark a stretch of a series as doubtful, wrong or good, with a reason."""
    about = queries.read_datastream(tenant_of(request).pk, datastream_id)
    back = address(request, "datastream", datastream_id=datastream_id)
    initial = {name: request.GET[name] for name in ("von", "bis") if name in request.GET}
    form = FlagForm(request.POST or None, auto_id="flag_%s", initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        changed = actions.flag_stretch(
            context_of(request),
            datastream_id,
            given["span"],
            Quality(given["quality"]),
            reason=given["reason"],
        )
        _tell_flagged(request, changed)
        return redirect(f"{back}#kennzeichen")
    title = gettext("Werte kennzeichnen")
    context = {
        "forms": [("", form)],
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (about.name, back),
            (title, ""),
        ],
        "title": title,
        "submit": gettext("Werte kennzeichnen"),
        "help": gettext(
            "Nichts wird gelöscht: Ein Kennzeichen sagt nur, wie die Werte zu lesen sind."
            " Zweifelhafte bleiben im Bild, falsche zählen nicht mehr mit."
            " Sie können es jederzeit zurücknehmen."
        ),
        "cancel_url": back,
    }
    return _form_page(request, context, is_bound=form.is_bound)


def _tell_flagged(request: HttpRequest, changed: int) -> None:
    if not changed:
        messages.warning(
            request, gettext("In diesem Zeitraum gibt es keine Werte, die sich ändern würden.")
        )
        return
    words = ngettext(
        "%(n)s Messwert ist gekennzeichnet. Sie können das zurücknehmen.",
        "%(n)s Messwerte sind gekennzeichnet. Sie können das zurücknehmen.",
        changed,
    )
    messages.success(request, words % {"n": number(changed, language=language())})


@needs("edit_data")
@require_POST
def unflag(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Take one marking back."""
    given = request.POST.get("changed_us", "")
    changed = actions.unflag_stretch(
        context_of(request), datastream_id, int(given) if given.isdecimal() else 0
    )
    words = ngettext(
        "%(n)s Messwert hat wieder sein früheres Kennzeichen.",
        "%(n)s Messwerte haben wieder ihr früheres Kennzeichen.",
        changed,
    )
    messages.success(request, words % {"n": number(changed, language=language())})
    back = address(request, "datastream", datastream_id=datastream_id)
    return redirect(f"{back}#kennzeichen")
