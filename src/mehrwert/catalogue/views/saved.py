"""Pages of a person: the lists they follow (CAT-112)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.catalogue import actions, listing, presenting, queries, wording
from mehrwert.catalogue.views.browse import enter


@needs("signed_in")
@require_safe
def saved(request: Any) -> HttpResponse:
    """Show the lists a person follows, with what is new in each."""
    enter(request)
    context = {
        "crumbs": [
            (gettext("Lösungen"), reverse("catalogue:list")),
            (gettext("Gemerkte Suchen"), ""),
        ],
        "searches": [
            {
                "id": row.pk,
                "name": row.name,
                "url": f"{reverse('catalogue:list')}?{row.query}",
                "created_us": row.created_us,
                "news": [
                    (name, presenting.url_of(slug)) for name, slug in queries.list_names(row.news)
                ],
            }
            for row in queries.list_saved(request.user.pk)
        ],
    }
    return render_page(request, "catalogue/saved.html", context)


@needs("signed_in")
@require_POST
def save(request: Any) -> HttpResponse:
    """Follow the list whose address is given."""
    query = listing.plain_query(request.POST.get("liste", ""))
    try:
        actions.save_search(request.user.pk, query, wording.list_name(listing.asked_from(query)))
    except MehrwertError as problem:
        messages.error(request, str(sentence_of(problem)))
    else:
        text = gettext("Gemerkt. Neues und Geändertes steht hier und kommt per Mail.")
        messages.success(request, text)
    return redirect("catalogue:saved")


@needs("signed_in")
@require_POST
def seen(request: Any, search_id: int) -> HttpResponse:
    """Take note of what is new."""
    actions.take_note(queries.read_saved(request.user.pk, search_id))
    return redirect("catalogue:saved")


@needs("signed_in")
@require_POST
def forget(request: Any, search_id: int) -> HttpResponse:
    """Stop following a list."""
    actions.forget_search(queries.read_saved(request.user.pk, search_id))
    return redirect("catalogue:saved")
