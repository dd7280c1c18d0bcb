"""A reason that names somebody: the second person's page, the reply of who is named (CAT-404)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.catalogue import actions, facts, presenting, queries
from mehrwert.catalogue.access import name_of_town, read_own, read_owner
from mehrwert.catalogue.choices import LookState
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.forms import ReplyForm
from mehrwert.catalogue.models import SecondLook, Solution
from mehrwert.catalogue.rules.naming import named_parties
from mehrwert.municipalities.models import Tenant


@needs("edit_data", "guide")
@require_http_methods(["GET", "POST"])
def second_look(request: Any, look_id: int) -> HttpResponse:
    """Show a second person whom a text names, and take their answer."""
    request.nav_key = "solutions"
    look = queries.read_second_look(request.tenant, look_id)
    own_url = reverse("catalogue_own:own", kwargs={"mandant": request.tenant.slug})
    if request.method == "POST":
        try:
            text = _answer(request, look)
        except MehrwertError as problem:
            messages.error(request, str(sentence_of(problem)))
            return redirect(request.path)
        messages.success(request, text)
        return redirect(own_url)
    is_own = look.tenant_id == request.tenant.pk
    before = look.solution.profile.get("ended") or {} if look.based_on else {}
    context = {
        "crumbs": [
            (gettext("Lösungen"), reverse("catalogue:list")),
            (gettext("Unsere Lösungen"), own_url),
            (gettext("Zweite Person"), ""),
        ],
        "look": look,
        "is_waiting": look.state == LookState.WAITING,
        "is_mine": look.asked_by == request.user.pk,
        "names": named_parties(look.profile),
        "text": (look.profile.get("ended") or {}).get("text") or "",
        "reasons": facts.reasons_text(look.profile),
        "before": before.get("text") or "",
        "helpers": queries.list_helpers(request.tenant) if is_own else [],
        "helper": name_of_town(look.helper_tenant_id),
        "owner": "" if is_own else name_of_town(look.tenant_id),
        "solution_url": presenting.url_of(look.solution.slug) if look.based_on else "",
    }
    return render_page(request, "catalogue/second_look.html", context)


def _answer(request: Any, look: SecondLook) -> str:
    """Ask another municipality, agree or refuse; return what to say."""
    actor, owner = actor_of(request), read_owner(look.solution)
    if owner is None or owner.pk != look.tenant_id:
        raise UnknownSolutionError
    if "bitten" in request.POST and owner == request.tenant:
        key = request.POST.get("kommune", "")
        helper = next((h for h in queries.list_helpers(owner) if h.slug == key), owner)
        actions.ask_other_town(look, owner, helper, actor=actor)
        return gettext("%(name)s sieht den Text jetzt unter „Unsere Lösungen“.") % {"name": helper}
    if "zustimmen" in request.POST:
        actions.agree_to_naming(look, owner, actor=actor)
        return gettext("Veröffentlicht. Wer genannt ist, kann sich daneben äußern.")
    actions.refuse_naming(look, owner, request.POST.get("anmerkung", ""), actor=actor)
    return gettext("Nicht veröffentlicht.")


@needs("edit_data")
@require_http_methods(["GET", "POST"])
def reply(request: Any, slug: str) -> HttpResponse:
    """Let the owner put a reply beside the reason."""
    request.nav_key = "solutions"
    return _reply(request, read_own(request.tenant.pk, slug), request.tenant)


@needs("operate")
@require_http_methods(["GET", "POST"])
def care_reply(request: Any, slug: str) -> HttpResponse:
    """Let whoever runs the installation do it: those named need not ask the author."""
    row = queries.read_solution(slug)
    return _reply(request, row, read_owner(row))


def _reply(request: Any, row: Solution, owner: Tenant | None) -> HttpResponse:
    parties = named_parties(row.profile)
    if owner is None or not row.is_public or not parties:
        raise UnknownSolutionError
    form = ReplyForm(parties, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_reply(
            row, owner, actions.Reply(**form.cleaned_data), actor=actor_of(request)
        )
        messages.success(request, gettext("Die Stellungnahme steht jetzt neben dem Grund."))
        return redirect(presenting.url_of(row.slug))
    context = {
        "crumbs": [
            (gettext("Lösungen"), reverse("catalogue:list")),
            (row.name, presenting.url_of(row.slug)),
            (gettext("Stellungnahme"), ""),
        ],
        "solution": row,
        "text": (row.profile.get("ended") or {}).get("text") or "",
        "said": facts.replies_of(row.profile),
        "form": form,
        "cancel_url": presenting.url_of(row.slug),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "catalogue/reply.html", context, status=status)
