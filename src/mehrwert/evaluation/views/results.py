"""Filing the result, releasing the finding, looking back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.base.errors import ForbiddenError, MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.evaluation import access, actions, presenting, queries
from mehrwert.evaluation.actions import ResultInput
from mehrwert.evaluation.choices import B_CODES, QUESTIONS, ROLE_LABELS, VOICE_OF
from mehrwert.evaluation.forms import ReflectionForm, ResultForm, WithdrawalForm
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.rules import dispersion
from mehrwert.evaluation.views.common import address, crumbs, posted, to
from mehrwert.evaluation.views.evaluations import plan_facts
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


@needs("read")
@require_http_methods(["GET", "HEAD", "POST"])
def reflection(request: Any, evaluation_id: int) -> HttpResponse:
    """Look back on one page: what was planned, what came out, what we make of it.

    Whoever edits data invites others by the address of this page; each speaks for the own role.
    """
    row = access.find_evaluation(evaluation_id)
    roles = _voices_of(request)
    if request.method == "POST" and not roles:
        raise ForbiddenError
    plan, estimate = queries.plan_of(row), queries.newest_estimate(row)
    answers = queries.list_answers(row)
    asked = request.GET.get("rolle", "")
    role = asked if asked in roles else next(iter(roles), "")
    initial: dict[str, Any] = {"role": role}
    for answer in answers:
        if answer.role == role:
            initial |= {answer.question: answer.text, f"{answer.question}_code": answer.code}
    form = ReflectionForm(posted(request), roles=roles, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = (form.cleaned_data["role"], form.answers())
        try:
            actions.answer_questions(row, *given, actor=actor_of(request))
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Die Antworten sind gespeichert."))
            return to(request, "reflection", row)
    context = {
        "crumbs": crumbs(request, row, gettext("Rückschau")),
        "row": row,
        "facts": plan_facts(plan),
        "shown": presenting.show(row, plan, estimate) if estimate else None,
        "form": form if roles else None,
        "roles": [
            {
                "label": gettext(ROLE_LABELS[one]),
                "url": f"?rolle={one}",
                "is_chosen": one == role,
                "has_said": any(answer.role == one for answer in answers),
            }
            for one in roles
        ],
        "may_invite": request.can("edit_data"),
        "here": request.build_absolute_uri(request.path),
        "voices": voices(row),
        "json_url": address(request, "answers_json", row),
    }
    return render_page(request, "evaluation/reflection.html", context, 422 if form.errors else 200)


def _voices_of(request: Any) -> tuple[str, ...]:
    """Return the roles somebody may speak for."""
    if request.can("edit_data"):
        return tuple(ROLE_LABELS)
    return VOICE_OF.get(request.membership.role, ())


def voices(row: Evaluation) -> list[dict[str, Any]]:
    """Return who said what, by question; disagreement is said in words (EVI-32)."""
    found: dict[str, list[dict[str, str]]] = {}
    codes: dict[str, list[str]] = {}
    for answer in queries.list_answers(row):
        words = dict(B_CODES.get(answer.question, ())).get(answer.code, "")
        said = {
            "role": gettext(ROLE_LABELS[answer.role]),
            "code": gettext(words) if words else "",
            "text": answer.text,
        }
        found.setdefault(answer.question, []).append(said)
        if answer.code:
            codes.setdefault(answer.question, []).append(answer.code)
    return [
        {
            "id": question,
            "question": gettext(QUESTIONS[question][0]),
            "said": said,
            "is_split": (dispersion(codes.get(question, ())) or 0) > 0,
            "dispersion": dispersion(codes.get(question, ())),
            "n_codes": len(codes.get(question, ())),
        }
        for question, said in found.items()
    ]
