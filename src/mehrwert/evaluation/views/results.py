"""Filing the result, releasing the finding, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.evaluation import access, actions, presenting, queries
from mehrwert.evaluation.actions import ResultInput
from mehrwert.evaluation.forms import ResultForm, WithdrawalForm
from mehrwert.evaluation.views.common import address, crumbs, posted, to
from mehrwert.evidence.access import find_finding_of
from mehrwert.evidence.actions import release_finding, withdraw_finding


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def file_result(request: Any, evaluation_id: int) -> HttpResponse:
    """File what came out; the numbers come from the estimate."""
    row = access.find_evaluation(evaluation_id)
    estimate = queries.newest_estimate(row)
    result = queries.read_result(row)
    initial = {"reason": result.reason, "deviations": result.deviations} if result else {}
    form = ResultForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = ResultInput(
            form.cleaned_data["not_measurable"],
            form.cleaned_data["reason"],
            form.cleaned_data["deviations"],
        )
        try:
            actions.file_result(row, given, actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            text = gettext("Das Ergebnis ist gemeldet. Der Befund wartet auf Freigabe.")
            messages.success(request, text)
            return to(request, "evaluation", row)
    shown = presenting.show(row, queries.plan_of(row), estimate) if estimate else None
    context = {
        "crumbs": crumbs(request, row, gettext("Ergebnis melden")),
        "row": row,
        "form": form,
        "shown": shown,
        "cancel_url": address(request, "evaluation", row),
    }
    return render_page(request, "evaluation/result.html", context, 422 if form.errors else 200)


@needs("decide")
@require_POST
def release(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Make the finding public."""
    row = access.find_evaluation(evaluation_id)
    finding = find_finding_of(row.reference)
    if finding is None:
        messages.error(request, gettext("Es gibt noch keinen Befund."))
        return to(request, "evaluation", row)
    try:
        release_finding(finding, actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Der Befund ist öffentlich."))
    return to(request, "evaluation", row)


@needs("decide")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Any, evaluation_id: int) -> HttpResponse:
    """Take a public finding back, with a reason that everybody can read."""
    row = access.find_evaluation(evaluation_id)
    finding = find_finding_of(row.reference)
    if finding is None:
        messages.error(request, gettext("Es gibt noch keinen Befund."))
        return to(request, "evaluation", row)
    form = WithdrawalForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_finding(finding, reason=form.cleaned_data["reason"], actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            text = gettext("Der Befund ist zurückgezogen. Die Zusammenfassung ist neu gerechnet.")
            messages.success(request, text)
            return to(request, "evaluation", row)
    context = {
        "crumbs": crumbs(request, row, gettext("Befund zurückziehen")),
        "row": row,
        "form": form,
        "cancel_url": address(request, "evaluation", row),
    }
    return render_page(request, "evaluation/withdraw.html", context, 422 if form.errors else 200)
