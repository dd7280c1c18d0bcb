"""What a funder asks for, filled from own indicators: page, mapping, files (PF-116)."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.errors import NotFoundError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.documents import html as html_writer
from mehrwert.documents.model import Document
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.forms.funder import FunderForm, lines_of
from mehrwert.portfolio.models import Funding, Project
from mehrwert.portfolio.presenting import funder as words
from mehrwert.portfolio.views.common import Ask, address, ask, file_context, posted


def _pdf(document: Document) -> bytes:
    from mehrwert.documents.pdf import pdf

    return pdf(document)


def _odt(document: Document) -> bytes:
    from mehrwert.documents.odt import odt

    return odt(document)


def _docx(document: Document) -> bytes:
    from mehrwert.documents.docx import docx

    return docx(document)


WRITERS = {
    "pdf": (_pdf, "application/pdf"),
    "odt": (_odt, "application/vnd.oasis.opendocument.text"),
    "docx": (
        _docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "html": (html_writer.html, "text/html; charset=utf-8"),
}


@needs("read")
@require_safe
def funder_report(request: Any, project_id: int, funding_id: int) -> HttpResponse:
    """Show the fields of a funder's form for one year, open ones as open."""
    row = access.find_project(project_id)
    funding = access.find_funding(row, funding_id)
    year = _year(request)
    found = queries.read_funder_values(funding, *_span(year))
    rows = words.rows_of(found)
    context = {
        **file_context(request, row, "financing", gettext("Sachbericht")),
        "funding": funding,
        "year": year,
        "years": range(row.starts_on.year, timezone.localdate().year + 1),
        "rows": rows,
        "n_open": sum(one.is_open for one in rows),
        "files": [
            {
                "label": ending.upper(),
                "url": address(
                    request, "funder_file", row, funding_id=funding.pk, year=year, ending=ending
                ),
            }
            for ending in (*WRITERS, "csv")
        ],
        "edit_url": address(request, "funder_fields", row, funding_id=funding.pk),
        "may_edit": request.can("edit_data") and row.state != "ended",
    }
    return render_page(request, "portfolio/funder.html", context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def funder_fields(request: HttpRequest, project_id: int, funding_id: int) -> HttpResponse:
    """Note what the funder asks for and from which own indicators it comes."""
    row = access.find_project(project_id)
    funding = access.find_funding(row, funding_id)
    names = _names(row)
    template = None if funding.fields else queries.read_template(funding)
    initial = {"fields_of_funder": _lines(funding.fields, template, names)}
    by_name = {name.casefold(): key for key, name in names.items()}
    by_name |= {key: key for key in names}
    form = FunderForm(posted(request), initial=initial, names=by_name)

    def act(given: dict[str, Any]) -> None:
        actions.map_funder_fields(funding, given["fields_of_funder"], actor=actor_of(request))

    page = Ask(
        gettext("Felder des Fördergebers"),
        address(request, "funder_report", row, funding_id=funding.pk),
        gettext("Die Felder sind gespeichert; die Werte kommen aus Ihren Kennzahlen."),
        lead=_lead(names, template),
    )
    return ask(request, page, form, act, file_context(request, row, "financing", page.title))


def _lines(fields: list[dict[str, str]], template: Funding | None, names: dict[str, str]) -> str:
    """Return the fields as typed, or those of a template with what this project can fill."""
    if template is not None:
        fields = [
            one if one["indicator"] in names else {**one, "indicator": ""}
            for one in template.fields
        ]
    return lines_of(fields, names)


def _lead(names: dict[str, str], template: Funding | None) -> str:
    said = gettext("Kennzahlen dieses Vorhabens: %(names)s.") % {
        "names": ", ".join(names.values()) or gettext("noch keine")
    }
    if template is None:
        return said
    told = gettext("Vorbelegt aus dem Vorhaben „%(title)s“, das dasselbe Programm fördert.")
    return f"{told % {'title': template.project.title}} {said}"


@needs("read")
@require_safe
def funder_file(
    request: Any, project_id: int, funding_id: int, year: int, ending: str
) -> HttpResponse:
    """Return the report of a year as a file."""
    row = access.find_project(project_id)
    funding = access.find_funding(row, funding_id)
    if ending not in (*WRITERS, "csv") or not date.min.year < year < date.max.year:
        raise NotFoundError
    span = _span(year)
    found = queries.read_funder_values(funding, *span)
    if ending == "csv":
        return csv_response(
            request, f"sachbericht-{year}.csv", words.CSV_HEAD, words.csv_rows(found)
        )
    document = words.compose_funder_report(
        funding,
        found,
        span,
        author=request.tenant.name,
        created=timezone.localdate(),
        is_demo=request.tenant.is_demo,
    )
    writer, media_type = WRITERS[ending]
    response = HttpResponse(writer(document), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="sachbericht-{year}.{ending}"'
    return response


def _names(row: Project) -> dict[str, str]:
    """Return the indicators of a project: key → name as people know it."""
    return {
        one.key: one.current.name if one.current else one.key
        for one in queries.list_indicators(row)
    }


def _year(request: HttpRequest) -> int:
    """Return the year asked for; without one the year before, for which reports are written."""
    text = request.GET.get("jahr", "")
    is_year = text.isascii() and text.isdecimal() and len(text) == 4 and text[0] in "12"
    return int(text) if is_year else timezone.localdate().year - 1


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
