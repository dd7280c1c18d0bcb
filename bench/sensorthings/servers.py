"""Servers under test: ours, started for the run, or one that somebody else started."""

import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Server:
    """A service with the processes that work for it.

    Args:
        group: Process group whose CPU counts, 0 if unknown.
        postmaster: Parent of the database's processes, 0 if there is none on this machine.
        folder: Where its data lie, if we know.
    """

    name: str
    root: str
    group: int = 0
    postmaster: int = 0
    folder: Path | None = None
    database: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def cpu_s(self) -> float | None:
        """Return the CPU seconds of all its processes so far, database included."""
        return self._sum(lambda fields: (int(fields[11]) + int(fields[12])) / TICKS)

    def memory_mb(self) -> float | None:
        """Return the resident memory of its own processes; shared pages count in each."""
        return self._sum(lambda fields: int(fields[21]) * PAGE / 1e6, with_database=False)

    def _sum(self, of, *, with_database: bool = True) -> float | None:
        if not self.group:
            return None
        total = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            is_database = with_database and self.postmaster and int(fields[1]) == self.postmaster
            if int(fields[2]) == self.group or is_database:
                total += of(fields)
        return total

    def disk_bytes(self) -> int | None:
        """Return the bytes of the readings' database, its log included."""
        if self.database:
            import psycopg

            with psycopg.connect(self.database) as connection:
                sql = (
                    "SELECT pg_database_size(datname) FROM pg_database"
                    " WHERE datname LIKE 'mehrwert_throwaway_%' ORDER BY oid DESC LIMIT 1"
                )
                row = connection.execute(sql).fetchone()
                return row[0] if row else None
        if self.folder is None:
            return None
        files = self.folder.glob("mehrwert-conformance-*/observations.sqlite3*")
        return sum(file.stat().st_size for file in files if file.suffix != ".lock")


def postmaster_of(url: str) -> int:
    """Return the process of a database on this machine whose children serve it; 0 without one."""
    import psycopg

    with psycopg.connect(url) as connection:
        stat = Path(f"/proc/{connection.info.backend_pid}/stat")
        return int(stat.read_text().rpartition(")")[2].split()[1]) if stat.exists() else 0


@contextmanager
def our_server(port: int, postgres: str, settings: dict[str, str]) -> Iterator[Server]:
    """Start ``script/conformance-server`` with empty data; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="mehrwert-bench-") as folder:
        command = [str(ROOT / "script" / "conformance-server"), str(port)]
        command += ["--postgres", postgres] if postgres else []
        env = {**os.environ, "TMPDIR": folder, **settings}
        process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, env=env
        )
        try:
            root = f"http://127.0.0.1:{port}/sta/v1.1"
            _wait(process, root)
            name = "Mehrwert, PostgreSQL" if postgres else "Mehrwert, SQLite"
            yield Server(
                name,
                root,
                os.getpgid(process.pid),
                postmaster_of(postgres) if postgres else 0,
                Path(folder),
                postgres,
            )
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", root: str) -> None:
    end = time.monotonic() + 240
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit("the server ended at once")
        try:
            urllib.request.urlopen(root, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"no answer from {root}")
