"""Backup of the whole installation while it runs, restore, and the drill that proves both.

One file holds both databases, the key files, the configuration and the uploaded files, with a
manifest of hashes and row counts. Nothing here uses models: an upgrade backs up a database that is
older than the program.
"""

from .drill import Verdict, run_drill
from .make import make_backup
from .manifest import Manifest
from .restore import read_manifest, restore
from .shelf import StoredBackup, backup_folder, clear_old_backups, list_backups

__all__ = [
    "Manifest",
    "StoredBackup",
    "Verdict",
    "backup_folder",
    "clear_old_backups",
    "list_backups",
    "make_backup",
    "read_manifest",
    "restore",
    "run_drill",
]
