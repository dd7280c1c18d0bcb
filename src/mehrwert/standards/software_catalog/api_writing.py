"""The door of one software: everybody reads, a key of its owner writes (CAT-718)."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from mehrwert.base.errors import BadPatchError, MehrwertError, PatchTestError
from mehrwert.base.json_patch import apply_patch
from mehrwert.municipalities.queries import read_tenant_by_id

from . import actions, queries
from .api import door, software_told
from .api_webhooks import actor_of_grant, grant_of
from .errors import ProblemError
from .rules_writing import TITLE, check_software, merge_patch

MOST_BODY = 200_000
MERGE, OPERATIONS = "application/merge-patch+json", "application/json-patch+json"
ALLOWED = frozenset({"add", "remove", "replace", "test"})


@door("GET", "HEAD", "PATCH")
def software(request: HttpRequest, identity: str) -> HttpResponse:
    """Return one software; PATCH by a key of its owner changes url and what stands beside."""
    if request.method == "PATCH":
        _write(request, identity)
    return JsonResponse(software_told(identity))


def _write(request: HttpRequest, identity: str) -> None:
    grant = grant_of(request, writes=True)
    found = queries.read_software(identity)
    if found is None:
        raise ProblemError(404, TITLE, "Software was not found")
    tenant = read_tenant_by_id(grant.tenant_id)
    if found.solution.owner_tenant_id != tenant.pk:
        raise ProblemError(403, TITLE, "the key belongs to another owner")
    told = check_software(_changed(request, _document(found)))
    try:
        actions.write_software(found.solution, tenant, told, actor=actor_of_grant(grant))
    except MehrwertError as error:
        raise ProblemError(409, TITLE, str(error)) from error


def _document(found: queries.Software) -> dict[str, Any]:
    """Return what may be written, as it stands."""
    record = found.record
    return {
        "url": found.url,
        "active": found.is_active,
        "aliases": list(record.aliases) if record else [],
        "vitality": record.vitality if record else "",
        "analysis": dict(record.analysis) if record else {},
    }


def _changed(request: HttpRequest, document: dict[str, Any]) -> Any:
    """Return the document after the patch of the message.

    Raises:
        ProblemError: 400 no JSON, 409 a test fails, 415 another kind of message, 422 no such place.
    """
    kind = (request.content_type or "").lower()
    if kind not in {MERGE, OPERATIONS, "application/json"}:
        raise ProblemError(415, TITLE, f"send {MERGE} or {OPERATIONS}")
    try:
        given = json.loads(request.body[:MOST_BODY])
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, TITLE, "invalid or malformed JSON") from error
    if kind != OPERATIONS:
        if not isinstance(given, dict):
            raise ProblemError(400, TITLE, "a merge patch is an object")
        return merge_patch(document, given)
    try:
        if isinstance(given, list):
            for one in given:
                if isinstance(one, dict) and one.get("op") not in ALLOWED:
                    raise BadPatchError(operation=str(one.get("op"))[:60])
        return apply_patch(document, given)
    except PatchTestError as error:
        raise ProblemError(409, TITLE, "a test does not hold; nothing was changed") from error
    except BadPatchError as error:
        raise ProblemError(422, TITLE, "an operation cannot be done; nothing changed") from error
