"""Keys and municipalities → the files of the broker, on disk."""

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
    """What was written: files, keys, and the port of each municipality."""

    folder: Path
    n_files: int
    n_logins: int
    ports: list[tuple[str, int]]


def write_files(folder: Path, certificates: str = "") -> Written:
    """Write all files of the broker; each is replaced as a whole, readable by owner and group.

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
    server = mqtt_hash_of(settings.server_password(), secrets.token_bytes(12))
    made = files(towns, server, ports, Place(str(folder), certificates))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        _replace(folder / name, text)
    shown = [(town.slug, ports.create + town.number) for town in towns]
    return Written(folder, len(made), sum(len(town.logins) for town in towns), shown)


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
