"""The ``multipart/mixed`` form of a batch (18-088 §11, after OData 4.0)."""

import re
import secrets
from collections.abc import AsyncIterator
from http import HTTPStatus

from mehrwert.standards.sensorthings.errors import BadBatchError

from .parts import MAX_PARTS, Form, Part, Result, Results

Headers = dict[str, str]
_BOUNDARY = re.compile(r';\s*boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;,"]{1,70}))', re.IGNORECASE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(r"([A-Za-z]{1,20})[ \t]+(\S.*?)(?:[ \t]+HTTP/\d(?:\.\d)?)?[ \t]*", re.ASCII)


def parse(body: bytes, content_type: str) -> list[Part]:
    """Return the requests of a batch, those of each change set with a group of their own.

    Raises:
        BadBatchError: It cannot be taken apart to its end.
    """
    parts: list[Part] = []
    for number, (headers, content) in enumerate(_split(body, content_type)):
        kind = headers.get("content-type", "")
        if kind.lower().startswith("multipart/mixed"):
            group = f"group{number}"
            parts += [_request(h, inner, group) for h, inner in _split(content, kind)]
        else:
            parts.append(_request(headers, content, ""))
    return parts


def _split(body: bytes, content_type: str) -> list[tuple[Headers, bytes]]:
    """Return headers and content of every section."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise BadBatchError(part="boundary")
    boundary = re.escape((found[1] or found[2]).encode())
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + boundary + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    sections: list[tuple[Headers, bytes]] = []
    start = -1
    for match in delimiter.finditer(body):
        if start >= 0:
            sections.append(_headers(body[start : match.start()]))
        if match[1]:
            return sections
        if len(sections) > MAX_PARTS:
            break
        start = match.end()
    if len(sections) > MAX_PARTS:
        return sections
    raise BadBatchError(part=(found[1] or found[2])[:60])


def _headers(section: bytes) -> tuple[Headers, bytes]:
    """Return the headers of a section, which starts with the end of a line, and the rest."""
    head, *rest = _BLANK_LINE.split(section, 1)
    return _fields(head.decode("utf-8", "replace").splitlines()), rest[0] if rest else b""


def _fields(lines: list[str]) -> Headers:
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _request(headers: Headers, content: bytes, group: str) -> Part:
    """Return the request inside a section of type ``application/http``."""
    if not headers.get("content-type", "").lower().startswith("application/http"):
        raise BadBatchError(part="application/http")
    head, *rest = _BLANK_LINE.split(content.lstrip(b"\r\n"), 1)
    first, *lines = head.decode("utf-8", "replace").splitlines() or [""]
    match = _LINE.fullmatch(first.strip())
    if match is None:
        raise BadBatchError(part=first[:60])
    own = _fields(lines)
    name = headers.get("content-id") or own.get("content-id", "")
    return Part(name, match[1].upper(), match[2], own, rest[0] if rest else b"", group)


def form() -> Form:
    """Return how the answer is written, with a boundary of its own."""
    boundary = f"batch_{secrets.token_hex(12)}"

    async def write(results: Results) -> AsyncIterator[bytes]:
        async for run in results:
            yield _written(run, boundary)
        yield f"--{boundary}--\r\n".encode()

    return Form(f"multipart/mixed;boundary={boundary}", write)


def _written(run: list[Result], boundary: str) -> bytes:
    """Return one request, or one change set: all of it, or the one answer to what failed."""
    if not run[0].part.group:
        return _section(run[0], boundary)
    failed = next((result for result in run if result.is_alone), None)
    if failed is not None:
        return _section(failed, boundary)
    inner = f"changeset_{secrets.token_hex(12)}"
    sections = b"".join(_section(result, inner) for result in run)
    head = f"--{boundary}\r\nContent-Type: multipart/mixed;boundary={inner}\r\n\r\n"
    return head.encode() + sections + f"--{inner}--\r\n\r\n".encode()


def _section(result: Result, boundary: str) -> bytes:
    lines = [
        f"--{boundary}",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
    ]
    if result.part.id:
        lines.append(f"Content-ID: {result.part.id}")
    lines += ["", f"HTTP/1.1 {result.status} {HTTPStatus(result.status).phrase}"]
    lines += [f"{name.title()}: {value}" for name, value in result.headers.items()]
    lines += [f"Content-Length: {len(result.body)}", "", ""]
    return "\r\n".join(lines).encode("utf-8", "replace") + result.body + b"\r\n"
