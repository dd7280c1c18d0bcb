"""Who writes from a page. What a role allows ``municipalities`` decided before a view runs."""

from typing import Any

from django.http import HttpRequest

from mehrwert.base.actor import ANONYMOUS, Actor
from mehrwert.observations.recording.types import WriteContext


def tenant_of(request: HttpRequest) -> Any:
    """Return the municipality of the address; the middleware of ``municipalities`` set it."""
    return request.tenant  # type: ignore[attr-defined]


def actor_of(request: HttpRequest) -> Actor:
    """Return who is signed in, as the audit names them."""
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    return Actor("user", int(user.pk), str(user))


def context_of(request: HttpRequest, door: str = "pages") -> WriteContext:
    """Return who writes into which municipality through a page.

    Args:
        request: A request that passed the middleware of ``municipalities``.
        door: Short word for events and logs.
    """
    return WriteContext(tenant_of(request).pk, door, actor_of(request))
