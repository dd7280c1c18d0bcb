"""The page of somebody who answers by invitation, without an account (EVI-32)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mehrwert.base.clock import from_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation import access, actions, presenting, queries
from mehrwert.evaluation.choices import MOMENT_LABELS, ROLE_LABELS, Moment
from mehrwert.evaluation.forms import ReflectionForm
from mehrwert.evaluation.models import Voice
from mehrwert.evaluation.views.common import posted
from mehrwert.evaluation.views.evaluations import plan_facts
from mehrwert.municipalities.queries import read_tenant_by_id


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: Any, token: str) -> HttpResponse:
    """Ask what one role thinks; whoever has the link speaks for that role and sees nothing else."""
    found = access.find_voice_by_link(token)
    with tenant_scope(found.tenant_id):
        form = ReflectionForm(
            posted(request),
            roles=(found.role,),
            moment=found.moment,
            initial={"role": found.role, **_said(found)},
        )
        if request.method == "POST" and form.is_valid():
            try:
                actions.answer_by_voice(found, form.answers())
            except MehrwertError as error:
                form.add_error(None, sentence_of(error))
            else:
                messages.success(request, gettext("Danke. Ihre Antworten sind angekommen."))
                return redirect(request.path)
        response = _page(request, found, form)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(request: Any, found: Voice, form: ReflectionForm) -> HttpResponse:
    row = found.evaluation
    plan, estimate = queries.plan_of(row), queries.newest_estimate(row)
    context = {
        "crumbs": [(gettext("Rückschau"), "")],
        "row": row,
        "town": read_tenant_by_id(row.tenant_id).name,
        "role": gettext(ROLE_LABELS[found.role]),
        "moment": gettext(MOMENT_LABELS[found.moment]),
        "is_start": found.moment == Moment.START,
        "until": from_us(found.expires_us),
        "facts": plan_facts(plan),
        "shown": presenting.show(row, plan, estimate) if estimate else None,
        "form": form,
    }
    return render_page(request, "evaluation/voice.html", context, 422 if form.errors else 200)


def _said(voice: Voice) -> dict[str, str]:
    found: dict[str, str] = {}
    for answer in queries.list_answers_by(voice):
        found |= {answer.question: answer.text, f"{answer.question}_code": answer.code}
    return found
