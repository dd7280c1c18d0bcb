"""Keys and municipalities → the files of the broker, on disk."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from mehrwert.accounts.models import ApiKey
from mehrwert.accounts.queries import list_mqtt_keys, mqtt_hash_of
from mehrwert.municipalities.queries import list_tenants
from mehrwert.observations.queries import list_datastreams

from . import settings
from .broker_files import Login, Place, Town, files


@dataclass(frozen=True, slots=True)
class Written:
    """What stands there now: files, those that are new, keys, the port of each municipality."""

    folder: Path
    n_files: int
    n_changed: int
    n_logins: int
    ports: list[tuple[str, int]]


def write_files(folder: Path, certificates: str = "") -> Written:
    """Write the files of the broker; each is replaced as a whole, readable by owner and group.

    A file that says the same already stays: who watches the folder is not woken for nothing.
    The list of listeners comes last.

    Raises:
        OSError: The folder cannot be written.
    """
    folder = folder.resolve()
    ports = settings.ports()
    towns = [
        Town(row.pk, row.slug, [_login(key) for key in list_mqtt_keys(row.pk)])
        for row in list_tenants()
        if row.suspended_us is None
    ]
    server = mqtt_hash_of(settings.server_password(), _salt(settings.server_password()))
    made = files(towns, server, ports, Place(str(folder), certificates))
    folder.mkdir(parents=True, exist_ok=True)
    changed = [name for name, text in made.items() if _read(folder / name) != text]
    for name in changed:
        _replace(folder / name, made[name])
    shown = [(town.slug, ports.create + town.number) for town in towns]
    return Written(folder, len(made), len(changed), sum(len(town.logins) for town in towns), shown)


def _salt(password: str) -> bytes:
    """Return a salt that stays while the password does; the password itself is random."""
    return hashlib.sha256(b"mqtt salt" + password.encode()).digest()[:12]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _login(key: ApiKey) -> Login:
    series = None
    if key.thing_ids is not None or key.datastream_ids is not None:
        series = sorted(_series_of(key))
    rights = set(key.scopes)
    return Login(key.prefix, key.mqtt_hash, "read" in rights, "write" in rights, series)


def _series_of(key: ApiKey) -> set[int]:
    """Return the series that a limited key reaches."""
    found = set(key.datastream_ids or ())
    for thing_id in key.thing_ids or ():
        found |= {row.id for row in list_datastreams(key.tenant_id, thing_id=thing_id)}
    return found


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)
