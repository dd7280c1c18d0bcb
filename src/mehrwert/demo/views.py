"""Doors for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from mehrwert.demo import actions, town


@require_POST
def role(request: HttpRequest) -> HttpResponse:
    """Sign the visitor in as the person of a role and lead to where that person begins."""
    character = actions.take_role(request, request.POST.get("role", ""))
    return redirect(character.page, mandant=town.SLUG)
