"""Asks the door as a network server would."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from mehrwert.connectors.lorawan.api import PREFIX, lorawan_door


@dataclass(frozen=True)
class Got:
    status: int
    json: Any
    scope: dict[str, Any]


def scope_of(secret: str, event: str = "", method: str = "POST", **headers: str) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": f"{PREFIX}{secret}",
        "query_string": f"event={event}".encode() if event else b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }


async def post(scope: dict[str, Any], body: Any) -> Got:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": sent, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    await lorawan_door(scope, receive, send)
    return Got(messages[0]["status"], json.loads(messages[1]["body"]), scope)


def deliver(secret: str, body: Any, event: str = "", **headers: str) -> Got:
    return asyncio.run(post(scope_of(secret, event, **headers), body))


def deliver_all(secret: str, bodies: list[Any]) -> list[Got]:
    """Send many at once, as a busy network server does."""

    async def run() -> list[Got]:
        return await asyncio.gather(*(post(scope_of(secret), body) for body in bodies))

    return asyncio.run(run())
