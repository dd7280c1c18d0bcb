"""The workers of this process: one for what arrives, one for trying codecs out.

Trying a codec never delays messages: whoever uploads an endless loop waits for it alone.
"""

import threading

from .sandbox import Sandbox

_lock = threading.Lock()
_sandboxes: dict[str, Sandbox] = {}


def shared_sandbox() -> Sandbox:
    """Return the worker that decodes messages."""
    return _named("messages")


def trial_sandbox() -> Sandbox:
    """Return the worker in which codecs are tried."""
    return _named("trial")


def stop_sandboxes() -> None:
    """End the workers of this process."""
    with _lock:
        found = list(_sandboxes.values())
        _sandboxes.clear()
    for sandbox in found:
        sandbox.stop()


def _named(name: str) -> Sandbox:
    with _lock:
        return _sandboxes.setdefault(name, Sandbox())
