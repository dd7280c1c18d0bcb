"""Brings a backup back into an empty place, checking every byte on the way."""

import hashlib
import os
import tarfile
from pathlib import Path
from typing import IO

from . import postgres
from .errors import BackupBrokenError, DatabaseNeededError, TargetNotEmptyError
from .manifest import NAME, Manifest, Part

CHUNK = 1_048_576
MOST_MANIFEST_BYTES = 64 * 1_048_576
DAMAGED = (tarfile.TarError, EOFError, OSError, ValueError, KeyError)


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says about itself.

    Raises:
        BackupBrokenError: Not a backup of ours.
    """
    try:
        with tarfile.open(file, "r:gz") as archive:
            return _read_manifest(archive)
    except DAMAGED as error:
        raise BackupBrokenError(file=file.name, reason=str(error)) from error


def restore(file: Path, into: Path, *, database_url: str = "") -> Manifest:
    """Unpack a backup; afterwards the folder is a data folder ready to be served.

    Args:
        file: The backup.
        into: A folder that does not exist yet or is empty.
        database_url: An empty database; needed when the backup is one of PostgreSQL.

    Raises:
        BackupBrokenError: The file is damaged; the folder may hold a part and must be thrown away.
        TargetNotEmptyError: There is something already.
        DatabaseNeededError: No database was named.
    """
    manifest = read_manifest(file)
    if into.exists() and any(into.iterdir()):
        raise TargetNotEmptyError(target=str(into))
    if manifest.engine == "postgresql":
        if not database_url:
            raise DatabaseNeededError
        if not postgres.is_empty(database_url):
            raise TargetNotEmptyError(target=database_url.rsplit("/", 1)[-1])
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    _unpack(file, into, manifest)
    if manifest.engine == "postgresql":
        dump = into / manifest.databases["default"].part
        postgres.load(database_url, dump)
        dump.unlink()
    return manifest


def _read_manifest(archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    if first is None or first.name != NAME or first.size > MOST_MANIFEST_BYTES:
        raise ValueError("no manifest")
    raw = archive.extractfile(first)
    if raw is None:
        raise ValueError("no manifest")
    return Manifest.from_json(raw.read())


def _unpack(file: Path, into: Path, manifest: Manifest) -> None:
    expected = {part.name: part for part in manifest.parts}
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                if member.name == NAME:
                    continue
                part = expected.pop(member.name)
                content = archive.extractfile(member)
                if content is None:
                    raise ValueError(f"{member.name}: not a file")
                _write_checked(content, into / part.name, part)
        if expected:
            raise ValueError(f"{sorted(expected)[0]} missing")
    except DAMAGED as error:
        raise BackupBrokenError(file=file.name, reason=str(error)) from error


def _write_checked(content: IO[bytes], target: Path, part: Part) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != part.sha256:
        raise ValueError(f"{part.name}: SHA-256 differs")
