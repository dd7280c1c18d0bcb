"""Sharing a common cost: enter it, see all keys side by side with their checks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError, NotFoundError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices import LEGAL_NOTES
from mehrwert.portfolio.forms import ShareForm, share_values
from mehrwert.portfolio.forms.keys import MOST_ROWS, SPARE_ROWS
from mehrwert.portfolio.models import CostShare
from mehrwert.portfolio.presenting import keys as presenting
from mehrwert.portfolio.presenting.annex import compose_annex
from mehrwert.portfolio.presenting.costs import euros
from mehrwert.portfolio.views.common import address, posted
from mehrwert.portfolio.views.files import document_answer

ON_PAGE = 25
FIRST_ROWS = 4


def _crumbs(
    request: HttpRequest, row: CostShare | None = None, last: str = ""
) -> list[tuple[str, str]]:
    way = [
        (gettext("Vorhaben"), address(request, "list")),
        (gettext("Kostenschlüssel"), address(request, "share_list")),
    ]
    if row is not None:
        way.append((row.title, address(request, "share", share_id=row.pk)))
    if last:
        way.append((last, ""))
    return [*way[:-1], (way[-1][0], "")]


@needs("read")
@require_safe
def share_list(request: Any) -> HttpResponse:
    """List common costs."""
    request.nav_key = "projects"
    page = paginate(request, queries.list_shares(), size=ON_PAGE)
    context = {
        "crumbs": _crumbs(request),
        "page": page,
        "lines": [
            {
                "row": row,
                "total": euros(row.total_eur),
                "url": address(request, "share", share_id=row.pk),
            }
            for row in page.items
        ],
        "may_edit": request.can("money"),
        "new_url": address(request, "share_new"),
    }
    return render_page(request, "portfolio/shares.html", context)


@needs("read")
@require_safe
def share(request: Any, share_id: int) -> HttpResponse:
    """Show all keys of a common cost side by side."""
    request.nav_key = "projects"
    row = access.find_share(share_id)
    payers = queries.list_payers(row)
    results = queries.read_keys(row, payers)
    chosen = queries.chosen_of(row, results)
    context = {
        "crumbs": _crumbs(request, row),
        "row": row,
        "total": euros(row.total_eur),
        "members": [payer for payer in payers if not payer.is_candidate],
        "candidate": next((payer for payer in payers if payer.is_candidate), None),
        "table": presenting.key_table(row, payers, results, with_vat=False),
        "table_vat": presenting.key_table(row, payers, results, with_vat=True),
        "checks": presenting.checks_shown(payers, results, row),
        "partners": presenting.partner_rows(
            payers, chosen, queries.read_gains(row, payers, chosen) if chosen else {}
        ),
        "chosen": presenting.key_label(chosen, row) if chosen else "",
        "annexes": [
            (ending.upper(), address(request, "share_annex", share_id=row.pk, ending=ending))
            for ending in ("pdf", "odt")
        ]
        if row.chosen_key and chosen
        else [],
        "offers": presenting.offers_shown(row, payers, results),
        "leaving": presenting.leaving_shown(payers, queries.read_leaving(row, payers, chosen))
        if chosen
        else [],
        "notes": [gettext(note) for note in LEGAL_NOTES],
        "may_edit": request.can("money"),
        "urls": {
            "edit": address(request, "share_edit", share_id=row.pk),
            "csv": address(request, "share_csv", share_id=row.pk),
            "discard": address(request, "share_discard", share_id=row.pk),
        },
    }
    return render_page(request, "portfolio/share.html", context)


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def share_new(request: Any) -> HttpResponse:
    """Begin a common cost."""
    return _form_page(request, None)


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def share_edit(request: Any, share_id: int) -> HttpResponse:
    """Change a common cost."""
    return _form_page(request, access.find_share(share_id))


def _form_page(request: Any, row: CostShare | None) -> HttpResponse:
    request.nav_key = "projects"
    payers = queries.list_payers(row) if row else []
    n_rows = max(len(payers) + SPARE_ROWS, FIRST_ROWS)
    given = request.POST.get("rows", "")
    if given.isdecimal() and len(given) < 4:
        n_rows = min(max(int(given), 1), MOST_ROWS)
    form = ShareForm(posted(request), initial=share_values(row, payers), n_rows=n_rows)
    if request.method == "POST" and form.is_valid():
        head, told = form.told()
        try:
            row = actions.save_share(row, head, told, actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Gespeichert."))
            name = "share_edit" if "mehr" in request.POST else "share"
            return redirect(address(request, name, share_id=row.pk))
    title = gettext("Kostenschlüssel ändern") if row else gettext("Kosten gemeinsam tragen")
    context = {
        "crumbs": _crumbs(request, row, title),
        "title": title,
        "form": form,
        "cancel_url": address(request, "share", share_id=row.pk)
        if row
        else address(request, "share_list"),
    }
    return render_page(request, "portfolio/share_form.html", context, 422 if form.errors else 200)


@needs("money")
@require_POST
def share_discard(request: Any, share_id: int) -> HttpResponse:
    """Forget a common cost."""
    row = access.find_share(share_id)
    actions.discard_share(row, actor=actor_of(request))
    messages.success(request, gettext("Der Kostenschlüssel ist gelöscht."))
    return redirect(address(request, "share_list"))


@needs("read")
@require_safe
def share_annex(request: Any, share_id: int, ending: str) -> HttpResponse:
    """Return the annex of a cooperation agreement; the same inputs give the same file."""
    row = access.find_share(share_id)
    payers = queries.list_payers(row)
    results = queries.read_keys(row, payers)
    chosen = queries.chosen_of(row, results)
    if not row.chosen_key or chosen is None:
        raise NotFoundError
    document = compose_annex(row, payers, chosen, municipality=request.tenant.name)
    return document_answer(document, f"anlage-kostenschluessel-{row.pk}", ending)


@needs("read")
@require_safe
def share_csv(request: HttpRequest, share_id: int) -> HttpResponse:
    """Return every key and partner, without and with 19 per cent VAT."""
    row = access.find_share(share_id)
    payers = queries.list_payers(row)
    rows = presenting.key_csv_rows(row, payers, queries.read_keys(row, payers))
    return csv_response(request, f"kostenschluessel-{row.pk}.csv", presenting.KEY_COLUMNS, rows)
