"""The files of a Mosquitto broker: listeners, passwords, access lists. Text only, no database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .settings import SERVER_USER, Ports
from .topics import INCOMING, OPEN, OWN, VERSION

CONFIG = "mehrwert.conf"
_HEAD = """\
# Written by `mehrwert mqtt_config`; changes here are lost.
per_listener_settings true
max_inflight_messages 500
max_queued_messages 1000000
autosave_interval 60
"""


@dataclass(frozen=True, slots=True)
class Login:
    """A key as the broker knows it: its prefix is the user, the whole key the password.

    ``datastream_ids`` None: it is not limited to some series.
    """

    user: str
    password_hash: str
    may_read: bool
    may_write: bool
    datastream_ids: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with its keys; ``number`` added to the port says which listener is its own."""

    number: int
    slug: str
    logins: Sequence[Login]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files will lie, and the certificates, if listeners encrypt."""

    folder: str
    certificates: str = ""


def files(towns: Iterable[Town], server_hash: str, ports: Ports, place: Place) -> dict[str, str]:
    """Return name → text of every file."""
    towns = sorted(towns, key=lambda town: town.slug)
    made = {
        "server.passwords": f"{SERVER_USER}:{server_hash}\n",
        "server.access": _server_access(),
        "read.passwords": _passwords(login for town in towns for login in town.logins),
        "read.access": _read_access(towns),
    }
    for town in towns:
        writers = [login for login in town.logins if login.may_write]
        made[f"send-{town.slug}.passwords"] = _passwords(writers)
        made[f"send-{town.slug}.access"] = "".join(_send_access(town.slug, writers))
    made[CONFIG] = _HEAD + "".join(_listeners(towns, ports, place))
    return made


def _listeners(towns: Sequence[Town], ports: Ports, place: Place) -> Iterator[str]:
    secure = ""
    if place.certificates:
        folder = place.certificates
        secure = f"certfile {folder}/fullchain.pem\nkeyfile {folder}/privkey.pem\n"
    yield "\n# this server\n" + _listener(f"{ports.server} 127.0.0.1", "server", place)
    anybody = "allow_anonymous true\n"
    yield "\n# whoever wants to be told\n"
    yield _listener(str(ports.read), "read", place) + anybody + secure
    yield "\n# the same for pages, behind the reverse proxy\n"
    pages = _listener(f"{ports.websocket} 127.0.0.1", "read", place)
    yield f"{pages}{anybody}protocol websockets\n"
    for town in towns:
        yield f"\n# devices of {town.slug}\n"
        yield _listener(str(ports.create + town.number), f"send-{town.slug}", place)
        yield f"mount_point {INCOMING}/{town.slug}/\n{secure}"


def _listener(where: str, name: str, place: Place) -> str:
    return (
        f"listener {where}\n"
        f"password_file {place.folder}/{name}.passwords\n"
        f"acl_file {place.folder}/{name}.access\n"
    )


def _passwords(logins: Iterable[Login]) -> str:
    return "".join(f"{login.user}:{login.password_hash}\n" for login in logins)


def _server_access() -> str:
    return (
        f"user {SERVER_USER}\ntopic read {INCOMING}/#\ntopic write {OPEN}/#\ntopic write {OWN}/#\n"
    )


def _read_access(towns: Sequence[Town]) -> str:
    """Let anybody read what is released, and keys what their municipality keeps to itself."""
    lines = [f"topic read {OPEN}/#\n"]
    for town in towns:
        begin = f"{OWN}/{town.slug}/{VERSION}"
        for login in town.logins:
            lines.append(f"\nuser {login.user}\ntopic read {OPEN}/#\n")
            if not login.may_read:
                continue
            if login.datastream_ids is None:
                lines.append(f"topic read {begin}/#\n")
            for number in login.datastream_ids or ():
                series = f"{begin}/Datastreams({number})"
                lines.append(f"topic read {series}\ntopic read {series}/Observations\n")
    return "".join(lines)


def _send_access(slug: str, logins: Iterable[Login]) -> Iterator[str]:
    """Let keys publish; the broker compares topics with their mount point."""
    begin = f"{INCOMING}/{slug}/{VERSION}"
    for login in logins:
        yield f"user {login.user}\n"
        if login.datastream_ids is None:
            yield f"topic write {begin}/#\n"
        for number in login.datastream_ids or ():
            yield f"topic write {begin}/Datastreams({number})/Observations\n"
        yield "\n"
