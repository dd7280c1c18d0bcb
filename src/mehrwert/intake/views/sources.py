"""Sources: made with a secret that is shown once, watched until the first message comes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.accounts.queries import read_base_url
from mehrwert.base.http import actor_of, needs
from mehrwert.base.paging import paginate
from mehrwert.intake import access, actions, presenting, queries
from mehrwert.intake.forms import SourceForm
from mehrwert.intake.models import Source
from mehrwert.intake.presenting import NOTHING, address, source_kinds
from mehrwert.observations.queries import read_source_counts

from .shared import FORM, newest_messages, page


@needs("import_data")
@require_safe
def source_list(request: Any) -> HttpResponse:
    """Show the sources with what they delivered."""
    shown = paginate(request, queries.list_sources(), size=50)
    context = {
        "page": shown,
        "lines": presenting.source_lines(shown.items, read_source_counts(request.tenant.pk)),
        "ways": presenting.ways_in(request),
        "tab": "sources",
    }
    return page(request, "intake/sources.html", context)


@never_cache
@needs("import_data")
@require_http_methods(FORM)
def source_new(request: Any) -> HttpResponse:
    """Make a source; its address with the secret is shown once."""
    form = SourceForm(
        request.POST or None, kinds=[(k.key, k.label) for k in source_kinds().values()]
    )
    if request.method == "POST" and form.is_valid():
        row, secret = actions.create_source(actor=actor_of(request), **form.cleaned_data)
        return _source_page(request, row, secret)
    back = address(request, "source_list")
    title = gettext("Quelle anlegen")
    context = {
        "form": form,
        "title": title,
        "submit": gettext("Anlegen und Adresse zeigen"),
        "cancel_url": back,
        "help": gettext(
            "Eine Quelle ist ein Netzserver, der Nachrichten Ihrer Geräte hierher schickt."
            " Sie bekommt eine eigene Adresse mit Schlüssel. Geben Sie jeder Quelle eine eigene:"
            " dann lässt sich eine sperren, ohne die anderen zu stören."
        ),
    }
    return page(request, "intake/form.html", context, (gettext("Quellen"), back), (title, ""))


@needs("import_data")
@require_http_methods(["GET", "HEAD"])
def source(request: Any, source_id: int) -> HttpResponse:
    """Show one source; asked by htmx, only whether something came."""
    return _source_page(request, access.find_source(source_id), "")


@never_cache
@needs("import_data")
@require_http_methods(FORM)
def source_rotate(request: Any, source_id: int) -> HttpResponse:
    """Ask, then give a source a new secret; the old one works for a day."""
    row = access.find_source(source_id)
    if request.method == "POST":
        return _source_page(request, row, actions.rotate_source(row, actor=actor_of(request)))
    return _confirm(
        request,
        row,
        title=gettext("Schlüssel erneuern?"),
        text=gettext("„%(name)s“ bekommt eine neue Adresse, die Sie im Netzserver eintragen.")
        % {"name": row.name},
        consequences=[gettext("Die alte Adresse gilt noch 24 Stunden: So geht nichts verloren.")],
        submit=gettext("Schlüssel erneuern"),
    )


@needs("import_data")
@require_http_methods(FORM)
def source_end(request: Any, source_id: int) -> HttpResponse:
    """Ask, then refuse a source from now on."""
    row = access.find_source(source_id)
    if request.method == "POST":
        actions.end_source(row, actor=actor_of(request))
        messages.success(request, gettext("Die Quelle ist gesperrt. Ihre Nachrichten bleiben."))
        return redirect(address(request, "source_list"))
    return _confirm(
        request,
        row,
        title=gettext("Quelle sperren?"),
        text=gettext("„%(name)s“ kann dann nichts mehr schicken.") % {"name": row.name},
        consequences=[
            gettext("Geräte und Messwerte bleiben."),
            gettext("Das lässt sich nicht zurücknehmen; legen Sie sonst eine neue Quelle an."),
        ],
        submit=gettext("Quelle sperren"),
    )


@needs("import_data")
@require_POST
def source_sample(request: Any, source_id: int) -> HttpResponse:
    """Let an invented device send; asked by htmx, only what arrived: the secret stays in sight."""
    row = access.find_source(source_id)
    actions.send_sample(row, actor=actor_of(request))
    if "HX-Request" in request.headers:
        return _source_page(request, row, "")
    return redirect(address(request, "source", source_id=row.pk))


def _confirm(request: Any, row: Source, **context: Any) -> HttpResponse:
    back = address(request, "source", source_id=row.pk)
    given = {**context, "action": request.path, "cancel_url": back}
    return page(request, "base/confirm.html", given, (row.name, back), (context["title"], ""))


def _source_page(request: Any, row: Source, secret: str) -> HttpResponse:
    kind = source_kinds().get(row.kind)
    count = read_source_counts(request.tenant.pk).get(row.pk, NOTHING)
    path = kind.path if kind else ""
    context = {
        "source": row,
        "kind": kind,
        "secret": secret,
        "url": f"{read_base_url(request)}{path}{secret}" if secret else "",
        "bare_url": f"{read_base_url(request)}{path}",
        "count": count,
        "kind_label": presenting.all_kinds().get(row.kind, ""),
        "state": presenting.source_state(row, count),
        "trouble": presenting.trouble_text(row),
        "unknown": list(queries.list_unknown_of_source(row.pk)[:10]),
        # a message is kept first; its device is known a moment later
        "is_watching": not row.ended_us and (not count.n_received or not row.devices.exists()),
        "sample_url": address(request, "source_sample", source_id=row.pk)
        if presenting.has_sample(row)
        else "",
        "watch_url": address(request, "source", source_id=row.pk),
        **newest_messages(request, source_id=row.pk),
    }
    way = (gettext("Quellen"), address(request, "source_list"))
    return page(
        request,
        "intake/source.html",
        context,
        way,
        (row.name, ""),
        fragment="intake/parts/arrivals.html",
    )
