"""I5: 50 clients publish with QoS 1 to a real Mosquitto; measured until all of it is stored."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import writes
from api import Api
from cases import Case, Result
from servers import ROOT, our_server

sys.path.insert(0, str(ROOT / "src"))
CLIENTS, EACH, WINDOW = 50, 200, 20
PROGRAM = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin")
SLUG = "conformance"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def set_up() -> None:
    """Let modules of the house be imported in this process."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "mehrwert.site.settings_test"
    django.setup()


def measure(port: int, postgres: str) -> list[Result]:
    """Start broker and server, publish, wait until the last reading is there."""
    set_up()
    from mehrwert.accounts.rules import mqtt_hash
    from mehrwert.standards.sensorthings.mqtt.broker_files import Login, Place, Town, files
    from mehrwert.standards.sensorthings.mqtt.settings import Ports

    if PROGRAM is None:
        return []
    ports = Ports(free_port(), free_port(), free_port(), free_port() - 1)
    with tempfile.TemporaryDirectory(prefix="mehrwert-broker-") as name:
        folder = Path(name)
        settings = {
            "MEHRWERT_MQTT_BROKER": f"mqtt://127.0.0.1:{ports.server}",
            "MEHRWERT_MQTT_PASSWORD": "bench",
        }
        login = Login("device", mqtt_hash("secret", os.urandom(12)), True, True)
        made = files(
            [Town(1, SLUG, [login])],
            mqtt_hash("bench", os.urandom(12)),
            ports,
            Place(str(folder / "conf.d")),
        )
        (folder / "conf.d").mkdir()
        for file, text in made.items():
            (folder / "conf.d" / file).write_text(text)
        (folder / "main.conf").write_text(f"user root\ninclude_dir {folder}/conf.d\n")
        broker = subprocess.Popen([PROGRAM, "-c", folder / "main.conf"], stderr=subprocess.DEVNULL)
        try:
            with our_server(port, postgres, settings) as server:
                return [_publish(server, ports.create + 1)]
        finally:
            broker.terminate()
            broker.wait(10)


def _publish(server, port: int) -> Result:
    api = Api(server.root)
    stream = _series(api)
    before = server.cpu_s() or 0
    began = time.perf_counter()
    waits = asyncio.run(_all(port, stream))
    path = f"Datastreams({stream})/Observations?$count=true&$top=0"
    while api.get(path)["@iot.count"] < CLIENTS * EACH and time.perf_counter() - began < 300:
        time.sleep(0.05)
    seconds = time.perf_counter() - began
    stored = api.get(path)["@iot.count"]
    cpu = ((server.cpu_s() or 0) - before) / stored * 1000
    waits.sort()
    case = Case(f"I5 MQTT QoS 1, {CLIENTS} clients, until stored", "I5", CLIENTS, 1)
    p50, p99 = waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.99)] * 1000
    return Result(case, stored / seconds, p50, p99, cpu, 0, CLIENTS * EACH - stored)


def _series(api: Api) -> int:
    import data

    ids = {
        "Things": [api.post("Things", data.thing(0))] * data.THINGS,
        "Sensors": [api.post("Sensors", data.sensor(0))] * data.SENSORS,
        "ObservedProperties": [api.post("ObservedProperties", data.observed_property(0))]
        * data.PROPERTIES,
    }
    return api.post("Datastreams", data.stream(0, ids))


async def _all(port: int, stream: int) -> list[float]:
    waits: list[float] = []
    await asyncio.gather(*(_client(port, stream, number, waits) for number in range(CLIENTS)))
    return waits


async def _client(port: int, stream: int, number: int, waits: list[float]) -> None:
    """Publish ``EACH`` readings, at most ``WINDOW`` unacknowledged."""
    from mehrwert.base.mqtt import MqttLink, broker_at

    async def ignore(topic: str, payload: bytes) -> None:
        """Nobody writes to this client."""

    broker = broker_at(f"mqtt://127.0.0.1:{port}", "device", "secret")
    link = MqttLink(broker, f"bench-{number}", ignore)
    await link.open()
    turn = asyncio.Semaphore(WINDOW)

    async def one(i: int) -> None:
        at = (writes.NEWER + timedelta(seconds=number * EACH + i)).isoformat()
        body = f'{{"phenomenonTime":"{at}","result":{i}}}'.encode()
        async with turn:
            began = time.perf_counter()
            await link.send(f"v1.1/Datastreams({stream})/Observations", body)
            waits.append(time.perf_counter() - began)

    await asyncio.gather(*(one(i) for i in range(EACH)))
    with suppress(asyncio.TimeoutError):
        await link.close()
