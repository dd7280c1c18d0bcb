"""Operator's page of all people of the installation."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.accounts import actions
from mehrwert.accounts.access import actor_of
from mehrwert.accounts.forms import InviteForm
from mehrwert.accounts.models import User
from mehrwert.accounts.queries import invitation_url, list_ids_with_second_factor, list_users
from mehrwert.base.actor import Actor
from mehrwert.base.http import needs, render_page
from mehrwert.base.marks import mark
from mehrwert.base.paging import Page, paginate

Step = Callable[[int, Actor], object]

# what the buttons of the list do, and what is said afterwards
STEPS: dict[str, tuple[Step, str]] = {
    "deaktivieren": (
        lambda pk, actor: actions.deactivate_person(pk, actor=actor),
        mark("Die Person ist deaktiviert und abgemeldet."),
    ),
    "aktivieren": (
        lambda pk, actor: actions.activate_person(pk, actor=actor),
        mark("Die Person kann sich wieder anmelden."),
    ),
    "abmelden": (
        lambda pk, actor: actions.end_sessions(pk, actor=actor),
        mark("Alle Sitzungen der Person sind beendet."),
    ),
    "betreiben": (
        lambda pk, actor: actions.set_operator(pk, is_operator=True, actor=actor),
        mark("Die Person betreibt jetzt die Installation mit."),
    ),
    "nicht-betreiben": (
        lambda pk, actor: actions.set_operator(pk, is_operator=False, actor=actor),
        mark("Die Person betreibt die Installation nicht mehr."),
    ),
    "zweiter-faktor-weg": (
        lambda pk, actor: actions.remove_second_factor(pk, actor=actor),
        mark("Der zweite Faktor ist entfernt. Die Person meldet sich nur mit Passwort an."),
    ),
}


@needs("operate")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show everybody, by pages, narrowed by a text."""
    text = request.GET.get("suche", "")[:200]
    page: Page[User] = paginate(request, list_users(text), size=50)  # type: ignore[arg-type]
    context = {
        "page": page,
        "text": text,
        "with_second_factor": list_ids_with_second_factor(page.items),
    }
    return render_page(request, "accounts/people.html", context)


@needs("operate")
@require_POST
def change_person(request: HttpRequest, user_id: int, step: str) -> HttpResponse:
    """Do what a button of the list says; the button has asked before."""
    act, said = STEPS[step]
    act(user_id, actor_of(request))
    messages.success(request, gettext(said))
    return redirect("accounts:people")


@needs("operate")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person to the installation; show the link once, mail it when mail is set up."""
    form = InviteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render_page(request, "accounts/invite.html", {"form": form}, status)
    user, token = actions.invite_person(**form.cleaned_data, actor=actor_of(request))
    url = invitation_url(token, request) if token else ""
    mailed = bool(url) and actions.send_invitation(user, url)
    context = {"person": user, "url": url, "mailed": mailed}
    return render_page(request, "accounts/invited.html", context)
