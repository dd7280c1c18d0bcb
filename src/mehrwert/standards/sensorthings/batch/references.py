"""Addresses inside a batch, and ``$<id>`` for what a request before has made."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote_to_bytes, urlsplit

from mehrwert.standards.sensorthings.errors import BadPathError, DependencyError

_IN_BODY = re.compile(rb'("@iot\.id"\s*:\s*)"\$([^"\\\s]{1,200})"')
_IN_PATH = re.compile(r"\(\$([^()/]{1,200})\)")
_SAFE = "%/?:@!$&'()*+,;=-._~"
MAX_URL = 20_000


def resolve(url: str, prefix: str) -> tuple[str, bytes]:
    """Return path below the root and query of an address that is relative, absolute, or between.

    Args:
        url: As given.
        prefix: Path of the root, as ``/sta/v1.1``.

    Raises:
        BadPathError: It leads elsewhere, or is none.
    """
    try:
        split = urlsplit(url.strip())
        path = unquote_to_bytes(split.path).decode()
    except ValueError as error:
        raise BadPathError(part=url[:60]) from error
    if len(url) > MAX_URL:
        raise BadPathError(part=url[:60])
    if path == prefix or path.startswith(f"{prefix}/"):
        path = path[len(prefix) :]
    elif split.scheme or split.netloc:
        raise BadPathError(part=url[:60])
    elif path.startswith("/v1.1/"):
        path = path[len("/v1.1") :]
    return path.strip("/"), quote(split.query, safe=_SAFE, errors="replace").encode()


def path_with(path: str, made: Mapping[str, str], failed: set[str]) -> str:
    """Put what was made in place of ``$id`` at the start and of ``($id)`` anywhere.

    Raises:
        DependencyError: That request failed.
    """
    first, slash, rest = path.partition("/")
    if first.startswith("$"):
        name = first[1:]
        _check(name, failed)
        path = made.get(name, first) + slash + rest

    def put(match: re.Match[str]) -> str:
        _check(match[1], failed)
        return f"({_id(made[match[1]])})" if match[1] in made else match[0]

    return _IN_PATH.sub(put, path)


def body_with(body: bytes, made: Mapping[str, str], failed: set[str]) -> bytes:
    """Put ids of what was made in place of ``{"@iot.id": "$id"}``.

    Raises:
        DependencyError: That request failed.
    """

    def put(match: re.Match[bytes]) -> bytes:
        name = match[2].decode("utf-8", "replace")
        _check(name, failed)
        return match[1] + _id(made[name]).encode() if name in made else match[0]

    return _IN_BODY.sub(put, body)


def _check(name: str, failed: set[str]) -> None:
    if name in failed:
        raise DependencyError(part=name[:60])


def _id(path: str) -> str:
    """Return the id at the end of ``Things(5)``."""
    return path.rpartition("(")[2].rstrip(")")
