"""Pages: a running package gets a new version, goes back, is taken away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.catalogue.choices import EndReason
from mehrwert.starters import access, actions, presenting, queries
from mehrwert.starters.forms import RemoveForm
from mehrwert.starters.wording import change_line

FORM = ["GET", "HEAD", "POST"]


@needs("edit_data")
@require_http_methods(FORM)
def update(request: Any, slug: str) -> HttpResponse:
    """Show what a new version changes; take it."""
    row, library = access.find_installation(slug), queries.bundled_package(slug)
    if request.method == "POST":
        overwrite = request.POST.getlist("aufgeben")
        return _try(
            request,
            slug,
            lambda: actions.update_package(
                row, library, overwrite=overwrite, actor=actor_of(request)
            ),
            gettext("Die neue Fassung läuft."),
        )
    lines = [change_line(change) for change in queries.changes_to(row, library)]
    context = {
        "crumbs": presenting.crumbs(request, library, gettext("Aktualisieren")),
        "package": library,
        "row": row,
        "is_newest": row.checksum == library.checksum,
        "lines": [line for line in lines if line["fields"] or line["tag"] in {"ok", "bad"}],
        "n_same": sum(not line["fields"] and line["tag"] == "info" for line in lines),
    }
    return render_page(request, "starters/update.html", context)


@needs("edit_data")
@require_POST
def roll_back(request: Any, slug: str) -> HttpResponse:
    """Go back to the version before."""
    row = access.find_installation(slug)
    done = gettext("Die frühere Fassung läuft wieder.")
    return _try(request, slug, lambda: actions.roll_back(row, actor=actor_of(request)), done)


@needs("edit_data")
@require_http_methods(FORM)
def remove(request: Any, slug: str) -> HttpResponse:
    """Say what goes, ask about readings, take the package away."""
    row = access.find_installation(slug)
    n = queries.count_measured(row)
    posted = request.POST if request.method == "POST" else None
    form = RemoveForm(posted, has_readings=n > 0, initial={"reason": EndReason.UNKNOWN.value})
    if posted is not None and form.is_valid():
        given = form.cleaned_data
        try:
            staying = actions.remove_package(
                row, given.get("measured"), reason=given["reason"], actor=actor_of(request)
            )
        except MehrwertError as error:
            messages.error(request, sentence_of(error))
            return redirect(presenting.address(request, "package", slug=slug))
        text = gettext("Das Paket ist entfernt.")
        if staying:
            text += " " + gettext("Im öffentlichen Verzeichnis bleibt: %(plans)s.") % {
                "plans": ", ".join(staying)
            }
        messages.success(request, text)
        return redirect(presenting.address(request, "list"))
    package = queries.package_of(row)
    context = {
        "crumbs": presenting.crumbs(request, package, gettext("Entfernen")),
        "package": package,
        "form": form,
        "n": n,
        "counts": presenting.making_of(queries.wanted_pieces(row))["counts"],
    }
    return render_page(request, "starters/remove.html", context, 422 if form.errors else 200)


@needs("edit_data")
@require_POST
def time_lapse(request: Any, slug: str) -> HttpResponse:
    """Load the invented readings of three years; in an invented town only."""
    row = access.find_installation(slug)
    actor = actor_of(request)
    done = gettext("Die erfundenen Messwerte sind geladen. Regeln melden sich gleich.")
    return _try(request, slug, lambda: actions.load_demo_readings(row, actor=actor), done)


@needs("read")
@require_safe
def readings_csv(request: Any, slug: str) -> HttpResponse:
    """Hand out all readings of the package, before it is taken away."""
    row = access.find_installation(slug)
    head = [
        gettext("Messstelle"),
        gettext("Messreihe"),
        gettext("Zeit (UTC)"),
        gettext("Wert"),
        gettext("Einheit"),
    ]
    rows = queries.iterate_readings(row.tenant_id, queries.series_of(row))
    return csv_response(request, f"{slug}.csv", head, rows)


@needs("edit_data")
@require_POST
def task(request: Any, slug: str, piece_id: int) -> HttpResponse:
    """Tick a task, or take the tick away."""
    piece = access.find_task(slug, piece_id)
    is_done = request.POST.get("erledigt") == "ja"
    note = request.POST.get("notiz", piece.note)
    actions.tick_task(piece, is_done=is_done, note=note, actor=actor_of(request))
    return redirect(presenting.address(request, "package", slug=slug) + "#aufgaben")


def _try(request: Any, slug: str, work: Any, done: str) -> HttpResponse:
    try:
        work()
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, done)
    return redirect(presenting.address(request, "package", slug=slug))
