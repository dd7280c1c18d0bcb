"""Pages: the packages there are, and one of them, read before it is set up."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from mehrwert.base.http import needs, render_page
from mehrwert.base.paging import paginate
from mehrwert.starters import presenting, queries
from mehrwert.starters.choices import PHONE_DESK, State
from mehrwert.starters.format import read_schema
from mehrwert.starters.wording import change_line


@needs("read")
@require_safe
def package_list(request: Any) -> HttpResponse:
    """List all packages with their level and what is set up here."""
    request.nav_key = "solutions"
    here = queries.list_installations()
    standards = queries.read_standards(with_invented=request.tenant.is_demo)
    page = paginate(request, queries.bundled(), size=25)
    context = {
        "crumbs": presenting.crumbs(request),
        "page": page,
        "lines": [
            presenting.package_line(request, one, here.get(one.slug), standards[one.slug])
            for one in page.items
        ],
    }
    return render_page(request, "starters/list.html", context)


@needs("read")
@require_safe
def package(request: Any, slug: str) -> HttpResponse:
    """Show a package: what it makes, needs, costs, measures; its draft, or how it runs."""
    request.nav_key = "solutions"
    library = queries.bundled_package(slug)
    row = queries.list_installations().get(slug)
    shown = queries.package_of(row) if row else library
    pieces = queries.wanted_pieces(row) if row else queries.pieces_by_default(shown)
    standards = queries.read_standards(with_invented=request.tenant.is_demo)
    context = {
        "crumbs": presenting.crumbs(request, library),
        "package": shown,
        "row": row,
        "is_draft": row is not None and row.state == State.DRAFT.value,
        "is_live": row is not None and row.state == State.LIVE.value,
        "may_edit": request.can("edit_data"),
        "making": presenting.making_of(pieces),
        **presenting.level_shown(standards[slug]),
        **presenting.facts_of(shown),
        "is_phone_desk": slug == PHONE_DESK,
    }
    if row and row.state == State.DRAFT.value:
        context["changes"] = [change_line(c) for c in queries.changes_to(row, shown)]
        context["tried"] = presenting.trial_shown(queries.try_draft(row, library))
    elif row:
        context |= presenting.running_of(request, row, library)
    return render_page(request, "starters/package.html", context)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Return the published format."""
    answer = JsonResponse(read_schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Type"] = "application/schema+json"
    return answer
