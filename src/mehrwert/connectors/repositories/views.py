"""The page on which a municipality hands in the history of its repository."""

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
from mehrwert.catalogue.access import read_own
from mehrwert.connectors.repositories import actions, queries
from mehrwert.connectors.repositories.choices import Way
from mehrwert.connectors.repositories.forms import HistoryForm


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Any, slug: str) -> HttpResponse:
    """Take in a history as a file; say how a repository can send it by itself."""
    request.nav_key = "solutions"
    solution = read_own(request.tenant.pk, slug)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = HistoryForm(*given)
    page = reverse("catalogue:solution", kwargs={"slug": slug})
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["datei"]
            actions.store_document(solution, data, Way.FILE, actor=actor_of(request))
        except MehrwertError as problem:
            form.add_error("datei", str(sentence_of(problem)))
        else:
            messages.success(request, gettext("Der Verlauf ist gelesen."))
            return redirect(f"{page}#quelltext")
    mine = reverse("catalogue_own:own", kwargs={"mandant": request.tenant.slug})
    context = {
        "crumbs": [
            (gettext("Unsere Lösungen"), mine),
            (solution.name, page),
            (gettext("Pflege des Quelltexts"), ""),
        ],
        "form": form,
        "solution": solution,
        "reading": queries.read_reading(solution),
        "hook_url": request.build_absolute_uri(
            reverse("repositories_open:hook", kwargs={"slug": slug})
        ),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "repositories/upload.html", context, status=status)
