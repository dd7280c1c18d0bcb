"""The service: takes readings from the broker and tells it of everything new."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from django.db import close_old_connections, connections

from mehrwert.base.mqtt import IN_FLIGHT, Incoming, MqttLink, MqttService, Session

from ..api import answer
from . import incoming, queue, settings
from .outgoing import messages_of
from .topics import INCOMING, VERSION

log = logging.getLogger("mehrwert.mqtt")
POLL_S = 0.2
EVENTS = 50
MESSAGES = 100


class SensorThingsMqtt:
    """Started with the process; does nothing while the option ``mqtt_broker`` is empty."""

    def __init__(self) -> None:
        self._service: MqttService | None = None

    def start(self) -> None:
        """Begin to look for the broker."""
        if settings.is_on():
            self._service = MqttService(
                "sensorthings-mqtt",
                session=Session(settings.broker, (f"{INCOMING}/+/{VERSION}/#",)),
                handler=_record,
                work=tell,
            )
            self._service.start()

    def stop(self) -> None:
        """Leave the broker, which keeps what comes in meanwhile."""
        if self._service is not None:
            self._service.stop()


async def _record(message: Incoming) -> None:
    await incoming.record(answer, message.topic, message.payload)


async def tell(link: MqttLink) -> None:
    """Tell what waits, in order; an event is forgotten when the broker has all of it.

    After a broken connection the event under way is told again from its beginning.
    """
    with ThreadPoolExecutor(1, "sensorthings-mqtt-read") as reader:

        async def read(function: Callable[..., Any], *args: Any) -> Any:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(reader, _with_own_connection, function, *args)

        try:
            while True:
                if not await _tell_some(link, read):
                    await asyncio.sleep(POLL_S)
        finally:
            reader.submit(connections.close_all)


async def _tell_some(link: MqttLink, read: Callable[..., Any]) -> bool:
    waiting = await read(queue.take, EVENTS)
    for news in waiting:
        await _tell_one(link, read, news)
    if waiting:
        await read(queue.done, [news.id for news in waiting])
    return bool(waiting)


async def _tell_one(link: MqttLink, read: Callable[..., Any], news: queue.News) -> None:
    messages = messages_of(news)
    under_way: list[asyncio.Future[None]] = []
    while part := await read(_next_messages, messages):
        if len(under_way) + len(part) > IN_FLIGHT:
            await asyncio.gather(*under_way)
            under_way = []
        under_way += [link.send(topic, payload) for topic, payload in part]
        queue.MESSAGES.labels("out", "sent").inc(len(part))
    await asyncio.gather(*under_way)


def _next_messages(messages: Any) -> list[tuple[str, bytes]]:
    return list(islice(messages, MESSAGES))


def _with_own_connection(function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    finally:
        close_old_connections()
