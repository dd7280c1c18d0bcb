"""Keys of programs of a municipality."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.accounts.access import actor_of
from mehrwert.accounts.actions import KeyLimits, create_key, revoke_key, rotate_key
from mehrwert.accounts.models import ApiKey
from mehrwert.accounts.queries import list_keys, read_base_url
from mehrwert.base.clock import now_us
from mehrwert.base.http import needs
from mehrwert.base.paging import paginate
from mehrwert.municipalities import queries
from mehrwert.municipalities.forms import KeyForm, RotateForm
from mehrwert.municipalities.views.setup import setup_page


@needs("manage_keys")
@require_safe
def keys(request: Any) -> HttpResponse:
    """Show the keys of the municipality."""
    page = paginate(request, list_keys(request.tenant.pk), size=50)
    context = {
        "page": page,
        "rows": queries.list_key_rows(page.items),
    }
    return setup_page(request, "municipalities/keys.html", context, (gettext("Schlüssel"), ""))


@never_cache
@needs("manage_keys")
@require_http_methods(["GET", "HEAD", "POST"])
def new_key(request: Any) -> HttpResponse:
    """Create a key; the whole key is shown once."""
    form = KeyForm(
        request.POST or None,
        things=queries.list_key_targets(request.tenant, "things"),
        series=queries.list_key_targets(request.tenant, "datastreams"),
    )
    if request.method == "POST" and form.is_valid():
        key, secret = create_key(
            tenant_id=request.tenant.pk,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            limits=KeyLimits(*form.targets(), form.expires_us(now_us())),
            actor=actor_of(request),
        )
        return _shown_once(request, key, secret)
    way = (_list_crumb(request), (gettext("Neuer Schlüssel"), ""))
    status = 422 if form.errors else 200
    return setup_page(request, "municipalities/key_new.html", {"form": form}, *way, status=status)


@never_cache
@needs("manage_keys")
@require_http_methods(["GET", "HEAD", "POST"])
def renew_key(request: Any, key_id: int) -> HttpResponse:
    """Make a successor; the old key works on for a while, so nothing is interrupted."""
    row = queries.read_key_of(request.tenant, key_id)
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key, secret = rotate_key(
            key_id,
            tenant_id=request.tenant.pk,
            overlap_hours=form.cleaned_data["overlap_hours"],
            actor=actor_of(request),
        )
        return _shown_once(request, key, secret)
    way = (_list_crumb(request), (gettext("Erneuern"), ""))
    context = {"form": form, "row": row}
    status = 422 if form.errors else 200
    return setup_page(request, "municipalities/key_renew.html", context, *way, status=status)


@needs("manage_keys")
@require_POST
def block_key(request: Any, key_id: int) -> HttpResponse:
    """Refuse a key from now on; the button has asked before."""
    revoke_key(key_id, tenant_id=request.tenant.pk, actor=actor_of(request))
    said = gettext("Der Schlüssel ist gesperrt. Das gilt innerhalb von 5 Sekunden.")
    is_at_broker = bool(queries.read_key_of(request.tenant, key_id).key.mqtt_hash)
    messages.success(request, " ".join(filter(None, (said, _broker_note() * is_at_broker))))
    return redirect("municipalities:keys", mandant=request.tenant.slug)


def _shown_once(request: Any, key: ApiKey, secret: str) -> HttpResponse:
    base_url = read_base_url(request)
    context = {
        "key": key,
        "secret": secret,
        "broker_note": _broker_note() if key.mqtt_hash else "",
        "service_url": f"{base_url}/sta/{request.tenant.slug}/v1.1",
    }
    way = (_list_crumb(request), (key.name, ""))
    return setup_page(request, "municipalities/key_shown.html", context, *way)


def _broker_note() -> str:
    """Say when the broker knows of a change of its keys, and what somebody must do for it."""
    options = settings.MEHRWERT
    if not options.mqtt_broker:
        return ""
    if options.mqtt_config_dir:
        return gettext("Die Dateien des MQTT-Brokers schreibt der Server gleich selbst neu.")
    return gettext(
        "Der MQTT-Broker erfährt davon erst, wenn auf dem Server „mehrwert mqtt_config“ und danach"
        " „systemctl reload mosquitto“ läuft. Mit der Option mqtt_config_dir geht das von selbst."
    )


def _list_crumb(request: Any) -> tuple[str, str]:
    url = reverse("municipalities:keys", kwargs={"mandant": request.tenant.slug})
    return gettext("Schlüssel"), url
