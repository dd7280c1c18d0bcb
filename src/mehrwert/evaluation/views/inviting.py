"""Invitations to the review for people without an account, seen from inside (EVI-32)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs
from mehrwert.base.http_errors import sentence_of
from mehrwert.evaluation import access, actions, queries
from mehrwert.evaluation.choices import MOMENT_LABELS, ROLE_LABELS
from mehrwert.evaluation.forms import VoiceForm
from mehrwert.evaluation.models import Evaluation, Voice
from mehrwert.evaluation.views.common import to


def invited_lines(request: Any, row: Evaluation) -> list[dict[str, Any]]:
    """Return whom the house invited, and where each stands; only for those who may invite."""
    if not request.can("edit_data"):
        return []
    return [
        {
            "voice": one,
            "role": gettext(ROLE_LABELS[one.role]),
            "moment": gettext(MOMENT_LABELS[one.moment]),
            "standing": _standing(one),
            "is_open": one.ended_us is None and one.expires_us > now_us(),
            "end_url": reverse(
                "evaluation:voice_end",
                kwargs={
                    "mandant": request.tenant.slug,
                    "evaluation_id": row.pk,
                    "voice_id": one.pk,
                },
            ),
        }
        for one in queries.list_voices(row)
    ]


def _standing(voice: Voice) -> str:
    if voice.answered_us is not None:
        return gettext("hat geantwortet")
    if voice.ended_us is not None:
        return gettext("Link ungültig gemacht")
    return gettext("abgelaufen") if voice.expires_us <= now_us() else gettext("noch keine Antwort")


@needs("edit_data")
@require_POST
def invite(request: Any, evaluation_id: int) -> HttpResponse:
    """Make a link for somebody without an account; it is shown once."""
    row = access.find_evaluation(evaluation_id)
    form = VoiceForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one[0]) for one in form.errors.values()))
        return to(request, "reflection", row)
    try:
        _voice, secret = actions.invite_voice(row, actor=actor_of(request), **form.cleaned_data)
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
        return to(request, "reflection", row)
    path = reverse("evaluation_open:voice", kwargs={"token": secret})
    request.session["voice_link"] = request.build_absolute_uri(path)
    return to(request, "reflection", row)


@needs("edit_data")
@require_POST
def end(request: Any, evaluation_id: int, voice_id: int) -> HttpResponse:
    """Make a link void."""
    row = access.find_evaluation(evaluation_id)
    actions.end_voice(access.find_voice(row.pk, voice_id), actor=actor_of(request))
    messages.success(request, gettext("Der Link gilt nicht mehr. Was gesagt wurde, bleibt stehen."))
    return to(request, "reflection", row)
