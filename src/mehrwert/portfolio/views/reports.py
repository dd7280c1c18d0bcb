"""Reports of a project: the list, the three questions, what was delivered, the files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.errors import NotFoundError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.documents import html as html_writer
from mehrwert.documents.model import Document
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices.reports import RHYTHM_LABELS, ReportState
from mehrwert.portfolio.forms import (
    CorrectionForm,
    DecisionNeededForm,
    EraseForm,
    OutcomeForm,
    ReportForm,
)
from mehrwert.portfolio.forms.reports import begun_now
from mehrwert.portfolio.models import Project, Report
from mehrwert.portfolio.monthly_report import compose, read_portfolio_report
from mehrwert.portfolio.presenting import reports as words
from mehrwert.portfolio.presenting.words import day_words, month_words
from mehrwert.portfolio.rules.periods import due_on
from mehrwert.portfolio.rules.ruleset import PORTFOLIO
from mehrwert.portfolio.views.common import Ask, address, ask, file_context, posted


def _pdf(document: Document) -> bytes:
    from mehrwert.documents.pdf import pdf

    return pdf(document)


def _odt(document: Document) -> bytes:
    from mehrwert.documents.odt import odt

    return odt(document)


# ending → writer, media type; writers are loaded when somebody asks for them
WRITERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "pdf": (_pdf, "application/pdf"),
    "odt": (_odt, "application/vnd.oasis.opendocument.text"),
    "html": (html_writer.html, "text/html; charset=utf-8"),
}


def month_or_404(text: str) -> date:
    """Return the first day of ``2026-06``."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error


@needs("read")
@require_safe
def report_list(request: Any, project_id: int) -> HttpResponse:
    """List the reports of a project with both lights, and what is still due."""
    row = access.find_project(project_id)
    today = timezone.localdate()
    there = list(queries.list_reports(row))
    known = {report.month for report in there if report.delivered_us is not None}
    months = [] if row.state == "ended" else queries.list_months(row, today)
    open_months = [month for month in months if month not in known][:3]
    verdicts = queries.verify_chain(row)
    context = {
        **file_context(request, row, "reports"),
        "rhythm": gettext(RHYTHM_LABELS[row.rhythm_months]),
        "usual": words.usual_words(queries.read_usual_seconds()),
        "due_day": PORTFOLIO.due_day_of_next_month,
        "open": [_open(request, row, month) for month in open_months],
        "lines": [
            {**words.report_line(one, verdicts.get(one.pk)), "url": _url(request, row, one)}
            for one in there
        ],
        "needed": [
            {"row": d, "url": address(request, "decision", row, decision_id=d.pk)}
            for d in queries.list_decisions(row)
        ],
        "ask_url": address(request, "decision_new", row),
        "may_edit": request.can("edit_data"),
    }
    return render_page(request, "portfolio/reports.html", context)


def _url(request: HttpRequest, row: Project, one: Report) -> str:
    if one.state != ReportState.DELIVERED.value:
        return ""
    return address(request, "report", row, report_id=one.pk)


def _open(request: HttpRequest, row: Project, month: date) -> dict[str, Any]:
    return {
        "month": month_words(month),
        "until": day_words(due_on(month, due_day=PORTFOLIO.due_day_of_next_month)),
        "is_over": timezone.localdate() > due_on(month, due_day=PORTFOLIO.due_day_of_next_month),
        "url": address(request, "report_new", row, month=f"{month:%Y-%m}"),
    }


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: Any, project_id: int, month: str) -> HttpResponse:
    """Ask three questions beside what is known already; deliver freezes the answers."""
    row, first, today = access.find_project(project_id), month_or_404(month), timezone.localdate()
    known = queries.collect(row, first, today)
    initial = {**words.prefilled(known), "begun": begun_now()}
    form = ReportForm(posted(request), initial=initial)
    title = gettext("Bericht %(month)s") % {"month": month_words(first)}

    def act(given: dict[str, Any]) -> None:
        told = _input(given, role=str(request.role_label))
        told = replace(told, seconds=form.seconds())
        actions.deliver_report(row, first, told, actor=actor_of(request))

    page = Ask(
        title,
        address(request, "reports", row),
        gettext("Der Bericht ist geliefert und bleibt, wie er ist."),
        lead=row.title,
        submit=gettext("Bericht liefern"),
        submit_kind="gold",
    )
    context = {
        **file_context(request, row, "reports", title),
        "known": words.known_view(known, today),
        "usual": words.usual_words(queries.read_usual_seconds()),
    }
    return ask(request, page, form, act, context, template="portfolio/report_form.html")


def _input(given: dict[str, Any], *, role: str) -> actions.ReportInput:
    decision = None
    if given["question"]:
        decision = actions.NewDecision(
            question=given["question"], why=given["why"], body=given["body"], until=given["until"]
        )
    return actions.ReportInput(
        stated=given["stated"],
        sentence=given["sentence"],
        actual_eur=given["actual_eur"],
        forecast_eur=given["forecast_eur"],
        decision=decision,
        role=role,
    )


