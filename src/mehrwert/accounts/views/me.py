"""The own account: profile, running sessions, forgotten password."""

from typing import Any

from allauth.account.views import PasswordResetView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.accounts.access import actor_of, person_of
from mehrwert.accounts.actions import end_session, end_sessions, update_profile
from mehrwert.accounts.forms import ProfileForm
from mehrwert.accounts.mail import is_mail_ready
from mehrwert.accounts.queries import list_sessions
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import error_response


@needs("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change name and language."""
    user = person_of(request)
    shown = {"display_name": user.display_name, "language": user.language or get_language()}
    form = ProfileForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        update_profile(user, **form.cleaned_data, actor=actor_of(request))
        messages.success(request, gettext("Gespeichert."))
        return redirect(translate_url(request.path, form.cleaned_data["language"]))
    status = 422 if form.errors else 200
    return render_page(request, "accounts/profile.html", {"form": form, "person": user}, status)


@needs("signed_in")
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where the person is signed in."""
    rows = list_sessions(person_of(request), request.session.session_key or "")
    return render_page(request, "accounts/sessions.html", {"sessions": rows})


@needs("signed_in")
@require_POST
def end_own_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of the own sessions."""
    end_session(person_of(request).pk, session_id, actor=actor_of(request))
    messages.success(request, gettext("Die Sitzung ist beendet."))
    return redirect("accounts:sessions")


@needs("signed_in")
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all own sessions but this one."""
    key = request.session.session_key or ""
    end_sessions(person_of(request).pk, actor=actor_of(request), keep_key=key)
    messages.success(request, gettext("Alle anderen Sitzungen sind beendet."))
    return redirect("accounts:sessions")


class ForgottenPasswordView(PasswordResetView):  # type: ignore[misc]
    """Sends a link; says honestly when the installation cannot send mail."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether mail is set up."""
        return {**super().get_context_data(**kwargs), "mail_ready": is_mail_ready()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send nothing while mail is not set up: the page says what to do instead."""
        if not is_mail_ready():
            return redirect("account_reset_password")
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler 429 of allauth: too many attempts from one address."""
    sentence = gettext("Zu viele Versuche von Ihrem Anschluss. Bitte warten Sie eine Minute.")
    response = error_response(request, 429, sentence, "too_many_requests")
    response["Retry-After"] = "60"
    return response
