"""The door to which a repository sends its history by itself, with a key of the municipality."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mehrwert.accounts.queries import read_key
from mehrwert.base.actor import Actor
from mehrwert.base.errors import ForbiddenError, MehrwertError, NotSignedInError
from mehrwert.base.http_errors import status_of
from mehrwert.catalogue.access import read_own
from mehrwert.connectors.repositories import actions
from mehrwert.connectors.repositories.choices import Way

BEARER = "Bearer "


@csrf_exempt
@require_POST
def hook(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in the history of the repository of an own solution."""
    try:
        raw = request.headers.get("Authorization", "")
        grant = read_key(raw.removeprefix(BEARER)) if raw.startswith(BEARER) else None
        if grant is None:
            raise NotSignedInError
        if "write" not in grant.scopes:
            raise ForbiddenError
        solution = read_own(grant.tenant_id, slug)
        actor = Actor("key", grant.key_id, grant.name)
        row = actions.store_document(solution, request.body, Way.HOOK, actor=actor)
    except MehrwertError as error:
        body = {"code": error.code, "message": str(error)}
        return JsonResponse(body, status=status_of(error))
    return JsonResponse({"read_on": row.figures["read_on"]})
