"""Reads the tables of ``site/wiring.py`` without importing the roof: names are resolved late."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Timed:
    """One entry of the timetable: every so many seconds, or daily at an hour of Europe/Berlin."""

    name: str
    task: str
    title: str
    every_s: int = 0
    daily_at: str = ""


def table(name: str, default: Any = None) -> Any:
    """Return one table of the wiring."""
    dotted = settings.MEHRWERT_WIRING
    return getattr(sys.modules.get(dotted) or import_module(dotted), name, default)


@cache
def resolve(dotted: str) -> Any:
    """Return what a dotted name means: a function, a task, a model."""
    return import_string(dotted)


def listeners_of(event_name: str) -> list[str]:
    """Return the dotted names of all listeners of an event, in the order of the table."""
    return list(table("ON_EVENT", {}).get(event_name, ()))


def call(dotted: str) -> Callable[..., Any]:
    """Return a function named by the wiring."""
    found: Callable[..., Any] = resolve(dotted)
    return found
