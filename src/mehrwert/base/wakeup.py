"""Wakes the services of this process at once; those of other processes notice by polling."""

import threading
from collections import defaultdict

from django.conf import settings
from django.db import close_old_connections

_bells: dict[str, threading.Event] = defaultdict(threading.Event)


def bell(name: str) -> threading.Event:
    """Return the bell a service waits on: ``jobs``, ``events`` or ``live``."""
    return _bells[name]


def wake(name: str) -> None:
    """Ring the bell of a service."""
    _bells[name].set()


def give_connections_back() -> None:
    """Let others of this process have the connection to PostgreSQL while this thread sleeps.

    The pool is smaller than the number of services: sleepers that keep theirs make pages wait.
    """
    if settings.ONE_DATABASE:
        close_old_connections()


def wait(name: str, timeout_s: float) -> None:
    """Sleep until the bell rings, at most so long; without a connection to PostgreSQL."""
    give_connections_back()
    if _bells[name].wait(timeout_s):
        _bells[name].clear()
