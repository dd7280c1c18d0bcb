"""Pages: the trash, and bringing something back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base.actions import start_job
from mehrwert.base.errors import ConflictError
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.figures import number
from mehrwert.observations import actions, jobs, queries
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.presenting import address
from mehrwert.observations.rules import DAY_US
from mehrwert.observations.wording import language


@needs("edit_data")
@require_safe
def trash(request: HttpRequest) -> HttpResponse:
    """List what was deleted in the last thirty days."""
    page = paginate(request, queries.list_trash(tenant_of(request).pk), size=25)
    context = {
        "page": page,
        "lines": [_line(item) for item in page.items],
        "days": actions.TRASH_DAYS,
        "list_url": address(request, "thing_list"),
    }
    return render_page(request, "observations/trash.html", context)


@needs("edit_data")
@require_POST
def restore(request: HttpRequest, trash_id: int) -> HttpResponse:
    """Bring one thing or series back as it was."""
    try:
        kind, row_id = actions.take_back(context_of(request), trash_id)
    except ConflictError as error:
        messages.error(request, sentence_of(error))
        return redirect(address(request, "trash"))
    messages.success(request, gettext("Es ist alles wieder da, wie es war."))
    if kind == "datastream":
        _catch_up(request, row_id)
    return redirect(address(request, kind, **{f"{kind}_id": row_id}))


def _catch_up(request: HttpRequest, datastream_id: int) -> None:
    """Let calibrated values follow what happened to the raw ones while they lay in the trash."""
    context = context_of(request)
    series = queries.read_datastream(context.tenant_id, datastream_id)
    raw_id = (series.properties or {}).get("calibrated_from")
    if raw_id:
        actor = context.actor
        start_job(
            jobs.catch_up,
            title=gettext("%(name)s: den Rohwerten folgen") % {"name": series.name},
            tenant_id=context.tenant_id,
            actor=actor,
            kwargs={
                "tenant_id": context.tenant_id,
                "raw_id": int(raw_id),
                "actor": [actor.kind, actor.actor_id, actor.label],
            },
        )


def _line(item: queries.Trashed) -> dict[str, Any]:
    what = ngettext("%(n)s Messwert", "%(n)s Messwerte", item.n)
    held = what % {"n": number(item.n, language=language())}
    if item.kind == "thing":
        words = ngettext(
            "Messstelle mit %(n)s Messreihe", "Messstelle mit %(n)s Messreihen", item.n_series
        )
        kind = words % {"n": item.n_series}
    else:
        kind = gettext("Messreihe")
    return {
        "item": item,
        "kind": kind,
        "held": held,
        "until_us": item.deleted_us + actions.TRASH_DAYS * DAY_US,
    }
