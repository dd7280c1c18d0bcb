"""Addresses and numbers that every page of the room writes the same."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from mehrwert.figures.text import number


def address(request: Any, name: str, **more: Any) -> str:
    """Return the address of a page of the room in this municipality."""
    return reverse(f"provision:{name}", kwargs={"mandant": request.tenant.slug, **more})


def shown_number(value: float, places: int = 0) -> str:
    """Return a number in the reader's language."""
    return number(value, places, language=get_language() or "de")
