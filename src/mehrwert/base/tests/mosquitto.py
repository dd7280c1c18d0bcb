"""A real Mosquitto set up by the files we write, and clients of it."""

import asyncio
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

from gmqtt.mqtt.handler import MQTTError

from mehrwert.base.mqtt import MqttLink, broker_at

START_S = 60.0
PROGRAM = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def until(check, seconds=10.0):
    """Wait for something that becomes true; return its last value."""
    end = time.monotonic() + seconds
    while not (value := check()) and time.monotonic() < end:
        time.sleep(0.02)
    return value


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Mosquitto:
    """The broker; ``main`` is what Debian's own configuration says too."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        assert PROGRAM, "the Debian package mosquitto is missing; script/setup dev installs it"
        self.ports = ports
        self.main = folder / "mosquitto.conf"
        store = folder / "store"
        store.mkdir()
        self.main.write_text(
            f"user root\npersistence true\npersistence_location {store}/\n"
            f"log_dest file {folder}/log\ninclude_dir {folder}/conf.d\n"
        )
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [PROGRAM, "-c", self.main], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        assert until(self._answers, START_S), "no broker"

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)
            self.process = None

    def _answers(self) -> bool:
        return all(_is_open(port) for port in self.ports)


class Client:
    """A client in a thread of its own; ``got`` are the messages it was told."""

    def __init__(self, port, user="", password="", topics=(), name="client") -> None:
        self.got: list[tuple[str, bytes]] = []
        self._ready = threading.Event()
        self._error: Exception | None = None
        self._loop = asyncio.new_event_loop()
        self._broker = broker_at(f"mqtt://127.0.0.1:{port}", user, password)
        self._topics, self._name = topics, f"{name}-{user}-{port}"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(15), "no answer of the broker"
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._open())
        except (OSError, MQTTError) as error:
            self._error = error
            return
        finally:
            self._ready.set()
        self._loop.run_forever()

    async def _open(self) -> None:
        async def take(message):
            self.got.append((message.topic, message.payload))

        self.link = MqttLink(self._broker, self._name, take)
        await self.link.open()
        self.link.subscribe(self._topics)
        await asyncio.sleep(0.1)

    def publish(self, topic, payload) -> None:
        """Publish with QoS 1; returns when the broker has it."""

        async def send():
            await self.link.send(topic, payload)

        asyncio.run_coroutine_threadsafe(send(), self._loop).result(10)

    def close(self) -> None:
        """Leave; the broker keeps what was asked for."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self.link.close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
