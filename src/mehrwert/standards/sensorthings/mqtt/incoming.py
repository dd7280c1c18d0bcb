"""A message becomes a reading by the same way as a POST; it returns when that is durable."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from django.conf import settings

from mehrwert.base.asgi_types import Message, Receive, Scope
from mehrwert.base.errors import MehrwertError, TooLargeError, UnavailableError

from ..access import visit_by_broker
from ..answers import Reply
from ..asked import Asked
from .queue import MESSAGES
from .settings import root_of
from .topics import parse_incoming, split_incoming

log = logging.getLogger("mehrwert.mqtt")
MOST_PAUSE_S = 5.0
Answer = Callable[[Asked], Awaitable[Reply]]


async def record(answer: Answer, topic: str, payload: bytes) -> None:
    """Store what a message holds. Bad messages are counted and told of in the log.

    While the store is busy or away the message waits here, unacknowledged.
    """
    outcome = "stored"
    pause_s = 0.2
    while True:
        try:
            await _post(answer, topic, payload)
        except UnavailableError:
            await asyncio.sleep(pause_s)
            pause_s = min(MOST_PAUSE_S, pause_s * 2)
            continue
        except MehrwertError as error:
            outcome = "refused"
            log.warning("mqtt_refused: %s %s", topic[:200], error)
        break
    MESSAGES.labels("in", outcome).inc()


async def _post(answer: Answer, topic: str, payload: bytes) -> None:
    slug, path = split_incoming(topic)
    first = parse_incoming(path).steps[0]
    limit_mb = settings.MEHRWERT.body_limit_mb
    if len(payload) > limit_mb * 1_048_576:
        raise TooLargeError(limit=f"{limit_mb} MB")
    series = first.id if first.kind == "datastream" else None
    visitor = await visit_by_broker(slug, series)
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": f"/sta/{slug}/v1.1/{path}",
        "query_string": b"",
        "headers": [],
    }
    await answer(Asked(scope, _receive_of(payload), visitor, root_of(slug), path))


def _receive_of(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
