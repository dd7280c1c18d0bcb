"""Wakes the services of this process at once; those of other processes notice by polling."""

import threading
from collections import defaultdict

_bells: dict[str, threading.Event] = defaultdict(threading.Event)


def bell(name: str) -> threading.Event:
    """Return the bell a service waits on: ``jobs``, ``events`` or ``live``."""
    return _bells[name]


def wake(name: str) -> None:
    """Ring the bell of a service."""
    _bells[name].set()


def wait(name: str, timeout_s: float) -> None:
    """Sleep until the bell rings, at most so long."""
    if _bells[name].wait(timeout_s):
        _bells[name].clear()
