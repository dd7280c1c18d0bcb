"""One view serves the page and its fragment: htmx asks for a part, an opened address for all."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def is_fragment(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of the page (not for the whole after a missed history)."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
    *,
    fragment: str = "",
) -> HttpResponse:
    """Render a page, or only ``fragment`` when htmx asks.

    Args:
        request: The request.
        template: A page that extends ``base/page.html``.
        context: Values of the page.
        status: 422 for a form with errors, so that htmx swaps it too.
        fragment: Template of the part that htmx swaps; empty means the page has no part of its own.
    """
    chosen = fragment if fragment and is_fragment(request) else template
    response = render(request, chosen, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


V = TypeVar("V", bound=Callable[..., Any])


def needs(capability: str) -> Callable[[V], V]:
    """Say what a reader must be allowed to open a page.

    Every view whose route has ``<mandant>`` carries this mark. The middleware of the room
    ``municipalities`` enforces it, sets ``request.tenant`` and ``request.can`` and takes
    ``mandant`` out of the arguments. A page of one town without the mark is refused. Views
    without ``<mandant>`` may carry ``needs("operate")``: for whoever runs the installation.
    """

    def mark_view(view: V) -> V:
        view.needs = capability  # type: ignore[attr-defined]
        return view

    return mark_view
