"""The page of entries that nobody looks after: who may take them over does so here (CAT-211)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import render_page
from mehrwert.base.paging import paginate, with_query
from mehrwert.catalogue import presenting, queries, wording
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.views.browse import enter
from mehrwert.municipalities.access import can, read_membership_at
from mehrwert.municipalities.choices import Capability

SIZE = 30
NEVER = "nie"


@require_safe
def orphans(request: HttpRequest) -> HttpResponse:
    """List orphaned entries: those that a municipality left, or those that none ever had."""
    enter(request)
    was_owned = request.GET.get("art", "") != NEVER
    page = paginate(request, queries.list_orphans(was_owned=was_owned), size=SIZE)
    takeable = _takeable(request, page.items)
    kinds = [
        (gettext("verlassen"), True, with_query(request, art=None, seite=None)),
        (gettext("noch nie gepflegt"), False, with_query(request, art=NEVER, seite=None)),
    ]
    context = {
        "crumbs": [
            (gettext("Lösungen"), reverse("catalogue:list")),
            (gettext("Verwaiste Einträge"), ""),
        ],
        "kinds": [{"label": k, "is_on": on is was_owned, "url": url} for k, on, url in kinds],
        "was_owned": was_owned,
        "page": page,
        "rows": [_row(row, may_take=row.pk in takeable) for row in page.items],
        "slug": request.nav_slug,  # type: ignore[attr-defined]
    }
    return render_page(request, "catalogue/orphans.html", context)


def _takeable(request: HttpRequest, rows: Any) -> set[int]:
    """Return which of these the municipality of the reader may take over."""
    membership = read_membership_at(request.user, request.nav_slug)  # type: ignore[attr-defined]
    if membership is None or not can(membership, Capability.EDIT_DATA):
        return set()
    found = queries.list_takeable(membership.tenant).filter(pk__in=[row.pk for row in rows])
    return set(found.values_list("pk", flat=True))


def _row(row: Solution, *, may_take: bool) -> dict[str, Any]:
    origin = row.profile.get("origin") or {}
    return {
        "name": row.name,
        "slug": row.slug,
        "url": presenting.url_of(row.slug),
        "from": origin.get("name") or wording.not_said(),
        "label": wording.origin_text(row),
        "n_live": row.n_live,  # type: ignore[attr-defined]
        "may_take": may_take,
    }
