"""One request to a foreign web server: allowed hosts only, bounded in time, size and redirects."""

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from mehrwert.base.errors import ForeignServerError
from mehrwert.base.marks import mark
from mehrwert.base.outgoing import Target, check_host

MOST_BYTES = 32 * 1_048_576
TIMEOUT_S = 30.0
MOST_S = 120.0
MOST_REDIRECTS = 3
CHUNK = 65_536
MOVED = {301, 302, 303, 307, 308}
AGENT = "Mehrwert"

NO_ANSWER = mark("Er antwortet nicht.")
NO_TRUST = mark("Sein Zertifikat ist nicht gültig.")
TOO_SLOW = mark("Die Antwort dauerte zu lange.")
TOO_BIG = mark("Die Antwort ist zu groß.")
TOO_MANY_MOVES = mark("Er leitet immer weiter.")
NO_HTTP = mark("Er spricht kein HTTP.")
BAD_ADDRESS = mark("Die Adresse ist nicht lesbar; sie beginnt mit http:// oder https://.")


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask for; ``headers`` may hold credentials, which are never sent to another host."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: bytes | None = None
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(question: Question) -> Answer:
    """Ask a foreign server; every redirect is checked like the first address.

    Raises:
        HostNotAllowedError, HostUnknownError, PrivateAddressError: See ``outgoing.check_host``.
        ForeignServerError: No usable answer; the sentence says why. A status is no error here.
    """
    until = time.monotonic() + MOST_S
    url, headers = question.url, dict(question.headers)
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask_once(question, url, headers, until)
        target = answer.headers.get("location", "")
        if answer.status not in MOVED or not target or question.method != "GET":
            return answer
        moved = urljoin(url, target)
        if _origin(moved) != _origin(url):
            headers = {}
        url = moved
    raise ForeignServerError(host=urlsplit(url).hostname or "", reason=TOO_MANY_MOVES)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _ask_once(question: Question, url: str, headers: Mapping[str, str], until: float) -> Answer:
    host, port, is_tls, path = split_url(url)
    target = check_host(host, port)
    connection = _Connection(target, is_tls)
    given = {"User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
    try:
        connection.request(question.method, path, question.body, given)
        response = connection.getresponse()
        body = _read(response, question.most_bytes, until, host)
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, body)
    except ssl.SSLError as error:
        raise ForeignServerError(host=host, reason=NO_TRUST) from error
    except TimeoutError as error:
        raise ForeignServerError(host=host, reason=TOO_SLOW) from error
    except OSError as error:
        raise ForeignServerError(host=host, reason=NO_ANSWER) from error
    except (http.client.HTTPException, ValueError) as error:
        raise ForeignServerError(host=host, reason=NO_HTTP) from error
    finally:
        connection.close()


def split_url(url: str) -> tuple[str, int, bool, str]:
    """Return (host, port, whether encrypted, path with query) of a web address.

    Raises:
        ForeignServerError: It is none.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ForeignServerError(host=url[:100], reason=BAD_ADDRESS) from error
    if parts.scheme not in {"http", "https"} or not host:
        raise ForeignServerError(host=url[:100], reason=BAD_ADDRESS)
    is_tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port or (443 if is_tls else 80), is_tls, path


def _read(response: http.client.HTTPResponse, most: int, until: float, host: str) -> bytes:
    body = bytearray()
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > most:
            raise ForeignServerError(host=host, reason=TOO_BIG)
        if time.monotonic() > until:
            raise ForeignServerError(host=host, reason=TOO_SLOW)
    return bytes(body)


class _Connection(http.client.HTTPConnection):
    """Connects to the address that was checked; the name goes into header and certificate."""

    def __init__(self, target: Target, is_tls: bool) -> None:
        usual = 443 if is_tls else 80
        super().__init__(target.host, target.port, timeout=TIMEOUT_S)
        self.default_port = usual  # type: ignore[misc]
        self._target, self._is_tls = target, is_tls

    def connect(self) -> None:
        """Open the connection."""
        self.sock = self._target.connect(TIMEOUT_S)
        if self._is_tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._target.host)
