"""A client of an MQTT broker: one connection at a time, made again when it breaks.

What comes in with QoS 1 is acknowledged when its handler is done; what goes out is done when the
broker has acknowledged it. The broker keeps the queue of this client while it is away.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import connections
from gmqtt import Client
from gmqtt.storage import PersistentStorage

from mehrwert.base.leases import give_lease_back, take_lease
from mehrwert.base.outgoing import secure_context
from mehrwert.base.services import LoopService

log = logging.getLogger("mehrwert.mqtt")
# gmqtt calls every lost connection an error; it is told here in one line
_wire = logging.getLogger("mehrwert.mqtt.wire")
_wire.setLevel(logging.CRITICAL)

LEASE_S = 15.0
CONNECT_S = 10.0
MOST_PAUSE_S = 10.0
IN_FLIGHT = 500
NEVER = 0xFFFFFFFF
NO_RETRIES = -2
# reason codes of an answer to a subscription (MQTT 5, 3.9.3)
REFUSED_FROM = 128


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as the broker delivered it.

    ``is_repeated``: the broker had no acknowledgement of an earlier delivery. ``is_retained``: it
    was published before we asked for it, nobody knows when.
    """

    topic: str
    payload: bytes
    is_repeated: bool = False
    is_retained: bool = False


Handler = Callable[[Incoming], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Broker:
    """Where a broker is and as whom to sign in; ``address`` if its name was resolved before."""

    host: str
    port: int
    is_tls: bool
    user: str
    password: str
    address: str = ""


def broker_at(address: str, user: str, password: str) -> Broker:
    """Return the broker at ``mqtt://host:port`` or ``mqtts://host:port``.

    Raises:
        ValueError: The address has another form.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"mqtt", "mqtts"} or not parts.hostname:
        raise ValueError(address)
    is_tls = parts.scheme == "mqtts"
    return Broker(parts.hostname, parts.port or (8883 if is_tls else 1883), is_tls, user, password)


class TopicRefusedError(Exception):
    """The broker lets us in, but gives us some of the topics we asked for to nobody like us."""

    def __init__(self, topics: Sequence[str]) -> None:
        super().__init__(", ".join(topics))
        self.topics = tuple(topics)


class MqttLostError(ConnectionError):
    """The connection broke before the broker acknowledged."""


class _Sent(PersistentStorage):  # type: ignore[misc]
    """What the broker has not acknowledged yet; the caller repeats it, not gmqtt."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self.newest: asyncio.Future[None] | None = None

    def push_message(self, mid: int, raw_package: bytes) -> None:
        """Note a message on its way."""
        self.newest = self._waiting[mid] = asyncio.get_running_loop().create_future()

    def remove_message_by_mid(self, mid: int) -> None:
        """Note that it was acknowledged."""
        future = self._waiting.pop(mid, None)
        if future is not None and not future.done():
            future.set_result(None)

    def clear(self) -> None:
        """Keep everything: the broker knows no session, but the messages are under way."""

    def fail(self) -> None:
        """Tell everybody who waits that the connection is gone."""
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(MqttLostError())
                future.exception()  # who does not wait any more need not know
        self._waiting.clear()


class MqttLink:
    """One connection, from its acknowledgement until it breaks."""

    def __init__(self, broker: Broker, client_id: str, handler: Handler) -> None:
        self.lost = asyncio.Event()
        self._broker = broker
        self._handler = handler
        self._busy: set[asyncio.Task[Any]] = set()
        self._sent = _Sent()
        self._client: Any = Client(
            client_id,
            clean_session=False,
            optimistic_acknowledgement=False,
            persistent_storage=self._sent,
            logger=_wire,
            session_expiry_interval=NEVER,
            receive_maximum=IN_FLIGHT,
        )
        self._client.set_config({"reconnect_retries": NO_RETRIES, "reconnect_delay": 0})
        self._client.on_message = self._received
        self._client.on_disconnect = self._broken
        self._client.on_subscribe = self._answered
        self._asked: dict[int, str] = {}
        self._refused: list[str] = []
        self._answered_all = asyncio.Event()

    async def open(self) -> None:
        """Connect.

        Raises:
            OSError, TimeoutError, MQTTConnectError: No broker there, or it refused.
        """
        broker = self._broker
        if broker.user:
            self._client.set_auth_credentials(broker.user, broker.password)
        secure = secure_context(broker.host) if broker.is_tls else False
        place = broker.address or broker.host
        connecting = self._client.connect(place, broker.port, ssl=secure, keepalive=20)
        await asyncio.wait_for(connecting, CONNECT_S)

    def subscribe(self, topics: Sequence[str]) -> None:
        """Ask for topics with QoS 1."""
        for topic in topics:
            self._asked[self._client.subscribe(topic, qos=1)] = topic

    async def refused(self) -> list[str]:
        """Return the topics that the broker does not give us, once it has answered for all."""
        if self._asked:
            try:
                await asyncio.wait_for(self._answered_all.wait(), CONNECT_S)
            except TimeoutError:
                log.warning("mqtt_no_suback")
        return list(self._refused)

    def unsubscribe(self, topics: Sequence[str]) -> None:
        """Tell the broker, which remembers, that topics are not wanted any more."""
        for topic in topics:
            self._client.unsubscribe(topic)

    def send(self, topic: str, payload: bytes) -> "asyncio.Future[None]":
        """Publish with QoS 1; the future is done when the broker has acknowledged.

        Raises:
            MqttLostError: The connection is gone.
        """
        if self.lost.is_set():
            raise MqttLostError
        self._client.publish(topic, payload, qos=1)
        if self._sent.newest is None:
            raise MqttLostError
        return self._sent.newest

    async def close(self) -> None:
        """Finish what came in, then leave; the broker keeps the session."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=3.0)
        if not self.lost.is_set():
            await asyncio.wait_for(self._client.disconnect(), 2.0)
        self._sent.fail()

    async def _received(
        self, client: Any, topic: str, payload: bytes, qos: int, properties: Any
    ) -> int:
        task = asyncio.current_task()
        if task is not None:
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)
        try:
            given = properties or {}
            await self._handler(
                Incoming(topic, payload, bool(given.get("dup")), bool(given.get("retain")))
            )
        except Exception:  # noqa: BLE001 - the message would come again for ever
            log.exception("mqtt_handler_failed", extra={"topic": topic[:200]})
        return 0

    def _answered(self, client: Any, mid: int, codes: Sequence[int], properties: Any) -> None:
        topic = self._asked.pop(mid, "")
        if topic and any(code >= REFUSED_FROM for code in codes):
            self._refused.append(topic)
        if not self._asked:
            self._answered_all.set()

    def _broken(self, client: Any, packet: Any, exc: Any = None) -> None:
        self.lost.set()
        self._sent.fail()


def _ignore(error: Exception | None) -> None:
    """Tell nobody how the connection fares."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a connection asks the broker for.

    Args:
        broker: Where it is; asked for each time, so that name and permission are checked anew.
        topics: Wanted with QoS 1.
        unwanted: Asked for earlier; the broker would go on delivering them.
        client_id: Under which the broker keeps what comes while this client is away.
        tell: Called with None when connected, with the error when not; with
            ``TopicRefusedError`` when connected but not given all topics.
    """

    broker: Callable[[], Broker]
    topics: Sequence[str] = ()
    unwanted: Sequence[str] = ()
    client_id: str = ""
    tell: Callable[[Exception | None], None] = _ignore


def _prolong(lease: str) -> bool:
    try:
        return take_lease(lease, LEASE_S)
    finally:
        connections.close_all()


class MqttService(LoopService):
    """Keeps a connection: one process of the installation at a time.

    Args:
        name: Of the lease and the thread.
        handler: Awaited for each message; for QoS 1 the broker hears of it afterwards.
        work: Runs beside, for as long as the connection lasts.
    """

    def __init__(
        self,
        name: str,
        *,
        session: Session,
        handler: Handler,
        work: Callable[[MqttLink], Awaitable[None]],
    ) -> None:
        super().__init__(name, self._turn, ring=self._wake)
        self._lease = name
        self._asked = session
        self._handler = handler
        self._work = work
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Event | None = None
        self._pause_s = 0.5
        self.is_connected = False

    def stop(self) -> None:
        """Leave the broker and let another process take over."""
        super().stop()
        give_lease_back(self._lease)

    def _wake(self) -> None:
        if self._loop is not None and self._ended is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ended.set)

    def _turn(self) -> float:
        if not take_lease(self._lease, LEASE_S):
            return LEASE_S / 3
        try:
            asyncio.run(self._session(self._asked.broker()))
        except Exception as error:  # noqa: BLE001 - whatever a broker does, it is tried again
            name = type(error).__name__
            log.warning("mqtt_broker_away: %s %s", name, error)
            self._asked.tell(error)
            self._pause_s = min(MOST_PAUSE_S, self._pause_s * 2)
            return self._pause_s
        finally:
            self.is_connected = False
        self._pause_s = 0.5
        return 0.2

    async def _session(self, broker: Broker) -> None:
        """Connect and stay until the connection breaks or the service ends."""
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        client_id = self._asked.client_id or f"mehrwert-{self._lease}"
        link = MqttLink(broker, client_id, self._handler)
        if self._stopping.is_set():
            return
        await link.open()
        self.is_connected = True
        log.info("mqtt_connected")
        link.unsubscribe(self._asked.unwanted)
        link.subscribe(self._asked.topics)
        refused = await link.refused()
        told = TopicRefusedError(refused) if refused else None
        await asyncio.get_running_loop().run_in_executor(None, self._tell_connected, told)
        beside = [
            asyncio.ensure_future(part)
            for part in (self._work(link), self._hold_lease(), link.lost.wait(), self._ended.wait())
        ]
        try:
            done, _ = await asyncio.wait(beside, return_when=asyncio.FIRST_COMPLETED)
        finally:
            is_broken = link.lost.is_set()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await link.close()
        for task in done:
            task.result()
        if is_broken:
            log.warning("mqtt_connection_lost")

    def _tell_connected(self, trouble: TopicRefusedError | None) -> None:
        if trouble is not None:
            log.warning("mqtt_topics_refused: %s", trouble)
        try:
            self._asked.tell(trouble)
        finally:
            connections.close_all()

    async def _hold_lease(self) -> None:
        """Prolong the lease; end when another process has it."""
        loop = asyncio.get_running_loop()
        while await loop.run_in_executor(None, _prolong, self._lease):
            await asyncio.sleep(LEASE_S / 3)
