"""Looking back and ahead on one page: what was planned, what came out, what we make of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mehrwert.base.errors import ForbiddenError, MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.evaluation import access, actions, presenting, queries
from mehrwert.evaluation.choices import (
    AHEAD,
    CODES,
    MOMENT_LABELS,
    QUESTIONS,
    ROLE_LABELS,
    VOICE_OF,
    Moment,
)
from mehrwert.evaluation.forms import ReflectionForm, VoiceForm
from mehrwert.evaluation.models import Answer, Evaluation
from mehrwert.evaluation.presenting import due_lines
from mehrwert.evaluation.rules import dispersion
from mehrwert.evaluation.views.common import address, crumbs, posted
from mehrwert.evaluation.views.evaluations import plan_facts
from mehrwert.evaluation.views.inviting import invited_lines


@needs("read")
@require_http_methods(["GET", "HEAD", "POST"])
def reflection(request: Any, evaluation_id: int) -> HttpResponse:
    """Ask one role at one moment (PF-122) and show who said what.

    Whoever edits data invites others by the address of this page; each speaks for the own role.
    """
    row = access.find_evaluation(evaluation_id)
    roles = _voices_of(request)
    if request.method == "POST" and not roles:
        raise ForbiddenError
    moment = _moment(request)
    role = _role(request, roles)
    answers = queries.list_answers(row)
    form = ReflectionForm(
        posted(request),
        roles=roles,
        moment=moment,
        wider=queries.has_wider_questions(request.tenant),
        initial={"role": role, **_said_before(answers, role, moment)},
    )
    if request.method == "POST" and form.is_valid() and _save(request, row, form, moment):
        return redirect(_here(request, row, form.cleaned_data["role"], moment))
    return render_page(
        request,
        "evaluation/reflection.html",
        {
            **_facts(request, row),
            "form": form if roles else None,
            "moment": gettext(MOMENT_LABELS[moment]),
            "is_start": moment == Moment.START,
            "moments": _moments(request, row, role, moment),
            "roles": _roles(request, row, answers, (roles, role, moment)),
            "voices": voices(answers, moment),
        },
        422 if form.errors else 200,
    )


def _facts(request: Any, row: Evaluation) -> dict[str, Any]:
    plan, estimate = queries.plan_of(row), queries.newest_estimate(row)
    return {
        "crumbs": crumbs(request, row, gettext("Rückschau")),
        "row": row,
        "facts": plan_facts(plan),
        "shown": presenting.show(row, plan, estimate) if estimate else None,
        "may_invite": request.can("edit_data"),
        "here": request.build_absolute_uri(),
        "invited": invited_lines(request, row),
        "voice_link": request.session.pop("voice_link", ""),
        "voice_form": VoiceForm(),
        "invite_url": address(request, "invite", row),
        "agreement_url": address(request, "agreement"),
        "json_url": address(request, "answers_json", row),
        "ods_url": address(request, "answers_ods", row),
    }


def _save(request: Any, row: Evaluation, form: ReflectionForm, moment: str) -> bool:
    role = form.cleaned_data["role"]
    actor = actor_of(request)
    try:
        actions.answer_questions(row, role, form.answers(), moment=moment, actor=actor)
    except MehrwertError as error:
        form.add_error(None, sentence_of(error))
        return False
    messages.success(request, gettext("Die Antworten sind gespeichert."))
    return True


def _moment(request: HttpRequest) -> str:
    asked = request.GET.get("anlass", "")
    return asked if asked in MOMENT_LABELS else Moment.END.value


def _role(request: HttpRequest, roles: Sequence[str]) -> str:
    asked = request.GET.get("rolle", "")
    return asked if asked in roles else next(iter(roles), "")


def _here(request: HttpRequest, row: Evaluation, role: str, moment: str) -> str:
    """Return the address of the page for a role and a moment."""
    return f"{address(request, 'reflection', row)}?anlass={moment}&rolle={role}"


def _said_before(answers: Sequence[Answer], role: str, moment: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for answer in answers:
        if (answer.role, answer.moment, answer.voice_id) == (role, moment, None):
            found |= {answer.question: answer.text, f"{answer.question}_code": answer.code}
    return found


def _moments(request: HttpRequest, row: Evaluation, role: str, moment: str) -> list[dict[str, Any]]:
    return [
        {**line, "url": _here(request, row, role, line["key"]), "is_chosen": line["key"] == moment}
        for line in due_lines(queries.list_moments(row))
    ]


def _roles(
    request: HttpRequest,
    row: Evaluation,
    answers: Sequence[Answer],
    chosen: tuple[Sequence[str], str, str],
) -> list[dict[str, Any]]:
    roles, role, moment = chosen
    said = {one.role for one in answers if one.moment == moment and one.voice_id is None}
    return [
        {
            "label": gettext(ROLE_LABELS[one]),
            "url": _here(request, row, one, moment),
            "is_chosen": one == role,
            "has_said": one in said,
        }
        for one in roles
    ]


def _voices_of(request: Any) -> tuple[str, ...]:
    """Return the roles somebody may speak for."""
    if request.can("edit_data"):
        return tuple(ROLE_LABELS)
    return VOICE_OF.get(request.membership.role, ())


def voices(answers: Sequence[Answer], moment: str = Moment.END.value) -> list[dict[str, Any]]:
    """Return who said what at a moment, by question; disagreement is said in words (EVI-32)."""
    found: dict[str, list[dict[str, str]]] = {}
    codes: dict[str, list[str]] = {}
    for answer in (one for one in answers if one.moment == moment):
        words = dict(CODES.get(answer.question, ())).get(answer.code, "")
        said = {
            "role": _speaker(answer),
            "code": gettext(words) if words else "",
            "text": answer.text,
        }
        found.setdefault(answer.question, []).append(said)
        if answer.code:
            codes.setdefault(answer.question, []).append(answer.code)
    ahead: Mapping[str, str] = AHEAD if moment == Moment.START else {}
    return [
        {
            "id": question,
            "question": gettext(ahead.get(question, QUESTIONS[question][0])),
            "said": said,
            "is_split": (dispersion(codes.get(question, ())) or 0) > 0,
            "dispersion": dispersion(codes.get(question, ())),
            "n_codes": len(codes.get(question, ())),
        }
        for question, said in found.items()
    ]


def _speaker(answer: Answer) -> str:
    """Return for which role somebody speaks; by invitation, which office was asked."""
    role = gettext(ROLE_LABELS[answer.role])
    if answer.voice is None:
        return role
    return gettext("%(role)s, eingeladen: %(label)s") % {"role": role, "label": answer.voice.label}
