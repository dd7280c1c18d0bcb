"""Asks the door as a client would: one ASGI request, answer as data."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from mehrwert.base.actor import Actor
from mehrwert.observations.actions import WriteContext
from mehrwert.observations.queries import Limits
from mehrwert.standards.sensorthings import api
from mehrwert.standards.sensorthings.access import Visitor

ROOT = "http://testserver/sta/v1.1"


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def id(self) -> int:
        return int(self.headers["location"].rsplit("(", 1)[1].rstrip(")"))


def ask(method: str, path: str, body: Any = None, *, client="127.0.0.1", **headers: str) -> Got:
    """Send one request; ``body`` bytes go as they are, all else as JSON."""
    path, _, query = path.removeprefix(ROOT + "/").partition("?")
    sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path if path.startswith("/") else f"/sta/v1.1/{path}",
        "query_string": query.encode(),
        "client": (client, 1),
        "headers": [(b"host", b"testserver")]
        + [(k.encode(), v.encode()) for k, v in named.items()],
    }
    messages: list[dict[str, Any]] = []

    async def run() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": sent, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            messages.append(message)

        await asyncio.wait_for(api.sensorthings_door(scope, receive, send), 30)

    asyncio.run(run())
    start, *bodies = messages
    shown = {k.decode(): v.decode() for k, v in start["headers"]}
    return Got(start["status"], shown, b"".join(m["body"] for m in bodies))


def visitor(tenant_id: int = 1, limits: Limits | None = None, refusal=None) -> Visitor:
    context = WriteContext(tenant_id, "sensorthings", Actor("key", 1, "test"), key_id=1)
    return Visitor(tenant_id, limits or Limits(), context, refusal)


def become(monkeypatch, who: Visitor) -> None:
    """Let the door take every request as one of this visitor."""

    async def visit(scope, slug):
        return who

    monkeypatch.setattr(api, "visit", visit)


PLACE = {"type": "Point", "coordinates": [7.6, 51.9]}
LOCATION = {
    "name": "Ort",
    "description": "am Bach",
    "encodingType": "application/geo+json",
    "location": PLACE,
}
SENSOR = {"name": "S", "description": "s", "encodingType": "text/html", "metadata": "m"}
PROPERTY = {"name": "P", "description": "p", "definition": "urn:p"}
STREAM = {
    "name": "D",
    "description": "d",
    "unitOfMeasurement": {"name": "Meter", "symbol": "m", "definition": None},
    "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
    "Sensor": SENSOR,
    "ObservedProperty": PROPERTY,
}
THING = {
    "name": "T",
    "description": "d",
    "properties": {"farbe": "rot", "tief": {"a": 1}},
    "Locations": [LOCATION],
    "Datastreams": [STREAM],
}
