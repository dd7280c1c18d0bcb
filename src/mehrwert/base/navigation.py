"""Entries of the navigation and the links that follow from them. The table stands in the wiring."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One place people go to; left out while its room is not installed.

    Args:
        key: Stable name; a page says ``nav="data"`` to light it up.
        label: Marked German text.
        url_name: Django's name of the page.
        room: App label that owns it.
        needs: Capability without which the entry is not shown, empty for everybody.
        kwargs: Arguments of the address besides the slug of the municipality.
        hint: What there is to do, for lists with room for a sentence.
    """

    key: str
    label: str
    url_name: str
    room: str = ""
    needs: str = ""
    kwargs: dict[str, str] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry with its address for this reader."""

    key: str
    label: str
    url: str
    is_current: bool
    hint: str = ""


def wiring() -> ModuleType:
    """Return the table module, read late so that ``base`` knows no room above."""
    return import_module(settings.MEHRWERT_WIRING)


def address(entry: NavEntry, slug: str) -> str:
    """Return the address of an entry, empty when its room or a slug is missing."""
    attempts = [{**entry.kwargs, "mandant": slug}] if slug else []
    for kwargs in (*attempts, entry.kwargs):
        try:
            return reverse(entry.url_name, kwargs=kwargs or None)
        except NoReverseMatch:
            continue
    return ""


def links(entries: Iterable[NavEntry], request: HttpRequest, slug: str) -> list[NavLink]:
    """Return the links of a table that this reader may follow."""
    match = request.resolver_match
    name = match.view_name if match else ""
    room = (match.namespace if match else "").split(":")[0]
    found = [
        (entry, url)
        for entry in entries
        if _may(request, entry.needs)
        if (url := address(entry, slug))
    ]
    exact = {entry.key for entry, _ in found if entry.url_name == name}
    current = exact or {entry.key for entry, _ in found if room and entry.room == room}
    forced = getattr(request, "nav_key", "")
    return [
        NavLink(
            e.key,
            gettext(e.label),
            url,
            e.key == forced if forced else e.key in current,
            gettext(e.hint) if e.hint else "",
        )
        for e, url in found
    ]


def _may(request: HttpRequest, capability: str) -> bool:
    """Say whether an entry is for this reader; who operates does so from every page."""
    if not capability:
        return True
    if capability == "operate":
        return bool(getattr(getattr(request, "user", None), "is_operator", False))
    can: Any = getattr(request, "can", None)
    return can is not None and bool(can(capability))
