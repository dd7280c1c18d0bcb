"""Doors of webhooks: a key of a municipality lists, creates, changes and takes away its own."""

import json
import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from mehrwert.accounts.queries import KeyGrant, read_key
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us
from mehrwert.base.errors import MehrwertError

from . import actions, queries
from .api import door, page_of
from .choices import Kind
from .errors import Invalid, ProblemError
from .models import Webhook
from .rules import LONGEST, rfc3339
from .rules_webhooks import LEAST_SECRET

MOST_BODY = 10_000
BEARER = "Bearer "


class Row:
    """A webhook as lists are cut: id and time of creation."""

    def __init__(self, hook: Webhook) -> None:
        self.hook = hook
        self.id = str(hook.pk)
        self.created_at: datetime = from_us(hook.created_us)


def grant_of(request: HttpRequest, *, writes: bool) -> KeyGrant:
    """Return the key of a request.

    Raises:
        ProblemError: 401 without a valid key, 403 for one that may not do this.
    """
    raw = request.headers.get("Authorization", "")
    grant = read_key(raw.removeprefix(BEARER)) if raw.startswith(BEARER) else None
    if grant is None:
        raise ProblemError(401, "token authentication failed", "a valid key is needed")
    if not grant.scopes & ({"write"} if writes else {"read", "write"}):
        raise ProblemError(403, "not allowed", "the key may not do this")
    return grant


def actor_of_grant(grant: KeyGrant) -> Actor:
    """Return a key as the audit names it."""
    return Actor("key", grant.key_id, grant.name)


def _told(hook: Webhook) -> dict[str, Any]:
    return {
        "id": str(hook.pk),
        "url": hook.url,
        "createdAt": rfc3339(from_us(hook.created_us)),
        "updatedAt": rfc3339(from_us(hook.changed_us)),
    }


def _body(request: HttpRequest) -> tuple[str, str | None]:
    """Return (address, secret or None where it is not named) of a message.

    Raises:
        ProblemError: 400 for no JSON, 422 with every bad value.
    """
    title = "can't store Webhook"
    try:
        given = json.loads(request.body[:MOST_BODY])
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, title, "invalid or malformed JSON") from error
    if not isinstance(given, dict):
        raise ProblemError(400, title, "invalid or malformed JSON")
    bad = [Invalid(str(k)[:LONGEST], "unknown", "") for k in given if k not in {"url", "secret"}]
    url, secret = given.get("url"), given.get("secret")
    if not isinstance(url, str) or not url or len(url) > LONGEST:
        bad.append(Invalid("url", "required" if not url else "url", str(url or "")[:LONGEST]))
    if secret is not None and (not isinstance(secret, str) or 0 < len(secret) < LEAST_SECRET):
        bad.append(Invalid("secret", "min", ""))
    if bad:
        told = ", ".join(f"{b.field} ({b.rule})" for b in bad)
        raise ProblemError(422, title, f"invalid format: {told}", *bad)
    return str(url), secret


def _refused(error: MehrwertError, url: str) -> ProblemError:
    invalid = Invalid("url", "host", url[:LONGEST])
    return ProblemError(422, "can't store Webhook", str(error), invalid)


def _subject(kind: Kind, identity: str) -> str:
    """Return the id of a subject, empty for all.

    Raises:
        ProblemError: No such subject.
    """
    if not identity:
        return ""
    read = queries.read_software if kind is Kind.SOFTWARE else queries.read_publisher
    found = read(identity)
    if found is None:
        raise ProblemError(404, "can't find resource", "resource was not found")
    return found.id


@door("GET", "HEAD", "POST")
def webhooks(request: HttpRequest, kind: str, identity: str = "") -> HttpResponse:
    """List the webhooks of a key's municipality for one subject or all; create one."""
    grant = grant_of(request, writes=request.method == "POST")
    of = Kind(kind)
    subject = _subject(of, identity)
    if request.method == "POST":
        url, secret = _body(request)
        try:
            hook = actions.create_webhook(
                grant.tenant_id,
                of,
                subject,
                url=url,
                secret=secret or "",
                actor=actor_of_grant(grant),
            )
        except MehrwertError as error:
            raise _refused(error, url) from error
        return JsonResponse(_told(hook))
    rows = [Row(hook) for hook in queries.list_webhooks(grant.tenant_id, of, subject)]
    return page_of(request, rows, lambda row: _told(row.hook))


@door("GET", "HEAD", "PATCH", "DELETE")
def webhook(request: HttpRequest, identity: str) -> HttpResponse:
    """Show, change or take away one webhook of a key's municipality."""
    grant = grant_of(request, writes=request.method in {"PATCH", "DELETE"})
    hook = _found(grant, identity)
    if request.method == "DELETE":
        actions.delete_webhook(hook, actor=actor_of_grant(grant))
        return HttpResponse(status=204)
    if request.method == "PATCH":
        url, secret = _body(request)
        try:
            actions.change_webhook(hook, url=url, secret=secret, actor=actor_of_grant(grant))
        except MehrwertError as error:
            raise _refused(error, url) from error
    return JsonResponse(_told(hook))


@door("GET", "HEAD")
def deliveries(request: HttpRequest, identity: str) -> HttpResponse:
    """Show the newest deliveries of a webhook (an addition of ours)."""
    hook = _found(grant_of(request, writes=False), identity)
    told = [
        {
            "event": row.change,
            "subject": row.subject,
            "state": row.state,
            "tries": row.tries,
            "status": row.last_status,
            "error": row.last_error or None,
            "createdAt": rfc3339(from_us(row.created_us)),
        }
        for row in queries.list_deliveries(hook)
    ]
    return JsonResponse({"data": told, "links": {"prev": None, "next": None}})


def _found(grant: KeyGrant, identity: str) -> Webhook:
    try:
        key = uuid.UUID(identity)
    except ValueError as error:
        raise ProblemError(404, "can't get Webhook", "Webhook was not found") from error
    hook = queries.read_webhook(grant.tenant_id, key)
    if hook is None:
        raise ProblemError(404, "can't get Webhook", "Webhook was not found")
    return hook
