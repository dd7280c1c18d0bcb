"""The folder of backups: what lies there, and what may go."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"mehrwert-(\d{8}T\d{6}Z)-(hand|nacht|wechsel|probe)(?:-\d+)?\.tar\.gz")
REASONS = ("hand", "nacht", "wechsel", "probe")
KEEP_BEFORE_UPGRADE = 5


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """One backup in the folder. ``reason``: hand, nacht, wechsel (before an upgrade) or probe."""

    path: Path
    made_at: datetime
    reason: str
    bytes: int


def backup_folder() -> Path:
    """Return where backups lie: the option ``backup_dir``, else in the data folder."""
    chosen = settings.MEHRWERT.backup_dir
    return Path(chosen) if chosen else Path(settings.DATA_DIR) / "backups"


def list_backups(folder: Path | None = None) -> list[StoredBackup]:
    """Return the backups, newest first."""
    folder = folder or backup_folder()
    found = []
    for path in folder.glob("mehrwert-*.tar.gz"):
        match = NAME.fullmatch(path.name)
        if match:
            made = datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
            found.append(StoredBackup(path, made, match[2], path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def new_path(folder: Path, reason: str, now: datetime) -> Path:
    """Return a name that is not taken."""
    stem = f"mehrwert-{now.strftime(STAMP)}-{reason}"
    path = folder / f"{stem}.tar.gz"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.tar.gz"
    return path


def clear_old_backups(keep_nightly: int, folder: Path | None = None) -> list[str]:
    """Delete nightly backups beyond the newest ones; those made by hand stay.

    Args:
        keep_nightly: How many nightly backups stay, at least 1.
        folder: Where, else the folder of the installation.

    Returns:
        Names of what was deleted.
    """
    limits = {"nacht": max(1, keep_nightly), "wechsel": KEEP_BEFORE_UPGRADE}
    gone = []
    for reason, limit in limits.items():
        of_reason = [b for b in list_backups(folder) if b.reason == reason]
        for backup in of_reason[limit:]:
            backup.path.unlink(missing_ok=True)
            gone.append(backup.path.name)
    return gone
