"""Files of an SFTP server: those of a pattern that are new or changed since the last time."""

import asyncio
import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mehrwert.base.errors import MehrwertError
from mehrwert.base.marks import mark
from mehrwert.base.outgoing import Target, check_host
from mehrwert.connectors.pulls.errors import HostKeyError, SftpError

from .web import Login

if TYPE_CHECKING:
    import asyncssh

MOST_BYTES = 64 * 1_048_576
MOST_FILES = 50
MOST_LISTED = 20_000
MOST_S = 120.0
CONNECT_S = 20.0

NO_ANSWER = mark("Er antwortet nicht.")
NO_ENTRY = mark("Er lässt uns nicht hinein. Bitte prüfen Sie Benutzer und Passwort.")
NO_FILE = mark("Der Ordner oder die Datei ist nicht da.")
TOO_BIG = mark("Eine Datei ist größer als 64 MB.")
TOO_SLOW = mark("Es dauerte zu lange.")
BROKEN = mark("Die Verbindung ist abgebrochen.")


@dataclass(slots=True)
class Folder:
    """What was found: (name, size and time as one text, content), and who the server says it is."""

    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    host_key: str = ""


def read_folder(address: str, login: Login, known_key: str, seen: Mapping[str, str]) -> Folder:
    """Return the files behind ``sftp://host/folder/*.csv`` that were not read yet, oldest first.

    Raises:
        HostNotAllowedError, HostUnknownError, PrivateAddressError: See ``base.outgoing``.
        HostKeyError: The server is another one than the first time.
        SftpError: Anything else; the sentence says what.
    """
    parts = urlsplit(address)
    target = check_host(parts.hostname or "", parts.port or 22)
    work = _read(target, unquote(parts.path), login, known_key, seen)
    try:
        return asyncio.run(asyncio.wait_for(work, MOST_S))
    except MehrwertError:
        raise
    except TimeoutError as error:
        raise SftpError(host=target.host, reason=TOO_SLOW) from error
    except OSError as error:
        raise SftpError(host=target.host, reason=NO_ANSWER) from error


async def _read(
    target: Target, path: str, login: Login, known_key: str, seen: Mapping[str, str]
) -> Folder:
    import asyncssh  # 47 MB that only servers with such a pull need

    found = Folder()

    class Careful(asyncssh.SSHClient):
        """Believes the key of the first time, and no other afterwards."""

        def validate_host_public_key(
            self, host: str, addr: str, port: int, key: "asyncssh.SSHKey"
        ) -> bool:
            found.host_key = key.get_fingerprint()
            return known_key in {"", found.host_key}

    options: dict[str, Any] = {
        "username": login.username or None,
        "password": login.password,
        "client_keys": None,
        "agent_path": None,
        "config": None,
        "known_hosts": ([], [], []),
        "client_factory": Careful,
        "connect_timeout": CONNECT_S,
        "login_timeout": CONNECT_S,
    }
    try:
        async with (
            asyncssh.connect(target.address, target.port, **options) as connection,
            connection.start_sftp_client() as client,
        ):
            await _files(client, path, seen, found, target.host)
    except asyncssh.HostKeyNotVerifiable as error:
        raise HostKeyError(host=target.host, fingerprint=found.host_key) from error
    except asyncssh.PermissionDenied as error:
        raise SftpError(host=target.host, reason=NO_ENTRY) from error
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath, asyncssh.SFTPPermissionDenied) as e:
        raise SftpError(host=target.host, reason=NO_FILE) from e
    except asyncssh.Error as error:
        raise SftpError(host=target.host, reason=BROKEN) from error
    return found


async def _files(
    client: "asyncssh.SFTPClient", path: str, seen: Mapping[str, str], found: Folder, host: str
) -> None:
    """Read what is new; the newest of too many come with the next run."""
    folder, _, pattern = path.rpartition("/")
    wanted = []
    for entry in (await client.readdir(folder or "/"))[:MOST_LISTED]:
        name, attrs = str(entry.filename), entry.attrs
        stamp = f"{attrs.size}/{attrs.mtime}"
        is_wanted = fnmatch.fnmatchcase(name, pattern) and not name.startswith(".")
        if is_wanted and seen.get(name) != stamp:
            wanted.append((attrs.mtime or 0, name, stamp, attrs.size or 0))
    if not wanted and not any(character in pattern for character in "*?["):
        await client.stat(path)  # says so if it is not there at all
    for _, name, stamp, size in sorted(wanted)[:MOST_FILES]:
        if size > MOST_BYTES:
            raise SftpError(host=host, reason=TOO_BIG)
        async with client.open(f"{folder}/{name}", "rb") as file:
            body: Any = await file.read(MOST_BYTES + 1)
        found.files.append((name, stamp, body))
