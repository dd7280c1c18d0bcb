"""Pages of the room: where we stand, what is asked, what changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.provision import access, actions, presenting, queries
from mehrwert.provision.actions import AnswerInput
from mehrwert.provision.choices import STAGE_LABELS
from mehrwert.provision.forms import AnswerForm
from mehrwert.provision.models import PhaseAssessment
from mehrwert.provision.presenting import address
from mehrwert.provision.rules import PHASE_RULES

ON_PAGE = 20
LEAST_PROJECTS = 3


@needs("read")
@require_safe
def overview(request: Any) -> HttpResponse:
    """Show where the municipality stands: three scores, never one label alone."""
    current = queries.assess_now(today=localdate())
    newest = queries.newest_assessment()
    earlier = queries.assessment_before(newest) if newest is not None else None
    scores = presenting.show_scores(request, current.whole)
    asked = [line for score in scores for line in score.lines if line.url]
    context = {
        "crumbs": _crumbs(request),
        "scores": scores,
        "label": presenting.label_of(current.whole.label),
        "asked": asked,
        "n_open": sum(not line.is_known for line in asked),
        "fields": presenting.show_fields(current.fields),
        "tensions": presenting.show_tension_lines(queries.read_tensions(current.tensions)),
        "alike": presenting.show_alike(queries.list_comparison_group(request.tenant)),
        "traits": presenting.trait_labels(),
        "is_small": current.n_projects < LEAST_PROJECTS,
        "is_empty": not current.whole.known and current.n_projects == 0,
        "newest": newest,
        "changes": _changes(earlier, newest),
        "version": PHASE_RULES.version,
        "urls": {name: address(request, name) for name in ("csv", "store", "history")},
    }
    return render_page(request, "provision/overview.html", context)


def _crumbs(request: Any, last: str = "") -> list[tuple[str, str]]:
    """Return the way here: projects, phase, and the page below."""
    projects = reverse("portfolio:list", kwargs={"mandant": request.tenant.slug})
    way = [
        (gettext("Vorhaben"), projects),
        (gettext("Phase"), address(request, "overview") if last else ""),
    ]
    return [*way, (last, "")] if last else way


def _changes(
    before: PhaseAssessment | None, after: PhaseAssessment | None
) -> list[presenting.DifferenceShown]:
    if before is None or after is None:
        return []
    return presenting.show_differences(queries.list_differences(before, after))


@needs("read")
@require_safe
def values_csv(request: HttpRequest) -> HttpResponse:
    """Give every indicator with value, source and what was counted."""
    current = queries.assess_now(today=localdate())
    head = [
        *(gettext("Kennung"), gettext("Bereich"), gettext("Aussage"), gettext("Gemessen wird")),
        *(gettext("Stand"), gettext("Wertung"), gettext("Herkunft"), gettext("Pflichtschritt")),
        gettext("Regelwerk"),
    ]
    shown = [
        (line.indicator.stage, presenting.show_line(request, line)) for line in current.whole.lines
    ]
    rows = (
        [
            line.key,
            gettext(STAGE_LABELS[stage]),
            line.statement,
            line.measured,
            line.found or gettext("unbekannt"),
            line.grade,
            line.source,
            gettext("ja") if line.is_gate else "",
            PHASE_RULES.version,
        ]
        for stage, line in shown
    )
    return csv_response(request, "phase.csv", head, rows)


@needs("decide")
@require_POST
def store(request: HttpRequest) -> HttpResponse:
    """Keep today's state, so that later changes can be explained."""
    before = queries.newest_assessment()
    row = actions.store_assessment(today=localdate(), actor=actor_of(request))
    if before is not None and before.pk == row.pk:
        messages.info(request, gettext("Seit dem letzten Stand hat sich nichts geändert."))
    else:
        messages.success(request, gettext("Der Stand von heute ist festgehalten."))
    return redirect(address(request, "overview"))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Any, key: str) -> HttpResponse:
    """Answer one question, with or without a document."""
    indicator = access.find_question(key)
    given = queries.read_answers().get(key)
    initial = {
        "answer": str(given.halves) if given else "",
        "document_title": given.document_title if given else "",
        "document_on": given.document_on if given else None,
        "document_url": given.document_url if given else "",
    }
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, initial=initial, indicator=indicator)
    if data is not None and form.is_valid():
        told = form.cleaned_data
        answer = AnswerInput(
            halves=told["answer"],
            document_title=told["document_title"],
            document_url=told["document_url"],
            document_on=told["document_on"],
        )
        try:
            actions.answer_question(indicator, answer, today=localdate(), actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Die Antwort ist gespeichert."))
            return redirect(address(request, "overview"))
    context = {
        "crumbs": _crumbs(request, gettext(indicator.statement)),
        "indicator": indicator,
        "statement": gettext(indicator.statement),
        "asked": gettext(indicator.measured),
        "needs_document": "S" not in indicator.sources,
        "form": form,
        "cancel_url": address(request, "overview"),
    }
    return render_page(request, "provision/question.html", context, 422 if form.errors else 200)


@needs("read")
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """List the stored assessments."""
    page = paginate(request, queries.list_assessments(), size=ON_PAGE)
    lines = [
        {
            "row": row,
            "label": presenting.label_of(row.label),
            "url": address(request, "assessment", assessment_id=row.pk),
        }
        for row in page.items
    ]
    context = {
        "crumbs": _crumbs(request, gettext("Festgehaltene Stände")),
        "page": page,
        "lines": lines,
    }
    return render_page(request, "provision/history.html", context)


@needs("read")
@require_safe
def assessment(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Show one stored assessment and why it differs from the one before."""
    row = access.find_assessment(assessment_id)
    context = {
        "crumbs": _crumbs(request, presenting.label_of(row.label)),
        "row": row,
        "label": presenting.label_of(row.label),
        "scores": presenting.show_stored_scores(row.record),
        "is_first": queries.assessment_before(row) is None,
        "changes": _changes(queries.assessment_before(row), row),
    }
    return render_page(request, "provision/assessment.html", context)
