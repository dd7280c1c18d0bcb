"""Doors: the publiccode.yml of a solution, made from its profile; a draft made from a file."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.errors import MehrwertError, NotFoundError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of

from . import actions, queries
from .fetching import fetch_file, repository_of
from .forms import SourceForm

MISSING = 409


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the file, or 409 with the values that the profile lacks."""
    made = queries.read_export(slug)
    if made is None:
        raise NotFoundError
    if not made.text:
        return JsonResponse({"missing": list(made.missing)}, status=MISSING)
    response = HttpResponse(made.text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="publiccode.yml"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Any) -> HttpResponse:
    """Begin an entry with what a publiccode.yml states."""
    request.nav_key = "solutions"
    can_fetch = bool(settings.MEHRWERT.outgoing_hosts)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SourceForm(*given, can_fetch=can_fetch)
    if request.method == "POST" and form.is_valid():
        try:
            solution = _draft(request, form)
        except MehrwertError as problem:
            form.add_error(None, str(sentence_of(problem)))
        else:
            mandant = {"mandant": request.tenant.slug}
            target = {**mandant, "slug": solution.slug}
            return redirect(reverse("catalogue_own:edit", kwargs=target))
    mine = reverse("catalogue_own:own", kwargs={"mandant": request.tenant.slug})
    context = {
        "crumbs": [
            (gettext("Lösungen"), reverse("catalogue:list")),
            (gettext("Unsere Lösungen"), mine),
            (gettext("Aus publiccode.yml"), ""),
        ],
        "form": form,
        "hosts": sorted(settings.MEHRWERT.outgoing_hosts),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "publiccode/draft.html", context, status=status)


def _draft(request: Any, form: SourceForm) -> Any:
    given = form.cleaned_data
    data, origin = given["data"], actions.Origin()
    if given.get("adresse"):
        fetched = fetch_file(given["adresse"])
        data = fetched.data
        origin = actions.Origin(url=fetched.url, repository=repository_of(given["adresse"]))
    made = actions.draft_from_file(request.tenant, data, origin, actor=actor_of(request))
    report = made.publiccode_file.report
    parked = [entry["key"] for entry in report["parked"]]
    if parked:
        text = ngettext(
            "Eine Angabe der Datei ist nicht verwendbar und bleibt geparkt: %(keys)s",
            "%(n)d Angaben der Datei sind nicht verwendbar und bleiben geparkt: %(keys)s",
            len(parked),
        )
        messages.warning(request, text % {"n": len(parked), "keys": ", ".join(parked[:8])})
    return made
