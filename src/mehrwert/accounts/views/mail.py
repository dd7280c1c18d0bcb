"""Operator's page of how mail goes out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.accounts.access import actor_of, person_of
from mehrwert.accounts.actions import save_mail_settings, send_test_mail
from mehrwert.accounts.errors import MailFailedError, MailHostNotAllowedError, MailNotSetUpError
from mehrwert.accounts.forms import MailForm
from mehrwert.accounts.mail import is_mail_ready, read_mail_settings
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of


@needs("operate")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Show and change how mail goes out."""
    kept = read_mail_settings()
    form = MailForm(request.POST or None, initial=kept.as_setting())
    if request.method == "POST" and form.is_valid():
        try:
            save_mail_settings(
                form.chosen(),
                password=form.cleaned_data["password"] or None,
                actor=actor_of(request),
            )
        except MailHostNotAllowedError as error:
            form.add_error("host", sentence_of(error))
        else:
            messages.success(
                request, gettext("Gespeichert. Schicken Sie sich jetzt eine Probemail.")
            )
            return redirect("accounts:mail")
    context = {
        "form": form,
        "ready": is_mail_ready(),
        "has_password": bool(kept.sealed_password),
        "allowed_hosts": settings.MEHRWERT.outgoing_hosts,
    }
    return render_page(request, "accounts/mail.html", context, 422 if form.errors else 200)


@needs("operate")
@require_POST
def test_mail(request: HttpRequest) -> HttpResponse:
    """Send the operator a mail and say how it went."""
    person = person_of(request)
    try:
        send_test_mail(person)
    except (MailFailedError, MailHostNotAllowedError, MailNotSetUpError) as error:
        messages.error(request, sentence_of(error))
    else:
        said = gettext("Die Probemail ging an %(email)s hinaus. Sehen Sie bitte im Postfach nach.")
        messages.success(request, said % {"email": person.email})
    return redirect("accounts:mail")
