"""Django checks of the room: no page of a municipality without a guard."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver


@register
def check_routes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every view with ``mandant`` in its address says what its reader needs."""
    return [
        Error(
            f"Die Ansicht {pattern.lookup_str} ({route}) sagt nicht, was man dafür darf.",
            hint="Setzen Sie @needs(…) aus mehrwert.base.http über die Ansicht.",
            id="municipalities.E001",
        )
        for route, pattern in walk_routes(get_resolver())
        if "mandant" in route and not getattr(pattern.callback, "needs", ())
    ]


def walk_routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (whole route, pattern) of every page of the installation."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk_routes(entry, route)
        else:
            yield route, entry
