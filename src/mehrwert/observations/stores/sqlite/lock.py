"""The lock file: exactly one process writes a SQLite store."""

import fcntl
import os
from pathlib import Path

from mehrwert.observations.errors import StoreLockedError


class FileLock:
    """A lock held by the operating system: it vanishes with its process, also after a kill."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock at once or say who has it.

        Raises:
            StoreLockedError: Another process holds it.
        """
        if self._handle is not None:
            return
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = os.pread(handle, 32, 0).decode(errors="replace").strip() or "?"
            os.close(handle)
            raise StoreLockedError(pid=pid, retry_after_s=5) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        self._handle = handle

    def release(self) -> None:
        """Give it up."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
