"""Operator's page of how SMS go out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.accounts.access import actor_of
from mehrwert.alerts.actions import save_gateway
from mehrwert.alerts.forms import GatewayForm, PhoneForm
from mehrwert.alerts.sms import is_sms_ready, read_gateway, ready_sms
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of


@needs("operate")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sms(request: HttpRequest) -> HttpResponse:
    """Show and change how SMS go out."""
    kept = read_gateway()
    form = GatewayForm(request.POST or None, initial=kept.as_setting())
    if form.is_bound and form.is_valid():
        secret = form.cleaned_data["secret"] or None
        try:
            save_gateway(form.chosen(), secret=secret, actor=actor_of(request))
        except MehrwertError as error:
            form.add_error("body" if error.code == "sms_template" else "url", sentence_of(error))
        else:
            messages.success(request, gettext("Gespeichert. Schicken Sie jetzt eine Probe-SMS."))
            return redirect("alerts_operate:sms")
    return _page(request, form, PhoneForm(), 422 if form.errors else 200)


@needs("operate")
@require_POST
def test_sms(request: HttpRequest) -> HttpResponse:
    """Send one SMS and say how it went."""
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _page(request, GatewayForm(initial=read_gateway().as_setting()), form, 422)
    text = gettext("Dies ist eine Probe von Mehrwert.")
    try:
        ready_sms(form.cleaned_data["phone"], text, f"test{now_us()}")()
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Das Gateway hat die Probe-SMS angenommen."))
    return redirect("alerts_operate:sms")


def _page(request: HttpRequest, form: GatewayForm, test: PhoneForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "test_form": test,
        "ready": is_sms_ready(),
        "has_secret": bool(read_gateway().sealed_secret),
    }
    return render_page(request, "alerts/sms.html", context, status)
