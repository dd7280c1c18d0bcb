"""Speaks ASGI to an application as a web server does: one request, the answer as data."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def scope_of(method: str, path: str, headers: dict[str, str], client: str = "127.0.0.1"):
    path, _, query = path.partition("?")
    given = {"host": "testserver", **headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "client": (client, 1),
        "server": ("testserver", 80),
        "headers": [(k.encode(), v.encode()) for k, v in given.items()],
    }


def ask(app, method: str, path: str, chunks=(b"",), *, client="127.0.0.1", **headers: str) -> Got:
    """Send one request in chunks; ``content_length="7"`` becomes the header ``content-length``."""
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    waiting = [*chunks]
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.sleep(30)
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    async def run() -> None:
        await asyncio.wait_for(app(scope_of(method, path, named, client), receive, send), 30)

    asyncio.run(run())
    start = messages[0]
    shown = {k.decode().lower(): v.decode() for k, v in start["headers"]}
    return Got(start["status"], shown, b"".join(m.get("body", b"") for m in messages[1:]))
