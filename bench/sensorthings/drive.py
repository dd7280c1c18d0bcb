"""Load generator: closed loop over raw sockets, in a process of its own; plan on stdin.

The plan: root, headers, kind (name of a workload, or ``mix``), connections, seconds, rows, lane,
size, streams, things, and for the open loop ``rate`` requests a second in all.
"""

import asyncio
import json
import random
import sys
import time
from urllib.parse import quote, urlsplit

import data
import reads
import writes

try:
    import uvloop
except ImportError:
    uvloop = None

SAFE = ":/?&=$(),;'@%[]+!*-._~"


class Client(asyncio.Protocol):
    """One connection: sends the next request when the answer is whole, and follows its pages."""

    def __init__(self, run: "Run") -> None:
        self.run = run
        self.buffer = b""
        self.pages = 1
        self.began = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport) -> None:
        """Send the first request."""
        self.transport = transport
        self.next()

    def next(self) -> None:
        """Send the next request, or leave when the time is over."""
        now = time.perf_counter()
        if now >= self.run.end:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        wait = self.run.due() - now
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, self.send)
        else:
            self.send()

    def send(self) -> None:
        """Send a new request."""
        head, self.pages = self.run.request()
        self.began = time.perf_counter()
        self.transport.write(head)

    def data_received(self, part: bytes) -> None:
        """Collect the answer; count it when it is whole."""
        self.buffer += part
        head_end = self.buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self.buffer[:head_end].lower()
        at = head.find(b"content-length: ")
        if at >= 0:
            length = int(head[at + 16 :].split(b"\r\n", 1)[0])
            if len(self.buffer) < head_end + 4 + length:
                return
        elif b"chunked" in head and not self.buffer.endswith(b"0\r\n\r\n"):
            return
        self.whole()

    def whole(self) -> None:
        """Count an answer, or follow its link."""
        answer, self.buffer = self.buffer, b""
        self.run.bytes += len(answer)
        if answer[9:12] not in (b"200", b"201"):
            self.run.errors.append(answer[:300].decode("latin-1"))
        self.pages -= 1
        link = _next_link(answer) if self.pages > 0 else ""
        if link:
            self.transport.write(self.run.get(link))
            return
        self.run.latencies.append(time.perf_counter() - self.began)
        self.next()

    def connection_lost(self, error) -> None:
        """Note a connection that the server closed."""
        if not self.done.done():
            self.run.errors.append("connection lost")
            self.done.set_result(None)


def _next_link(answer: bytes) -> str:
    """Return where the next page is, without decoding the page."""
    at = answer.rfind(b'"@iot.nextLink"')
    if at < 0:
        return ""
    start = answer.index(b'"', at + 15) + 1
    return json.loads(b'"' + answer[start : answer.index(b'"', start)] + b'"')


class Run:
    """What all connections of a case share."""

    def __init__(self, plan: dict) -> None:
        self.url = urlsplit(plan["root"])
        extra = "".join(f"{k}: {v}\r\n" for k, v in plan.get("headers", {}).items())
        self.common = f"Host: {self.url.netloc}\r\n{extra}"
        self.latencies: list[float] = []
        self.errors: list[str] = []
        self.bytes = 0
        self.luck = random.Random(plan.get("lane", 1))
        self.kind = plan["kind"]
        self.rate = plan.get("rate", 0)
        size = data.Size(plan["size"], data.SIZES[plan["size"]])
        self.world = reads.World(size, plan["streams"], plan["things"])
        self.began = time.perf_counter()
        self.sent = 0
        if self.kind.startswith("I"):
            streams = plan["streams"][data.BIG :]
            make = writes.writer(self.kind, streams, plan["rows"], plan["lane"])
            bodies = 30 if plan["rows"] > 1 else 0
            self.ready = iter([make() for _ in range(bodies)])
            self.make = lambda: next(self.ready, None) or make()
        self.began = time.perf_counter()
        self.end = self.began + plan["seconds"]

    def due(self) -> float:
        """Return when the next request is to be sent: at once, or at a steady rate."""
        self.sent += 1
        return self.began + self.sent / self.rate if self.rate else 0.0

    def request(self) -> tuple[bytes, int]:
        """Return the next request and how many pages it has."""
        if self.kind.startswith("I"):
            path, body = self.make()
            head = (
                f"POST {self.url.path}/{path} HTTP/1.1\r\n{self.common}"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            return head.encode() + body, 1
        read = reads.mixed(self.luck) if self.kind == "mix" else reads.BY_NAME[self.kind]
        path = read.path(self.world, self.luck)
        return self.get(f"{self.url.path}/{path}"), read.pages

    def get(self, address: str) -> bytes:
        """Return a GET of a path or of a whole address."""
        if "://" in address:
            parts = urlsplit(address)
            address = f"{parts.path}?{parts.query}"
        return f"GET {quote(address, safe=SAFE)} HTTP/1.1\r\n{self.common}\r\n".encode()


async def main() -> None:
    """Run the plan and print what came of it."""
    plan = json.load(sys.stdin)
    run = Run(plan)
    loop = asyncio.get_running_loop()
    clients = []
    for _ in range(plan["connections"]):
        _, client = await loop.create_connection(
            lambda: Client(run), run.url.hostname, run.url.port
        )
        clients.append(client)
    await asyncio.gather(*(client.done for client in clients))
    seconds = time.perf_counter() - run.began
    shown = sorted(run.latencies)
    n = len(shown)
    result = {
        "requests": n,
        "seconds": seconds,
        "p50": shown[n // 2] * 1000 if n else 0,
        "p99": shown[min(n - 1, int(n * 0.99))] * 1000 if n else 0,
        "bytes": run.bytes,
        "errors": len(run.errors),
        "first_error": run.errors[0] if run.errors else "",
    }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    if uvloop is not None:
        uvloop.install()
    asyncio.run(main())
