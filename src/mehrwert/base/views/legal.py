"""Legal texts that the operator writes: preview, history, undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base import actions, queries
from mehrwert.base.errors import NotFoundError
from mehrwert.base.forms import LegalTextForm
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.marks import mark
from mehrwert.base.paging import paginate
from mehrwert.base.prose import render_prose

TITLES = {
    "impressum": mark("Impressum"),
    "datenschutz": mark("Datenschutz"),
    "barrierefreiheit": mark("Erklärung zur Barrierefreiheit"),
}


@needs("operate")
@require_safe
def legal_texts(request: Any) -> HttpResponse:
    """List the legal pages and say which still show our draft."""
    rows = [
        {"page": page, "title": gettext(title), "newest": queries.read_legal(page)}
        for page, title in TITLES.items()
    ]
    return render_page(request, "base/system/legal_texts.html", {"rows": rows})


@needs("operate")
@require_http_methods(["GET", "HEAD", "POST"])
def legal_text(request: Any, page: str) -> HttpResponse:
    """Write a legal page; the button „Vorschau“ shows it without saving."""
    request.nav_key = "legal"
    newest = queries.read_legal(_known(page))
    form = LegalTextForm(request.POST or None, initial={"text": newest.text if newest else ""})
    preview = None
    if request.method == "POST" and form.is_valid():
        if "vorschau" not in request.POST:
            actions.write_legal_text(page, form.cleaned_data["text"], actor=actor_of(request))
            messages.success(request, gettext("Gespeichert. Die Seite zeigt jetzt diese Fassung."))
            return redirect("base:legal_text", page=page)
        preview = render_prose(form.cleaned_data["text"])
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {
        "form": form,
        "preview": preview,
        "slug": page,
        "title": gettext(TITLES[page]),
        "newest": newest,
        "page": paginate(request, queries.list_legal(page), size=20),
        "crumbs": [
            (gettext("Rechtliche Texte"), reverse("base:legal_texts")),
            (gettext(TITLES[page]), ""),
        ],
    }
    return render_page(request, "base/system/legal_text.html", context, status)


@needs("operate")
@require_safe
def legal_version(request: Any, page: str, version: int) -> HttpResponse:
    """Show an earlier version."""
    request.nav_key = "legal"
    found = queries.read_legal_version(_known(page), version)
    title = gettext(TITLES[page])
    context = {
        "found": found,
        "slug": page,
        "body": render_prose(found.text),
        "title": title,
        "crumbs": [
            (gettext("Rechtliche Texte"), reverse("base:legal_texts")),
            (title, reverse("base:legal_text", kwargs={"page": page})),
            (gettext("Frühere Fassung"), ""),
        ],
    }
    return render_page(request, "base/system/legal_version.html", context)


@needs("operate")
@require_POST
def take_up_version(request: Any, page: str, version: int) -> HttpResponse:
    """Make an earlier version the newest again; nothing is lost by that."""
    found = queries.read_legal_version(_known(page), version)
    actions.write_legal_text(page, found.text, actor=actor_of(request))
    messages.success(request, gettext("Die frühere Fassung gilt wieder."))
    return redirect("base:legal_text", page=page)


def _known(page: str) -> str:
    if page not in TITLES:
        raise NotFoundError
    return page
