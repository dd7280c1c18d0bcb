"""What goes back: replies, and errors as ``{code, type, message}`` in German or English."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import msgspec
from django.utils import translation

from mehrwert.base.asgi_types import Scope, Send, header
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http_errors import sentence_of, status_of

from .changing import Done
from .errors import ConditionError, DependencyError, MethodError, NotBuiltError
from .mapping import self_link

Headers = list[tuple[bytes, bytes]]
# Any page in a browser may ask: it has only what its visitor gave it, a key. Without permission for
# credentials no browser hands it what a session in a cookie would show.
_ALWAYS: Headers = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"location, mehrwert-duplicate, retry-after"),
]
_METHODS = b"GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS"
_STATUS: tuple[tuple[type[MehrwertError], int], ...] = (
    (NotBuiltError, 501),
    (MethodError, 405),
    (ConditionError, 412),
    (DependencyError, 424),
)


@dataclass(slots=True)
class Reply:
    """Status, body, headers."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)
    # what follows the body, piece by piece
    chunks: AsyncIterator[bytes] | None = None


async def send_reply(send: Send, reply: Reply, *, with_body: bool = True) -> None:
    """Send a reply as one message each for head and body, or a body piece by piece."""
    headers = [*reply.headers, *_ALWAYS]
    chunks = reply.chunks if with_body else None
    if reply.chunks is None and reply.status != 204:
        headers.append((b"content-length", b"%d" % len(reply.body)))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    body = reply.body if with_body else b""
    if chunks is not None:
        await send({"type": "http.response.body", "body": body, "more_body": True})
        async for body in chunks:
            await send({"type": "http.response.body", "body": body, "more_body": True})
        body = b""
    await send({"type": "http.response.body", "body": body})


def reply_to_options() -> Reply:
    """Return what may be asked, and that pages of other origins may: browsers ask that first."""
    allowed = b"authorization, content-type, x-api-key, if-match, prefer, accept-language"
    headers = [
        (b"allow", _METHODS),
        (b"access-control-allow-methods", _METHODS),
        (b"access-control-allow-headers", allowed),
        (b"access-control-max-age", b"86400"),
    ]
    return Reply(204, b"", headers)


def reply_to_done(root: str, done: Done) -> Reply:
    """Return status and address of what a change made, or the addresses of many readings."""
    if done.rows is not None:
        return Reply(201, _links(root, done.rows), [(b"content-type", b"application/json")])
    if done.status != 201 or done.entity is None:
        return Reply(done.status)
    link = self_link(root, done.entity, done.id).encode("latin-1", "replace")
    headers: Headers = [(b"location", link)]
    if done.is_duplicate:
        headers.append((b"mehrwert-duplicate", b"true"))
    return Reply(201, b"", headers)


def _links(root: str, rows: list[int | str]) -> bytes:
    """Return the JSON array of the addresses of readings, or what was wrong with them."""
    start = f"{root}/Observations("
    if rows and set(map(type, rows)) == {int}:
        escaped = msgspec.json.encode(start)[:-1].decode()
        between = f')",{escaped}'
        return f'[{escaped}{between.join(map(str, rows))})"]'.encode()
    return msgspec.json.encode([row if type(row) is str else f"{start}{row})" for row in rows])


def reply_to_error(scope: Scope, error: MehrwertError) -> Reply:
    """Return an error in the language of the reader."""
    status = next((s for kind, s in _STATUS if isinstance(error, kind)), 0) or status_of(error)
    with translation.override(language_of(scope)):
        message = sentence_of(error)
    body = msgspec.json.encode({"code": status, "type": "error", "message": message})
    headers: Headers = [(b"content-type", b"application/json"), (b"vary", b"Accept-Language")]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="Mehrwert", charset="UTF-8"'))
    if "retry_after_s" in error.data:
        headers.append((b"retry-after", str(int(error.data["retry_after_s"])).encode()))
    return Reply(status, body, headers)


def language_of(scope: Scope) -> str:
    """Return ``de`` or ``en``, whichever the reader prefers; German without a wish."""
    best, language = 0.0, "de"
    for part in header(scope, b"accept-language")[:200].split(","):
        name, _, weight = part.strip().partition(";q=")
        code = name.strip()[:2].lower()
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        if code in {"de", "en"} and quality > best:
            best, language = quality, code
    return language
