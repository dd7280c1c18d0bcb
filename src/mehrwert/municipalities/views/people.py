"""Who works in a municipality: list, invitation, roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.accounts.access import actor_of
from mehrwert.accounts.actions import send_invitation
from mehrwert.accounts.queries import invitation_url
from mehrwert.base.http import needs
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.municipalities import actions, queries
from mehrwert.municipalities.choices import EXTRA_LABELS, ROLE_LABELS
from mehrwert.municipalities.errors import LastAdminError
from mehrwert.municipalities.forms import InviteForm, RoleForm
from mehrwert.municipalities.models import Membership
from mehrwert.municipalities.views.setup import setup_page


@needs("manage_people")
@require_safe
def people(request: Any) -> HttpResponse:
    """Show who is what in the municipality."""
    page = paginate(request, queries.list_members(request.tenant), size=50)
    rows = [(member, _role_words(member)) for member in page.items]
    gone = request.GET.get("entfernt", "")
    removed = (
        queries.read_member(request.tenant, int(gone), removed=True)
        if gone.isdecimal() and len(gone) < 18
        else None
    )
    context = {
        "page": page,
        "rows": rows,
        "removed": removed if removed and removed.removed_us else None,
    }
    return setup_page(request, "municipalities/people.html", context, (gettext("Personen"), ""))


@never_cache
@needs("manage_people")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Any) -> HttpResponse:
    """Invite somebody; the link is shown once, and mailed when mail is set up."""
    form = InviteForm(request.POST or None)
    way = (_list_crumb(request), (gettext("Einladen"), ""))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return setup_page(
            request, "municipalities/invite.html", {"form": form}, *way, status=status
        )
    member, token = actions.invite_member(
        request.tenant, actor=actor_of(request), **form.cleaned_data
    )
    url = invitation_url(token, request) if token else ""
    mailed = bool(url) and send_invitation(member.user, url)
    context = {"member": member, "role": _role_words(member), "url": url, "mailed": mailed}
    return setup_page(request, "municipalities/invited.html", context, *way)


@needs("manage_people")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Any, member_id: int) -> HttpResponse:
    """Change the role of somebody."""
    member = queries.read_member(request.tenant, member_id)
    initial = {"role": member.role, "extra": member.extra}
    form = RoleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_membership(
                request.tenant,
                member.user,
                until_us=member.until_us,
                actor=actor_of(request),
                **form.cleaned_data,
            )
        except LastAdminError as error:
            form.add_error("role", sentence_of(error))
        else:
            messages.success(request, gettext("Die Rolle ist geändert."))
            return redirect("municipalities:people", mandant=request.tenant.slug)
    way = (_list_crumb(request), (str(member.user), ""))
    context = {"form": form, "member": member}
    status = 422 if form.errors else 200
    return setup_page(request, "municipalities/person.html", context, *way, status=status)


@needs("manage_people")
@require_POST
def remove_person(request: Any, member_id: int) -> HttpResponse:
    """Take somebody's role away; the button has asked, the next page offers to undo it."""
    actions.remove_membership(request.tenant, member_id, actor=actor_of(request))
    url = reverse("municipalities:people", kwargs={"mandant": request.tenant.slug})
    return redirect(f"{url}?entfernt={member_id}")


@needs("manage_people")
@require_POST
def restore_person(request: Any, member_id: int) -> HttpResponse:
    """Give somebody the role back that was taken away."""
    member = actions.restore_membership(request.tenant, member_id, actor=actor_of(request))
    text = gettext("%(name)s ist wieder dabei.") % {"name": member.user}
    messages.success(request, text)
    return redirect("municipalities:people", mandant=request.tenant.slug)


def _list_crumb(request: Any) -> tuple[str, str]:
    url = reverse("municipalities:people", kwargs={"mandant": request.tenant.slug})
    return gettext("Personen"), url


def _role_words(member: Membership) -> str:
    words = [gettext(ROLE_LABELS[member.role])]
    words += [gettext(EXTRA_LABELS[extra]).partition(":")[0] for extra in member.extra]
    return ", ".join(words)
