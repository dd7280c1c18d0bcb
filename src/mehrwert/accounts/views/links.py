"""Links that work once: invitation and first administrator."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mehrwert.accounts.actions import accept_first_admin, accept_invitation
from mehrwert.accounts.errors import LinkInvalidError
from mehrwert.accounts.forms import FirstAdminForm, OwnPasswordForm
from mehrwert.accounts.models import LinkPurpose
from mehrwert.accounts.queries import read_link
from mehrwert.base.http import render_page


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose name and password; they are signed in afterwards."""
    person = read_link(token, LinkPurpose.INVITATION).user
    if person is None:
        raise LinkInvalidError
    form = OwnPasswordForm(
        request.POST or None, initial={"display_name": person.display_name}, email=person.email
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = accept_invitation(
            token, password=given["password"], display_name=given["display_name"]
        )
        login(request, user)
        return redirect("/")
    status = 422 if form.errors else 200
    context = {"form": form, "person": person}
    return render_page(request, "accounts/invitation.html", context, status)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_steps(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of the link become the operator; they are signed in afterwards."""
    read_link(token, LinkPurpose.FIRST_ADMIN)
    form = FirstAdminForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = accept_first_admin(
            token,
            email=given["email"],
            password=given["password"],
            display_name=given["display_name"],
        )
        login(request, user)
        return redirect("/")
    status = 422 if form.errors else 200
    return render_page(request, "accounts/first_steps.html", {"form": form}, status)
