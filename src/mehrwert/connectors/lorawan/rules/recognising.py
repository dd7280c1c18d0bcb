"""Which of the two systems a message is of."""

from collections.abc import Mapping
from typing import Any

from . import chirpstack, things_stack
from .message import Received


def recognise(body: Any, event: str = "") -> Received | None:
    """Return what a message says, None when it is of neither system or not usable.

    Args:
        body: The message as JSON value.
        event: Name of the event where the sender says it beside the message (ChirpStack).
    """
    if not isinstance(body, Mapping):
        return None
    if things_stack.is_things_stack(body):
        return things_stack.read(body)
    if chirpstack.is_chirpstack(body):
        return chirpstack.read(body, event)
    return None
