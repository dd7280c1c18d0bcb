"""One view serves the page and its fragment: htmx asks for a part, an opened address for all."""

import contextvars
import itertools
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar, cast

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from mehrwert.base.actor import ANONYMOUS, Actor


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


# what a spreadsheet runs as a formula begins so; a number with its sign may
RISKY = frozenset("=+-@\t\r")
NUMBER = re.compile(r"[+-]?[0-9.,]*[0-9](?:[eE][+-]?[0-9]+)?")
NEEDS_QUOTES = re.compile('[;"\\r\\n]')
V = TypeVar("V", bound=Callable[..., Any])


def needs(*capabilities: str) -> Callable[[V], V]:
    """Say what a reader must be allowed to open a page; of several, one suffices.

    Every view whose route has ``<mandant>`` carries this mark. The middleware of the room
    ``municipalities`` enforces it, sets ``request.tenant`` and ``request.can`` and takes
    ``mandant`` out of the arguments. A page of one town without the mark is refused. Views
    without ``<mandant>`` may carry ``needs("operate")``: for whoever runs the installation.
    """

    def mark_view(view: V) -> V:
        view.needs = capabilities  # type: ignore[attr-defined]
        return view

    return mark_view


def actor_of(request: HttpRequest) -> Actor:
    """Return who is signed in, as the audit names them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    return Actor("user", int(user.pk), str(user))


def csv_response(
    request: HttpRequest, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Stream a table as CSV that spreadsheets in German offices open rightly.

    Semicolons, UTF-8 with mark; a cell that a spreadsheet would take for a formula is disarmed.
    Numbers with a fraction get a decimal comma, None is an empty cell.
    """

    def lines() -> Iterator[str]:
        yield "\ufeff"
        for row in itertools.chain([head], rows):
            yield ";".join(_cell(value) for value in row) + "\r\n"

    kept = in_this_context(lines())
    given = in_chunks(kept) if isinstance(request, ASGIRequest) else kept
    response = StreamingHttpResponse(given, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast(HttpResponse, response)


def rounded(value: float | Decimal, places: int = 2) -> Decimal:
    """Return a number as a cell of ``csv_response`` with that many places."""
    return Decimal(f"{value:.{places}f}")


def in_this_context(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines under the tenant and in the language of now; a server takes them later."""
    take = partial(contextvars.copy_context().run, next, lines, None)
    return iter(take, None)


async def in_chunks(lines: Iterator[str], size: int = 500) -> AsyncIterator[str]:
    """Yield lines of a plain iterator to an asynchronous server, in constant memory."""

    def take() -> str:
        return "".join(itertools.islice(lines, size))

    while chunk := await sync_to_async(take)():
        yield chunk


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    if isinstance(value, float | Decimal):
        text = text.replace(".", ",")
    if text[:1] in RISKY and not NUMBER.fullmatch(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text
