"""Files of an SFTP server: those of a pattern that are new or changed since the last time."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mehrwert.base.errors import MehrwertError
from mehrwert.base.outgoing import Target, check_host
from mehrwert.connectors.pulls.errors import HostKeyError, SftpError

from . import folder as limits
from .folder import Entry, Folder, choose, is_one_file
from .web import Login

if TYPE_CHECKING:
    import asyncssh


def read_sftp(address: str, login: Login, known_key: str, seen: Mapping[str, str]) -> Folder:
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
        return asyncio.run(asyncio.wait_for(work, limits.MOST_S))
    except MehrwertError:
        raise
    except TimeoutError as error:
        raise SftpError(host=target.host, reason=limits.TOO_SLOW) from error
    except OSError as error:
        raise SftpError(host=target.host, reason=limits.NO_ANSWER) from error


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
        "connect_timeout": limits.CONNECT_S,
        "login_timeout": limits.CONNECT_S,
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
        raise SftpError(host=target.host, reason=limits.NO_ENTRY) from error
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath, asyncssh.SFTPPermissionDenied) as e:
        raise SftpError(host=target.host, reason=limits.NO_FILE) from e
    except asyncssh.Error as error:
        raise SftpError(host=target.host, reason=limits.BROKEN) from error
    return found


async def _files(
    client: "asyncssh.SFTPClient", path: str, seen: Mapping[str, str], found: Folder, host: str
) -> None:
    """Read what is new."""
    folder, _, pattern = path.rpartition("/")
    entries = [
        Entry(f"{entry.attrs.mtime or 0:020d}", str(entry.filename), entry.attrs.size or 0)
        for entry in (await client.readdir(folder or "/"))[: limits.MOST_LISTED]
    ]
    wanted = choose(entries, pattern, seen)
    if not wanted and is_one_file(pattern):
        await client.stat(path)  # says so if it is not there at all
    for entry in wanted:
        if entry.size > limits.MOST_BYTES:
            raise SftpError(host=host, reason=limits.TOO_BIG)
        async with client.open(f"{folder}/{entry.name}", "rb") as file:
            body: Any = await file.read(limits.MOST_BYTES + 1)
        found.files.append((entry.name, entry.stamp, body))
