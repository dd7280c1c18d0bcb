"""Load generator: closed loop over raw sockets in a process of its own; plan on stdin."""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

try:
    import uvloop
except ImportError:
    uvloop = None


READS = {
    "latest": "Datastreams({stream})/Observations?$orderby=phenomenonTime%20desc&$top=1",
    "page": "Datastreams({stream})/Observations",
    "rows": "Datastreams({stream})/Observations?$resultFormat=dataArray&$top=1000",
    "expand": "Things?$top=100&$expand=Locations,Datastreams("
    "$expand=Observations($top=1;$orderby=phenomenonTime%20desc))",
    "count": "Observations?$count=true&$top=1",
}


class Client(asyncio.Protocol):
    """One connection: sends the next request as soon as the answer is whole."""

    def __init__(self, next_request, end: float, latencies: list[float], errors: list[str]) -> None:
        self.next_request = next_request
        self.end = end
        self.latencies = latencies
        self.errors = errors
        self.buffer = b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport) -> None:
        """Send the first request."""
        self.transport = transport
        self.send()

    def send(self) -> None:
        """Send the next request, or leave when the time is over."""
        self.sent = time.perf_counter()
        if self.sent >= self.end:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self.transport.write(self.next_request())

    def data_received(self, data: bytes) -> None:
        """Collect the answer; count it when it is whole."""
        self.buffer += data
        head_end = self.buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self.buffer[:head_end].lower()
        at = head.find(b"content-length: ")
        length = int(head[at + 16 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.buffer) < head_end + 4 + length:
            return
        self.latencies.append(time.perf_counter() - self.sent)
        if self.buffer[9:12] not in (b"201", b"200"):
            self.errors.append(self.buffer[:300].decode("latin-1"))
        self.buffer = b""
        self.send()

    def connection_lost(self, error) -> None:
        """Note a connection that the server closed."""
        if not self.done.done():
            self.errors.append("connection lost")
            self.done.set_result(None)


class Maker:
    """Makes the requests of a plan, each different from the one before."""

    def __init__(self, plan: dict) -> None:
        self.plan = plan
        self.url = urlsplit(plan["root"])
        # half a century back: arrays run ahead of the clock, and what has not been yet is flagged
        self.base = plan.get("first_ms", int(time.time() * 1000)) - 50 * 365 * 86_400_000
        self.n = 0

    def post(self, path: str, body: str) -> bytes:
        """Return a POST."""
        head = (
            f"POST {self.url.path}/{path} HTTP/1.1\r\nHost: {self.url.netloc}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return (head + body).encode()

    def single(self) -> bytes:
        """Return one reading, a millisecond after the last."""
        self.n += 1
        at = self.base + self.n
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at // 1000)) + f".{at % 1000:03d}Z"
        stream = self.plan["streams"][at % len(self.plan["streams"])]
        return self.post(
            "Observations",
            f'{{"phenomenonTime":"{stamp}","result":{at % 1000 / 10},'
            f'"Datastream":{{"@iot.id":{stream}}}}}',
        )

    def array(self) -> bytes:
        """Return a DataArray of one of four series, a second after another."""
        self.n += 1
        n = self.plan["rows"]
        stream = self.plan["streams"][self.n % 4]
        first = self.base // 1000 + self.n * n + self.plan["offset_s"]
        rows = ",".join(f'["{_second(first + i)}",{i % 100 / 10}]' for i in range(n))
        return self.post(
            "CreateObservations",
            f'[{{"Datastream":{{"@iot.id":{stream}}},"components":["phenomenonTime","result"],'
            f'"dataArray":[{rows}]}}]',
        )

    def read(self) -> bytes:
        """Return a GET of the next series."""
        self.n += 1
        stream = self.plan["streams"][(self.base + self.n) % len(self.plan["streams"])]
        path = f"{self.url.path}/{READS[self.plan['kind']].format(stream=stream)}"
        return f"GET {path} HTTP/1.1\r\nHost: {self.url.netloc}\r\n\r\n".encode()


def _second(at: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def requests_of(plan: dict) -> Callable[[], bytes]:
    """Return a function that makes the next request."""
    maker = Maker(plan)
    if plan["kind"] != "array":
        return maker.single if plan["kind"] == "single" else maker.read
    # made before the clock starts: making them takes as long as storing them
    most = min(plan["seconds"] * 200, plan["seconds"] * 200_000 / plan["rows"])
    ready = iter([maker.array() for _ in range(int(most) + 10)])
    return lambda: next(ready, None) or maker.array()


async def main() -> None:
    plan = json.load(sys.stdin)
    url = urlsplit(plan["root"])
    next_request = requests_of(plan)
    latencies: list[float] = []
    errors: list[str] = []
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    end = started + plan["seconds"]
    clients = []
    for _ in range(plan["connections"]):
        _, client = await loop.create_connection(
            lambda: Client(next_request, end, latencies, errors), url.hostname, url.port
        )
        clients.append(client)
    await asyncio.gather(*(c.done for c in clients))
    seconds = time.perf_counter() - started
    latencies.sort()
    n = len(latencies)
    json.dump(
        {
            "requests": n,
            "seconds": seconds,
            "p50": latencies[n // 2] * 1000 if n else 0,
            "p99": latencies[min(n - 1, int(n * 0.99))] * 1000 if n else 0,
            "errors": len(errors),
            "first_error": errors[0] if errors else "",
        },
        sys.stdout,
    )


if __name__ == "__main__":
    if uvloop is not None:
        uvloop.install()
    asyncio.run(main())
