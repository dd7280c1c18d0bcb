"""The service: keeps a connection for every binding, and what comes in until it is stored."""

import asyncio
import logging
import ssl
from functools import partial

from gmqtt.mqtt.handler import MQTTConnectError

from mehrwert.base.errors import MehrwertError, UnavailableError
from mehrwert.base.mqtt import Incoming, MqttLink, MqttService, Session, TopicRefusedError
from mehrwert.base.services import LoopService
from mehrwert.base.wakeup import wait, wake
from mehrwert.connectors.mqtt import actions, queries
from mehrwert.connectors.mqtt.errors import (
    BrokerAwayError,
    BrokerRefusedError,
    BrokerTrustError,
    TopicsRefusedError,
)
from mehrwert.connectors.mqtt.queries import Wanted
from mehrwert.intake.actions import areceive
from mehrwert.intake.queries import SourceGrant

log = logging.getLogger("mehrwert.mqtt")
LOOK_S = 5.0
MOST_PAUSE_S = 5.0
MOST_BYTES = 1_048_576
TAKE_BACK_S = 1.0
# what brokers of both versions say to a wrong user, password or certificate
REFUSED = {4, 5, 134, 135, 138, 140}


class MqttBindings(LoopService):
    """Compares what should be connected with what is, every few seconds and when told to."""

    def __init__(self) -> None:
        super().__init__("mqtt-bindings", self._turn_once, ring=lambda: wake(actions.BELL))
        self._running: dict[Wanted, MqttService] = {}

    def stop(self) -> None:
        """Leave all brokers, which keep what comes in meanwhile."""
        super().stop()
        self._end(list(self._running))

    def _turn_once(self) -> float:
        wanted = set(queries.list_wanted())
        self._end([known for known in self._running if known not in wanted])
        for one in wanted:
            if one not in self._running:
                self._running[one] = _connect(one)
        wait(actions.BELL, LOOK_S)
        return 0.0

    def _end(self, gone: list[Wanted]) -> None:
        for one in gone:
            self._running[one].ask_to_stop()
        for one in gone:
            self._running.pop(one).stop()


def _connect(wanted: Wanted) -> MqttService:
    definition = queries.read_definition(wanted.binding_id)
    grant = SourceGrant(wanted.source_id, wanted.tenant_id, actions.KIND, wanted.name)

    async def take(message: Incoming) -> None:
        await _take(definition, grant, message)

    service = MqttService(
        wanted.client_id,
        session=Session(
            broker=partial(queries.read_broker, wanted),
            topics=wanted.topics,
            unwanted=wanted.unwanted,
            client_id=wanted.client_id,
            tell=partial(_tell, wanted),
        ),
        handler=take,
        work=_stay if wanted.topics else _leave,
    )
    service.start()
    return service


async def _stay(link: MqttLink) -> None:
    await asyncio.Event().wait()


async def _leave(link: MqttLink) -> None:
    """Let the broker hear that nothing is wanted any more."""
    await asyncio.sleep(TAKE_BACK_S)


async def _take(definition: dict[str, object], grant: SourceGrant, message: Incoming) -> None:
    """Keep one message; returns when it is durable, so that the broker hears of it afterwards.

    While the store is busy or away the message waits here, unacknowledged.
    """
    if len(message.payload) > MOST_BYTES:
        log.warning("mqtt_too_large: %s", message.topic[:200])
        return
    found = actions.read_message(definition, grant.source_id, message)
    pause_s = 0.2
    while found is not None:
        try:
            await areceive(grant, [found])
            return
        except UnavailableError:
            await asyncio.sleep(pause_s)
            pause_s = min(MOST_PAUSE_S, pause_s * 2)


def _tell(wanted: Wanted, error: Exception | None) -> None:
    told = None if error is None else explain(error, wanted)
    actions.note_connection(wanted.binding_id, wanted.source_id, wanted.topics, told)


def explain(error: Exception, wanted: Wanted) -> MehrwertError:
    """Return what is wrong with a connection as an error with a sentence."""
    host = wanted.address.rpartition("/")[2]
    if isinstance(error, MehrwertError):
        return error
    if isinstance(error, TopicRefusedError):
        return TopicsRefusedError(host=host, topics=", ".join(error.topics)[:120])
    if isinstance(error, ssl.SSLError):
        return BrokerTrustError(host=host)
    if isinstance(error, MQTTConnectError) and getattr(error, "_code", 0) in REFUSED:
        return BrokerRefusedError(host=host)
    return BrokerAwayError(host=host)
