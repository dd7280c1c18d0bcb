"""Makes one backup file of the running installation.

Order: **observations first, then the Django database, then the files.** Events flow from the
observations upwards. What the Django database knows of an event that the earlier copy still holds
as untold is told again after a restore, and listeners bear that. The other way round an event could
be marked as told in the later copy while its effect is missing in the earlier one, and readings
could belong to a municipality that does not exist yet: lost for good. On PostgreSQL both are one
database and one snapshot.
"""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from mehrwert import __version__

from . import postgres, sqlite
from .errors import NotEnoughSpaceError
from .manifest import NAME, Contents, Manifest, part_of
from .shelf import backup_folder, new_path

MB = 1_048_576
RESERVE_MB = 100
Report = Callable[[str, int, int], None]


def make_backup(
    folder: Path | None = None, *, reason: str = "hand", report: Report | None = None
) -> Path:
    """Write a backup and return its path; a half-written file never bears the final name.

    Args:
        folder: Where to, else the folder of the installation.
        reason: ``hand``, ``nacht``, ``wechsel`` or ``probe``; part of the name.
        report: Called with (step in words, steps done, steps in all).

    Raises:
        NotEnoughSpaceError: The volume has no room.
        ToolMissingError: ``pg_dump`` is not installed.
    """
    folder = folder or backup_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _refuse_without_space(folder)
    now = datetime.now(tz=UTC)
    target = new_path(folder, reason, now)
    tell = report or (lambda step, done, total: None)
    with tempfile.TemporaryDirectory(prefix=".sicherung-", dir=folder) as name:
        stage = Path(name)
        tell("Datenbanken", 0, 3)
        databases = _copy_databases(stage)
        tell("Dateien", 1, 3)
        _copy_files(stage)
        parts = tuple(part_of(path, _name(path, stage)) for path in _files_below(stage))
        manifest = Manifest(
            made_at=now.isoformat(timespec="seconds"),
            reason=reason,
            version=__version__,
            engine="postgresql" if settings.ONE_DATABASE else "sqlite",
            databases=databases,
            parts=parts,
        )
        tell("Packen", 2, 3)
        _pack(stage, manifest, target)
    tell("fertig", 3, 3)
    return target


def sqlite_path(alias: str) -> Path:
    """Return the file of a database of this installation."""
    return Path(str(connections[alias].settings_dict["NAME"]))


def _copy_databases(stage: Path) -> dict[str, Contents]:
    if settings.ONE_DATABASE:
        dump = stage / "mehrwert.pgdump"
        counts, steps = postgres.take_snapshot(postgres.url_of_installation(), dump)
        return {"default": Contents(dump.name, steps, counts)}
    found = {}
    for alias, name in (
        ("observations", "observations.sqlite3"),
        ("default", "mehrwert.sqlite3"),
    ):
        copy = stage / name
        sqlite.take_snapshot(sqlite_path(alias), copy)
        found[alias] = Contents(name, sqlite.read_steps(copy), sqlite.count_rows(copy))
    return found


def _copy_files(stage: Path) -> None:
    """Lay keys, configuration and uploads beside the databases; uploads are linked, not copied."""
    for key in sorted(Path(settings.DATA_DIR).glob("*.key")):
        shutil.copy2(key, stage / key.name)
    config = os.environ.get("MEHRWERT_CONFIG", "")
    if config and Path(config).is_file():
        shutil.copy2(config, stage / "config.toml")
    media = Path(settings.MEDIA_ROOT)
    for path in _files_below(media):
        copy = stage / "files" / path.relative_to(media)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, copy)
        except FileNotFoundError:
            continue
        except OSError:
            shutil.copy2(path, copy)


def _files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _name(path: Path, stage: Path) -> str:
    return path.relative_to(stage).as_posix()


def _pack(stage: Path, manifest: Manifest, target: Path) -> None:
    (stage / NAME).write_bytes(manifest.to_json())
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as archive:
                for name in (NAME, *(p.name for p in manifest.parts)):
                    archive.add(stage / name, arcname=name, recursive=False)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _refuse_without_space(folder: Path) -> None:
    needed = (2 * _database_bytes() + sum(p.stat().st_size for p in _uploads())) // MB + RESERVE_MB
    free = shutil.disk_usage(folder).free // MB
    if free < needed:
        raise NotEnoughSpaceError(needed_mb=needed, free_mb=free)


def _uploads() -> list[Path]:
    return _files_below(Path(settings.MEDIA_ROOT))


def _database_bytes() -> int:
    if settings.ONE_DATABASE:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0]) // 2
    paths = [sqlite_path(alias) for alias in ("default", "observations")]
    return sum(path.stat().st_size for path in paths if path.exists())
