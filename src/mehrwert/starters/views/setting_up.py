"""Pages: from the questions to a draft, from the draft to a running package."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.catalogue.choices import AdoptionStatus
from mehrwert.starters import access, actions, presenting, queries
from mehrwert.starters.choices import State
from mehrwert.starters.errors import ParameterError
from mehrwert.starters.forms import SetUpForm, StartForm, initial_of
from mehrwert.starters.models import Installation


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: Any, slug: str) -> HttpResponse:
    """Ask what the package needs to know; everything has a default."""
    request.nav_key = "solutions"
    library = queries.bundled_package(slug)
    row = queries.list_installations().get(slug)
    if row is not None and row.state != State.DRAFT.value:
        return redirect(presenting.address(request, "package", slug=slug))
    chosen = request.GET.get("satz", "")
    posted = request.POST if request.method == "POST" else None
    proposed = queries.proposed_answers(library, row, chosen, is_demo=request.tenant.is_demo)
    initial = initial_of(library, *proposed)
    form = SetUpForm(posted, package=library, initial=initial)
    if posted is not None and form.is_valid():
        try:
            actions.save_draft(
                library, form.answers(), is_demo=request.tenant.is_demo, actor=actor_of(request)
            )
        except ParameterError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Der Entwurf steht. Bisher ist nichts angelegt."))
            return redirect(presenting.address(request, "package", slug=slug))
    context = {
        "crumbs": presenting.crumbs(request, library, gettext("Einrichten")),
        "package": library,
        "form": form,
        "sets": library.manifest.get("parameter_sets", ()),
        "chosen": chosen,
    }
    return render_page(request, "starters/set_up.html", context, 422 if form.errors else 200)


@needs("edit_data")
@require_POST
def discard(request: Any, slug: str) -> HttpResponse:
    """Forget a draft."""
    row = access.find_installation(slug)
    actions.discard_draft(row, actor=actor_of(request))
    messages.success(request, gettext("Der Entwurf ist verworfen. Es war nichts angelegt."))
    return redirect(presenting.address(request, "package", slug=slug))


@needs("edit_data")
@require_POST
def start(request: Any, slug: str) -> HttpResponse:
    """Make everything and let the rules watch."""
    row: Installation = access.find_installation(slug)
    form = StartForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    try:
        actions.go_live(
            row,
            licence_accepted=given["lizenz"],
            status=given.get("stand") or AdoptionStatus.TRIAL,
            actor=actor_of(request),
        )
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Das Paket läuft. Alles Genannte ist angelegt."))
    return redirect(presenting.address(request, "package", slug=slug))
