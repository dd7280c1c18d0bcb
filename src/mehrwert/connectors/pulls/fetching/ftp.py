"""Files of an FTP server: those of a pattern that are new or changed since the last time.

FTP hides neither password nor content. Many loggers and public archives speak nothing else.
"""

import ftplib
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from mehrwert.base.outgoing import check_host
from mehrwert.connectors.pulls.errors import FtpError

from . import folder as limits
from .folder import Entry, Folder, choose, is_one_file
from .web import Login

PORT = 21
# what servers say that know no listing for programs
UNKNOWN_COMMAND = ("500", "501", "502", "504")


def read_ftp(address: str, login: Login, seen: Mapping[str, str]) -> Folder:
    """Return the files behind ``ftp://host/folder/*.csv`` that were not read yet, oldest first.

    Raises:
        HostNotAllowedError, HostUnknownError, PrivateAddressError: See ``base.outgoing``.
        FtpError: Anything else; the sentence says what.
    """
    parts = urlsplit(address)
    target = check_host(parts.hostname or "", parts.port or PORT)
    folder, _, pattern = unquote(parts.path).rpartition("/")
    try:
        # data come from the same machine, whatever address the server names for them
        with ftplib.FTP(timeout=limits.CONNECT_S, encoding="utf-8") as client:  # noqa: S321 - said in the form
            client.connect(target.address, target.port)
            _enter(client, login, target.host)
            client.cwd(folder or "/")
            return _files(client, pattern, seen, target.host)
    except ftplib.error_perm as error:
        raise FtpError(host=target.host, reason=limits.NO_FILE) from error
    except (ftplib.Error, EOFError) as error:
        raise FtpError(host=target.host, reason=limits.BROKEN) from error
    except (OSError, ValueError) as error:
        raise FtpError(host=target.host, reason=limits.NO_ANSWER) from error


def _enter(client: ftplib.FTP, login: Login, host: str) -> None:
    try:
        client.login(login.username, login.password)
    except (ftplib.error_perm, ValueError) as error:
        raise FtpError(host=host, reason=limits.NO_ENTRY) from error
    client.voidcmd("TYPE I")


def _files(client: ftplib.FTP, pattern: str, seen: Mapping[str, str], host: str) -> Folder:
    until = time.monotonic() + limits.MOST_S
    wanted = choose(_entries(client, until, host), pattern, seen)
    if not wanted and is_one_file(pattern):
        client.size(pattern)  # says so if it is not there at all
    found = Folder()
    for entry in wanted:
        body = _Body(until, host)
        client.retrbinary(f"RETR {entry.name}", body.take)
        found.files.append((entry.name, entry.stamp, bytes(body.content)))
    return found


class _Body:
    """Collects a file; gives up when it grows too large or comes too slowly."""

    def __init__(self, until: float, host: str) -> None:
        self.content = bytearray()
        self._until = until
        self._host = host

    def take(self, part: bytes) -> None:
        """Add a part."""
        self.content += part
        if len(self.content) > limits.MOST_BYTES:
            raise FtpError(host=self._host, reason=limits.TOO_BIG)
        _check_time(self._until, self._host)


def _entries(client: ftplib.FTP, until: float, host: str) -> Iterator[Entry]:
    """Yield the files of the folder with size and time, as far as the server tells them."""
    try:
        listed = list(client.mlsd(facts=["type", "size", "modify"]))[: limits.MOST_LISTED]
    except ftplib.error_perm as error:
        if not str(error).startswith(UNKNOWN_COMMAND):
            raise
        yield from _asked_one_by_one(client, until, host)
        return
    for name, facts in listed:
        if facts.get("type", "file").casefold() == "file":
            size = facts.get("size", "")
            yield Entry(facts.get("modify", ""), name, int(size) if size.isdecimal() else 0)


def _asked_one_by_one(client: ftplib.FTP, until: float, host: str) -> Iterator[Entry]:
    names: list[str] = []
    with suppress(ftplib.error_perm):  # some servers say so of an empty folder
        names = client.nlst()[: limits.MOST_LISTED]
    for path in names:
        _check_time(until, host)
        name = path.rpartition("/")[2]
        try:
            size = client.size(name)
            modified = client.sendcmd(f"MDTM {name}").partition(" ")[2].strip()
        except (ftplib.error_perm, ValueError):
            continue  # a folder, or a name that cannot be asked for
        yield Entry(modified, name, size or 0)


def _check_time(until: float, host: str) -> None:
    if time.monotonic() > until:
        raise FtpError(host=host, reason=limits.TOO_SLOW)
