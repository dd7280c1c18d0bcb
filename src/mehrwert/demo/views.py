"""Doors for people."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base.errors import MehrwertError, NotFoundError
from mehrwert.base.http import actor_of, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.demo import access, actions, presenting, queries, town
from mehrwert.demo.telling import read_telling
from mehrwert.municipalities.models import Tenant

# where a visitor goes on who took a role for something
GOES_ON = {"geschichte": "demo:story", "kommune": "municipalities:find"}


@require_POST
def role(request: HttpRequest) -> HttpResponse:
    """Sign the visitor in as the person of a role and lead to where that person begins."""
    character = actions.take_role(request, request.POST.get("role", ""))
    goes_on = GOES_ON.get(request.POST.get("nach", ""))
    if goes_on:
        return redirect(goes_on)
    return redirect(character.page, mandant=town.SLUG)


@require_safe
def story(request: HttpRequest) -> HttpResponse:
    """Show how far the story of the thirsty trees is, in the town one walks and in a finished one.

    Raises:
        NotFoundError: This is no demo.
    """
    here, there = _auental(), queries.read_story_town()
    told = read_telling(here)
    finished = read_telling(there) if there else None
    context = {
        "steps": presenting.story_steps(told, finished, is_inside=request.user.is_authenticated),
        "here": here,
        "there": there,
        "may_walk": access.may_choose_role(request),
        "is_over": not told.next_step,
    }
    return render_page(request, "demo/story.html", context)


@require_POST
def story_step(request: HttpRequest, key: str) -> HttpResponse:
    """Do the next step as the person whose step it is.

    Raises:
        NotFoundError: This is no demo, or no such step.
        NoRoleByClickError: The visitor does not sit at a running demo.
    """
    here, step = _auental(), actions.find_step(key)
    actions.take_role(request, step.role)
    try:
        actions.take_step(here, key, actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
    else:
        done = gettext("Getan: %(step)s. Sehen Sie sich an, was daraus geworden ist.")
        messages.success(request, done % {"step": gettext(step.title)})
    return redirect(f"{reverse('demo:story')}#{key}")


def _auental() -> Tenant:
    found = queries.read_auental() if settings.MEHRWERT.demo else None
    if found is None:
        raise NotFoundError
    return found
