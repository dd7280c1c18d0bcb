"""Council papers of one evaluation: preview, form, release, files."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.clock import from_us
from mehrwert.base.errors import MehrwertError, NotFoundError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.documents import html as html_writer
from mehrwert.documents.docx import MEDIA_TYPE as DOCX_TYPE
from mehrwert.documents.model import Document
from mehrwert.documents.odt import MEDIA_TYPE as ODT_TYPE
from mehrwert.evaluation import access, actions, house_templates, queries
from mehrwert.evaluation.choices import PAPER_STATE_LABELS, PaperState
from mehrwert.evaluation.council_paper import DraftFile, Times, defects_for_release, oparl_paper
from mehrwert.evaluation.council_paper.finance_form import FinanceForm
from mehrwert.evaluation.council_paper.form import PaperForm, initial_of
from mehrwert.evaluation.models import CouncilPaper
from mehrwert.evaluation.papers import (
    document_of,
    facts_of,
    guard,
    input_of,
    profile_of,
    version_of,
)
from mehrwert.evaluation.views.common import address, crumbs

F = TypeVar("F", bound=PaperForm)


def _pdf(document: Document, _paper: CouncilPaper) -> bytes:
    from mehrwert.documents.pdf import pdf

    return pdf(document)


def _odt(document: Document, paper: CouncilPaper) -> bytes:
    return house_templates.write(document, "odt", paper)


def _docx(document: Document, paper: CouncilPaper) -> bytes:
    return house_templates.write(document, "docx", paper)


def _html(document: Document, _paper: CouncilPaper) -> bytes:
    return html_writer.html(document)


# ending → writer, media type, name for people; ODT and DOCX stand on the paper of the house
WRITERS: dict[str, tuple[Callable[[Document, CouncilPaper], bytes], str, str]] = {
    "pdf": (_pdf, "application/pdf", "PDF"),
    "odt": (_odt, ODT_TYPE, "ODT (LibreOffice)"),
    "docx": (_docx, DOCX_TYPE, "DOCX (Word)"),
    "html": (_html, "text/html; charset=utf-8", "HTML"),
}


def _address(request: Any, name: str, paper: CouncilPaper, **more: str) -> str:
    kwargs = {
        "mandant": request.tenant.slug,
        "evaluation_id": paper.evaluation_id,
        "paper_id": paper.pk,
    }
    return reverse(f"evaluation:{name}", kwargs={**kwargs, **more})


@needs("read")
@require_safe
def paper_list(request: Any, evaluation_id: int) -> HttpResponse:
    """List the papers of an evaluation, newest first."""
    row = access.find_evaluation(evaluation_id)
    papers = [
        {
            "row": paper,
            "state": gettext(PAPER_STATE_LABELS[paper.state]),
            "profile": profile_of(paper).name,
            "number": input_of(paper).number,
            "url": _address(request, "paper", paper),
        }
        for paper in queries.list_papers(row)
    ]
    context = {
        "crumbs": crumbs(request, row, gettext("Ratsvorlage")),
        "row": row,
        "papers": papers,
        "begin_url": address(request, "paper_begin", row),
        "may_edit": request.can("edit_data"),
        "profiles_url": address(request, "profiles"),
    }
    return render_page(request, "evaluation/papers.html", context)


@needs("edit_data")
@require_POST
def begin(request: Any, evaluation_id: int) -> HttpResponse:
    """Begin a paper and show it at once."""
    row = access.find_evaluation(evaluation_id)
    paper = actions.begin_paper(row, actor=actor_of(request))
    return redirect(_address(request, "paper", paper))


@needs("read")
@require_safe
def paper(request: Any, evaluation_id: int, paper_id: int) -> HttpResponse:
    """Show a paper as it will be printed, what is missing, and its files."""
    found = access.find_paper(evaluation_id, paper_id)
    is_draft = found.state == PaperState.DRAFT.value
    missing = defects_for_release(facts_of(found), profile_of(found), guard) if is_draft else []
    written = html_writer.fragment(document_of(found), level=2)
    context = {
        "crumbs": crumbs(request, found.evaluation, gettext("Ratsvorlage")),
        "row": found,
        "title": found.evaluation.title,
        "state": gettext(PAPER_STATE_LABELS[found.state]),
        "is_draft": is_draft,
        "preview": mark_safe(written),  # noqa: S308 - our own writer, every text escaped
        "missing": [gettext(one.sentence) % one.data for one in missing],
        "files": [
            {"label": label, "url": _address(request, "paper_file", found, ending=ending)}
            for ending, (_writer, _type, label) in WRITERS.items()
        ],
        "oparl_url": _address(request, "paper_oparl", found),
        "edit_url": _address(request, "paper_edit", found),
        "finance_url": _address(request, "paper_finance", found),
        "release_url": _address(request, "paper_release", found),
        "may_edit": is_draft and request.can("edit_data"),
        "may_money": is_draft and request.can("money"),
        "may_release": is_draft and request.can("decide"),
    }
    return render_page(request, "evaluation/paper.html", context)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Any, evaluation_id: int, paper_id: int) -> HttpResponse:
    """Change what people add to a paper."""
    found = access.find_paper(evaluation_id, paper_id)
    form = _form(request, found, PaperForm)
    if form.is_bound and form.is_valid():
        indicator = queries.plan_of(found.evaluation).indicator_name
        given, seen = form.to_input(indicator=indicator), form.cleaned_data["seen"]
        try:
            actions.change_paper(found, given, actor=actor_of(request), seen=seen)
        except MehrwertError as error:
            _show_error(request, form, error, found)
        else:
            messages.success(request, gettext("Die Vorlage ist gespeichert."))
            return redirect(_address(request, "paper", found))
    return _form_page(request, found, form, gettext("Ratsvorlage bearbeiten"))


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def finance(request: Any, evaluation_id: int, paper_id: int) -> HttpResponse:
    """Change the money of a paper, and nothing else."""
    found = access.find_paper(evaluation_id, paper_id)
    form = _form(request, found, FinanceForm)
    if form.is_bound and form.is_valid():
        given, seen = form.to_finance(), form.cleaned_data["seen"]
        try:
            actions.change_finance(found, given, actor=actor_of(request), seen=seen)
        except MehrwertError as error:
            _show_error(request, form, error, found)
        else:
            messages.success(request, gettext("Die Zahlen sind gespeichert."))
            return redirect(_address(request, "paper", found))
    return _form_page(request, found, form, gettext("Kosten und Deckung"))


def _form(request: Any, found: CouncilPaper, kind: type[F]) -> F:
    if request.method == "POST":
        return kind(request.POST)
    return kind(initial={**initial_of(input_of(found)), "seen": version_of(found)})


def _show_error(request: Any, form: PaperForm, error: MehrwertError, found: CouncilPaper) -> None:
    """Say what went wrong; whoever saves again after reading it saves over what others typed."""
    form.add_error(None, sentence_of(error))
    data = request.POST.copy()
    data["seen"] = version_of(access.find_paper(found.evaluation_id, found.pk))
    form.data = data


def _form_page(request: Any, found: CouncilPaper, form: PaperForm, title: str) -> HttpResponse:
    context = {
        "crumbs": crumbs(request, found.evaluation, title),
        "title": title,
        "form": form,
        "groups": [
            {"group": one, "fields": own, "open": one.is_open or any(field.errors for field in own)}
            for one, own in form.groups()
        ],
        "cost_rows": form.cost_rows(),
        "back_url": _address(request, "paper", found),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "evaluation/paper_form.html", context, status)


@needs("decide")
@require_POST
def release(request: Any, evaluation_id: int, paper_id: int) -> HttpResponse:
    """Release a paper; from then on it never changes."""
    found = access.find_paper(evaluation_id, paper_id)
    try:
        actions.release_paper(found, actor=actor_of(request), role=str(request.role_label))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Die Vorlage ist freigegeben und bleibt, wie sie ist."))
    return redirect(_address(request, "paper", found))


@needs("read")
@require_safe
def paper_file(
    request: HttpRequest, evaluation_id: int, paper_id: int, ending: str
) -> HttpResponse:
    """Return a paper as a file; writing one takes a fraction of a second."""
    found = access.find_paper(evaluation_id, paper_id)
    if ending not in WRITERS:
        raise NotFoundError
    writer, media_type, _label = WRITERS[ending]
    response = HttpResponse(writer(document_of(found), found), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(found)}.{ending}"'
    return response


@needs("read")
@require_safe
def paper_oparl(request: HttpRequest, evaluation_id: int, paper_id: int) -> HttpResponse:
    """Return the OParl draft; it names no address of the file, which is not public here."""
    found = access.find_paper(evaluation_id, paper_id)
    here = request.build_absolute_uri()
    written = _pdf(document_of(found), found)
    draft = oparl_paper(
        facts_of(found),
        address=here,
        file=DraftFile(f"{_name(found)}.pdf", written),
        times=Times(
            from_us(found.created_us), from_us(found.released_us) if found.released_us else None
        ),
    )
    response = JsonResponse(draft, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{_name(found)}.oparl.json"'
    return response


def _name(paper: CouncilPaper) -> str:
    number = input_of(paper).number.replace("/", "-")
    plain = "".join(sign for sign in number if sign.isascii() and (sign.isalnum() or sign in "-_"))
    return f"vorlage-{plain or paper.pk}"
