"""One change: keep what a network server sent."""

import msgspec

from mehrwert.connectors.lorawan.rules import recognise
from mehrwert.connectors.lorawan.rules.sample import sample_event
from mehrwert.intake.actions import areceive
from mehrwert.intake.errors import NotReadableError
from mehrwert.intake.queries import SourceGrant
from mehrwert.observations.actions import Kept, NewMessage
from mehrwert.observations.choices import MessageState


async def akeep_webhook(source: SourceGrant, body: bytes, event: str) -> Kept:
    """Keep a message of The Things Stack or ChirpStack; returns after it is durable.

    Raises:
        NotReadableError: It is of neither; nothing was kept.
        QueueFullError, UnavailableError: Nothing was kept; the sender tries again.
    """
    return await areceive(source, [read_message(body, event)])


def read_message(body: bytes, event: str = "") -> NewMessage:
    """Return the message as the inbox keeps it.

    Raises:
        NotReadableError: It is of neither system.
    """
    try:
        text = body.decode()
        received = recognise(msgspec.json.decode(text), event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotReadableError from error
    if received is None:
        raise NotReadableError
    return NewMessage(
        message_key=received.key,
        device_key=received.device,
        body=text,
        envelope=msgspec.json.encode(received.envelope).decode(),
        device_us=received.device_us,
        window_us=received.window_us,
        state=MessageState.NEW,
    )


def read_sample(source_id: int, at_us: int) -> NewMessage:
    """Return an invented message of an invented device, read like any other."""
    return read_message(msgspec.json.encode(sample_event(source_id, at_us)), "up")
