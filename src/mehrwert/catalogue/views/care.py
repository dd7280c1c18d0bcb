"""Pages of whoever looks after the catalogue: what is to do, relations to confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate, with_query
from mehrwert.catalogue import actions, presenting, queries, wording
from mehrwert.catalogue.choices import CARE_HINTS, CARE_LABELS, LINK_KIND_LABELS, Care, LinkKind
from mehrwert.catalogue.models import Solution, SolutionLink

SIZE = 30


@needs("operate")
@require_safe
def care(request: Any) -> HttpResponse:
    """Show the work list: one kind at a time, each with how much there is."""
    counts = queries.count_care()
    given = request.GET.get("art", "")
    first = next((kind for kind in Care if counts[kind]), Care.MISSED)
    kind = Care(given) if given in set(Care) else first
    page = paginate(request, queries.list_care(kind), size=SIZE)
    context: dict[str, Any] = {
        "kinds": [
            {
                "label": gettext(CARE_LABELS[one]),
                "count": counts[one],
                "url": with_query(request, art=one, seite=None),
                "is_on": one == kind,
            }
            for one in Care
        ],
        "kind": kind,
        "label": gettext(CARE_LABELS[kind]),
        "hint": gettext(CARE_HINTS[kind]),
        "page": page,
        "link_kinds": link_kinds(),
    }
    if kind == Care.LINKS:
        context["links"] = [link_shown(row) for row in page.items]
    elif kind == Care.MISSED:
        list_url = reverse("catalogue:list")
        context["missed"] = [{"row": row, "url": list_url} for row in page.items]
    else:
        context["entries"] = [_entry(row) for row in page.items]
    return render_page(request, "catalogue/care.html", context)


def _entry(row: Solution) -> dict[str, Any]:
    return {
        "name": row.name,
        "slug": row.slug,
        "is_owned": row.owner_tenant_id is not None,
        "url": presenting.url_of(row.slug),
        "origin": wording.origin_text(row),
        "status": wording.status_text(row),
        "note": wording.contradiction_text(row),
    }


def link_kinds() -> list[tuple[str, str]]:
    """Return the kinds of relations with their words."""
    return [(kind, gettext(label)) for kind, label in LINK_KIND_LABELS.items()]


def link_shown(row: SolutionLink) -> dict[str, Any]:
    """Return a proposed relation for a page."""
    return {
        "id": row.pk,
        "name": row.solution.name,
        "url": presenting.url_of(row.solution.slug),
        "other": row.target.name,
        "other_url": presenting.url_of(row.target.slug),
        "reason": row.reason,
        "kind": row.kind,
    }


def answer_of(request: Any) -> LinkKind | None:
    """Return what was answered to a proposal; anything but a kind refuses it."""
    given = request.POST.get("art", "")
    return LinkKind(given) if given in set(LinkKind) else None


@needs("operate")
@require_POST
def care_link(request: Any, link_id: int) -> HttpResponse:
    """Confirm or refuse a proposed relation."""
    try:
        actions.answer_link(link_id, answer_of(request), actor=actor_of(request))
    except MehrwertError as problem:
        messages.error(request, str(sentence_of(problem)))
    return redirect(f"{reverse('catalogue:care')}?art={Care.LINKS}")


@needs("edit_data")
@require_POST
def own_link(request: Any, link_id: int) -> HttpResponse:
    """Confirm or refuse a proposed relation of an own entry."""
    answer, actor = answer_of(request), actor_of(request)
    try:
        actions.answer_link(link_id, answer, actor=actor, tenant=request.tenant)
    except MehrwertError as problem:
        messages.error(request, str(sentence_of(problem)))
    return redirect(reverse("catalogue_own:own", kwargs={"mandant": request.tenant.slug}))
