"""Two to five solutions side by side: as page, CSV, and one sheet of paper."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.http import csv_response, render_page
from mehrwert.base.paging import with_query
from mehrwert.catalogue import presenting, queries, wording
from mehrwert.catalogue.comparing import Line, compared_lines, order_of
from mehrwert.catalogue.errors import TooManyToCompareError, UnknownSolutionError
from mehrwert.catalogue.forms_compare import OwnNumbersForm
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.sheet import sheet_of
from mehrwert.catalogue.views.browse import enter, home_of
from mehrwert.documents.model import Document
from mehrwert.documents.sheets import SHEET

FEWEST, MOST = 2, 5


def _pdf(document: Document) -> bytes:
    from mehrwert.documents.pdf import pdf

    return pdf(document, paper=SHEET)


def _odt(document: Document) -> bytes:
    from mehrwert.documents.odt import odt

    return odt(document, paper=SHEET)


def _docx(document: Document) -> bytes:
    from mehrwert.documents.docx import docx

    return docx(document, paper=SHEET)


# ending → writer, media type, name for people; writers are loaded when somebody asks for them
WRITERS: dict[str, tuple[Callable[[Document], bytes], str, str]] = {
    "pdf": (_pdf, "application/pdf", "PDF"),
    "odt": (_odt, "application/vnd.oasis.opendocument.text", "ODT"),
    "docx": (
        _docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "DOCX",
    ),
}


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the comparison, or say how many to choose; as page for paper and as CSV."""
    chosen = _chosen(request.GET.getlist("l"))
    if not FEWEST <= len(chosen) <= MOST:
        return _choose(request, chosen)
    enter(request)
    home = home_of(request)
    rows = {row.solution.pk: row for row in queries.list_rows([s.pk for s in chosen], home)}
    form = OwnNumbersForm(chosen, request.GET)
    own = form.numbers(home.population if home else None)
    lines = compared_lines(chosen, rows, own)
    order = order_of(lines, request.GET.get("nach", ""), len(chosen))
    lines = [Line(line.key, line.label, [line.texts[i] for i in order]) for line in lines]
    chosen = [chosen[i] for i in order]
    ending = request.GET.get("format", "")
    if ending in WRITERS:
        return _paper(request, chosen, lines, ending)
    if ending == "csv":
        head = ["", *(solution.name for solution in chosen)]
        return csv_response(
            request, "vergleich.csv", head, ([line.label, *line.texts] for line in lines)
        )
    frozen = urlencode([("l", f"{s.slug}@{s.version}") for s in chosen])
    context: dict[str, Any] = {
        "crumbs": _crumbs(),
        "chosen": [
            {
                "name": s.name,
                "url": presenting.url_of(s.slug),
                "origin": wording.origin_text(s),
                "version": s.version,
                "without_url": _without(chosen, s),
            }
            for s in chosen
        ],
        "lines": lines,
        "home": home,
        "sorted_by": request.GET.get("nach", ""),
        "csv_url": with_query_list(request, format="csv"),
        "files": [
            {"label": label, "url": with_query_list(request, format=ending)}
            for ending, (_writer, _type, label) in WRITERS.items()
        ],
        "form": form,
        "kept": [("l", text) for text in request.GET.getlist("l")],
        "is_counted": bool(own.prices),
        "frozen_url": f"{request.path}?{frozen}",
        "today": from_us(now_us()).date(),
    }
    return render_page(request, "catalogue/compare.html", context)


def _paper(
    request: HttpRequest, chosen: Sequence[Solution], lines: Sequence[Line], ending: str
) -> HttpResponse:
    """Return the comparison as one sheet of paper (CAT-604)."""
    writer, media_type, _label = WRITERS[ending]
    address = request.build_absolute_uri(with_query(request, format=None))
    document = sheet_of(chosen, lines, address=address, author=_author(request))
    response = HttpResponse(writer(document), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="vergleich.{ending}"'
    return response


def _author(request: HttpRequest) -> str:
    return str(settings.MEHRWERT.catalogue_publisher) or request.get_host()


def with_query_list(request: HttpRequest, **changes: str) -> str:
    """Return this address with changes; repeated names stay."""
    return with_query(request, **changes)


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Lösungen"), reverse("catalogue:list")), (gettext("Vergleich"), "")]


def _chosen(given: Sequence[str]) -> list[Solution]:
    """Return the solutions of an address; ``slug@3`` is version 3, unknown ones fall out."""
    found: list[Solution] = []
    for text in list(dict.fromkeys(given))[: MOST + 1]:
        slug, _, number_ = text.partition("@")
        try:
            solution = queries.read_solution(slug)
            if number_.isdecimal():
                version = queries.read_version(slug, int(number_))
                solution.profile, solution.provenance = version.profile, version.provenance
                solution.version = version.number
        except UnknownSolutionError:
            continue
        if solution.pk not in {row.pk for row in found}:
            found.append(solution)
    return found


def _without(chosen: Sequence[Solution], left: Solution) -> str:
    kept = [("l", solution.slug) for solution in chosen if solution.pk != left.pk]
    return f"{reverse('catalogue:compare')}?{urlencode(kept)}"


def _choose(request: HttpRequest, chosen: Sequence[Solution]) -> HttpResponse:
    enter(request)
    context = {
        "crumbs": _crumbs(),
        "chosen": [{"name": s.name, "url": presenting.url_of(s.slug)} for s in chosen],
        "sentence": gettext(TooManyToCompareError.sentence),
    }
    return render_page(request, "catalogue/compare_choose.html", context)