@needs("read")
@require_safe
def report(request: Any, project_id: int, report_id: int) -> HttpResponse:
    """Show a delivered report as it was frozen, its corrections and its place in the chain."""
    row = access.find_project(project_id)
    found = access.find_report(row, report_id)
    title = gettext("Bericht %(month)s") % {"month": month_words(found.month)}
    month = f"{found.month:%Y-%m}"
    verdict = queries.verify_chain(row).get(found.pk)
    context = {
        **file_context(request, row, "reports", title),
        "title": title,
        "report": found,
        "view": words.report_view(found, verdict),
        "corrections": [
            words.correction_view(one)
            for one in queries.list_corrections(row)
            if one.report_id == found.pk
        ],
        "correct_url": address(request, "report_correct", row, report_id=found.pk),
        "files": [
            (ending.upper(), address(request, "project_file", row, month=month, ending=ending))
            for ending in WRITERS
        ],
        "erase_url": address(request, "report_erase", row, report_id=found.pk),
        "may_edit": request.can("edit_data"),
        "may_erase": not found.erased_us and (request.can("privacy") or request.can("manage_town")),
    }
    return render_page(request, "portfolio/report.html", context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Any, project_id: int, report_id: int) -> HttpResponse:
    """Note what was wrong in a delivered report."""
    row = access.find_project(project_id)
    found = access.find_report(row, report_id)

    def act(given: dict[str, Any]) -> None:
        actions.correct_report(
            found,
            given["field"],
            given["new"],
            reason=given["reason"],
            role=str(request.role_label),
            actor=actor_of(request),
        )

    page = Ask(
        gettext("Bericht berichtigen"),
        address(request, "report", row, report_id=found.pk),
        gettext("Die Berichtigung steht neben dem Bericht und im nächsten."),
        lead=gettext("Der Bericht selbst bleibt, wie er ist."),
    )
    context = file_context(request, row, "reports", page.title)
    return ask(request, page, CorrectionForm(posted(request)), act, context)


@needs("privacy", "manage_town")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Any, project_id: int, report_id: int) -> HttpResponse:
    """Erase what a report says; the chain stays whole and says so."""
    row = access.find_project(project_id)
    found = access.find_report(row, report_id)

    def act(given: dict[str, Any]) -> None:
        actions.erase_report(found, reason=given["reason"], actor=actor_of(request))

    page = Ask(
        gettext("Inhalt des Berichts löschen"),
        address(request, "report", row, report_id=found.pk),
        gettext("Der Inhalt ist gelöscht. Die Kette lässt sich weiter prüfen."),
        lead=gettext("Zum Beispiel, wenn der Name einer Person darin steht."),
        submit=gettext("Inhalt löschen"),
        submit_kind="bad",
    )
    context = file_context(request, row, "reports", page.title)
    return ask(request, page, EraseForm(posted(request)), act, context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: Any, project_id: int) -> HttpResponse:
    """Note that somebody must decide something."""
    row = access.find_project(project_id)

    def act(given: dict[str, Any]) -> None:
        actions.ask_decision(row, actions.NewDecision(**given), actor=actor_of(request))

    page = Ask(
        gettext("Entscheidung erbitten"),
        address(request, "reports", row),
        gettext("Die Frage steht jetzt oben bei den Vorhaben."),
        lead=row.title,
    )
    context = file_context(request, row, "reports", page.title)
    return ask(request, page, DecisionNeededForm(posted(request)), act, context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: Any, project_id: int, decision_id: int) -> HttpResponse:
    """Note what was decided."""
    row = access.find_project(project_id)
    found = access.find_decision(row, decision_id)
    known = {one.pk: one for one in queries.list_indicators(row)}
    names = [(pk, one.current.name) for pk, one in known.items() if one.current]

    def act(given: dict[str, Any]) -> None:
        used = [known[pk] for pk in given.pop("used", ())]
        actions.note_decision(found, used=used, actor=actor_of(request), **given)

    page = Ask(
        found.question,
        address(request, "reports", row),
        gettext("Die Entscheidung ist festgehalten."),
        lead=found.why,
    )
    context = file_context(request, row, "reports", gettext("Entscheiden"))
    return ask(request, page, OutcomeForm(posted(request), indicators=names), act, context)


@needs("read")
@require_safe
def portfolio_file(request: Any, month: str, ending: str) -> HttpResponse:
    """Return the report of all projects as a file; writing one takes a moment."""
    first = month_or_404(month)
    return _file(read_portfolio_report(request.tenant, first), f"vorhaben-{month}", ending)


@needs("read")
@require_safe
def project_file(request: Any, project_id: int, month: str, ending: str) -> HttpResponse:
    """Return the report of one project as a file."""
    row = access.find_project(project_id)
    found = read_portfolio_report(request.tenant, month_or_404(month), only=row)
    return _file(found, f"{slugify(row.title)[:40]}-{month}", ending)


def _file(found: Any, name: str, ending: str) -> HttpResponse:
    if ending not in WRITERS:
        raise NotFoundError
    writer, media_type = WRITERS[ending]
    response = HttpResponse(writer(compose(found)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
