"""Answers of web servers; a status that is no success becomes an error with a sentence."""

import base64
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from mehrwert.base.outgoing_http import MOST_BYTES, Question, fetch
from mehrwert.connectors.pulls.errors import NothingThereError, RefusedError
from mehrwert.connectors.pulls.rules.rows import parse_json


@dataclass(frozen=True, slots=True)
class Login:
    """As whom to sign in; empty: as nobody."""

    username: str = ""
    password: str = ""

    def headers(self) -> dict[str, str]:
        """Return what a web server wants to hear."""
        if not self.username:
            return {}
        plain = f"{self.username}:{self.password}".encode()
        return {"Authorization": f"Basic {base64.b64encode(plain).decode()}"}


def get(url: str, login: Login, most_bytes: int = MOST_BYTES) -> bytes:
    """Return the body of an answer.

    Raises:
        HostNotAllowedError, HostUnknownError, PrivateAddressError, ForeignServerError: See
            ``base.outgoing_http``.
        NothingThereError: 404 or 410.
        RefusedError: Any other status that is no success; ``data["wait_s"]`` if it said how long.
    """
    answer = fetch(Question(url, login.headers(), most_bytes=most_bytes))
    host = urlsplit(url).hostname or ""
    if answer.status in {404, 410}:
        raise NothingThereError(host=host)
    if answer.status != 200:
        wait = answer.headers.get("retry-after", "")
        wait_s = int(wait) if wait.isdecimal() and len(wait) < 8 else 0
        raise RefusedError(host=host, status=answer.status, wait_s=wait_s)
    return answer.body


def get_json(url: str, login: Login) -> Any:
    """Return an answer in JSON as values.

    Raises:
        UnreadableError: It is none; else as ``get``.
    """
    return parse_json(get(url, login))
