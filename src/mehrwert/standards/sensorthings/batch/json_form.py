"""The JSON form of a batch (OData JSON 4.01)."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec

from mehrwert.standards.sensorthings.errors import BadBatchError, BadJsonError

from .parts import Form, Part, Result, Results


class _Request(msgspec.Struct, rename="camel"):
    id: str | int
    method: str
    url: str
    headers: dict[str, str] | None = None
    body: msgspec.Raw = msgspec.Raw(b"")
    atomicity_group: str | None = None
    depends_on: list[str | int] | None = None
    condition: str | None = msgspec.field(name="if", default=None)


class _Batch(msgspec.Struct):
    requests: list[_Request]


_decoder = msgspec.json.Decoder(_Batch)


def parse(body: bytes) -> list[Part]:
    """Return the requests of a batch.

    Raises:
        BadJsonError: No batch.
        BadBatchError: An id is given twice.
    """
    try:
        requests = _decoder.decode(body).requests
    except (ValueError, RecursionError) as error:
        raise BadJsonError from error
    parts = [_part(request) for request in requests]
    seen: set[str] = set()
    for part in parts:
        if not part.id or part.id in seen:
            raise BadBatchError(part=f"id: {part.id[:60]}")
        seen.add(part.id)
    return parts


def _part(request: _Request) -> Part:
    return Part(
        str(request.id),
        request.method.upper(),
        request.url,
        {name.lower(): value for name, value in (request.headers or {}).items()},
        bytes(request.body),
        request.atomicity_group or "",
        tuple(str(name) for name in request.depends_on or ()),
        request.condition,
    )


async def write(results: Results) -> AsyncIterator[bytes]:
    """Yield the answer piece by piece."""
    separator = b'{"responses":['
    async for run in results:
        for result in run:
            yield separator + msgspec.json.encode(_shown(result))
            separator = b","
    yield b'{"responses":[]}' if separator != b"," else b"]}"


def _shown(result: Result) -> dict[str, Any]:
    """Return one answer; ``location`` stands where old and where new clients look for it."""
    shown: dict[str, Any] = {"id": result.part.id, "status": result.status}
    if result.part.group:
        shown["atomicityGroup"] = result.part.group
    if result.headers:
        shown["headers"] = result.headers
    if "location" in result.headers:
        shown["location"] = result.headers["location"]
    if result.body:
        is_json = "json" in result.headers.get("content-type", "")
        shown["body"] = (
            msgspec.Raw(result.body) if is_json else result.body.decode("utf-8", "replace")
        )
    return shown


FORM = Form("application/json", write)
