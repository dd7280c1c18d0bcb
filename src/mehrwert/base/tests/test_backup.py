"""A backup is worth what its restore is worth: made while writing, restored, compared."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import SYSTEM
from mehrwert.base.backup import (
    clear_old_backups,
    list_backups,
    make,
    make_backup,
    postgres,
    read_manifest,
    restore,
    run_drill,
    shelf,
)
from mehrwert.base.backup.errors import (
    BackupBrokenError,
    DatabaseNeededError,
    NotEnoughSpaceError,
    TargetNotEmptyError,
    ToolMissingError,
)
from mehrwert.base.models import AuditRow
from mehrwert.base.wiring import resolve

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
ON_POSTGRES = bool(settings.MEHRWERT.database_url)


@pytest.fixture(autouse=True)
def house(tmp_path, settings):
    """A data folder with keys and an uploaded file."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA_DIR / "files"
    (settings.MEDIA_ROOT / "einlesen").mkdir(parents=True)
    (settings.MEDIA_ROOT / "einlesen" / "werte.csv").write_text("zeit;wert\n1;2\n")
    (settings.DATA_DIR / "secret.key").write_text("geheim")
    (settings.DATA_DIR / "seal.key").write_text("siegel")
    return settings.DATA_DIR


@pytest.fixture
def empty_database():
    """The address of an empty database on PostgreSQL, nothing on SQLite."""
    if not ON_POSTGRES:
        yield ""
        return
    with postgres.throwaway_database(postgres.url_of_installation()) as url:
        yield url


def write(n: int, where: str = "x") -> None:
    for i in range(n):
        record_audit(actor=SYSTEM, verb="count", kind=where, object_id=i)


def batches():
    """A table of the database below, found late: base knows no room."""
    return resolve("mehrwert.observations.models.ImportBatch").objects


class Writers:
    """Threads that write into both databases, each number first below, then above."""

    def __enter__(self):
        self._end = threading.Event()
        self.thread = threading.Thread(target=self._write)
        self.thread.start()
        while AuditRow.objects.filter(kind="pair").count() < 5:
            time.sleep(0.01)
        return self

    def __exit__(self, *exc):
        self._end.set()
        self.thread.join()

    def _write(self):
        number = 0
        while not self._end.is_set():
            number += 1
            batches().create(tenant_id=1, label=str(number), actor_kind="system", created_us=1)
            record_audit(actor=SYSTEM, verb="count", kind="pair", object_id=number)
        connections.close_all()


def test_a_backup_made_while_writing_is_restored_whole(tmp_path, empty_database):
    write(50)
    with Writers():
        file = make_backup(tmp_path / "b")
        after = AuditRow.objects.count()
        time.sleep(0.1)
    assert AuditRow.objects.count() > after
    manifest = restore(file, tmp_path / "neu", database_url=empty_database)
    counts = manifest.databases["default"].counts
    assert counts["base_audit"] > 50
    if ON_POSTGRES:
        assert postgres.count_rows(empty_database) == counts
    assert (tmp_path / "neu" / "secret.key").read_text() == "geheim"
    assert (tmp_path / "neu" / "seal.key").read_text() == "siegel"
    assert (tmp_path / "neu/files/einlesen/werte.csv").read_text() == "zeit;wert\n1;2\n"


def test_what_the_upper_database_knows_is_never_older_than_the_lower_one(tmp_path, empty_database):
    with Writers():
        file = make_backup(tmp_path / "b")
    manifest = restore(file, tmp_path / "neu", database_url=empty_database)
    lower = manifest.databases.get("observations", manifest.databases["default"])
    pairs = manifest.databases["default"].counts["base_audit"]
    assert lower.counts["obs_import_batch"] <= pairs + 1


def test_the_drill_passes_for_a_good_backup_and_leaves_nothing_behind(tmp_path):
    write(10)
    with Writers():
        file = make_backup(tmp_path / "b")
        verdict = run_drill(file)
    assert verdict.ok, verdict
    assert "vollständig wiederherstellen" in verdict.sentence
    assert any("alle wieder da" in finding.text for finding in verdict.findings)
    assert [p.name for p in (tmp_path / "b").iterdir()] == [file.name]


def repack(file: Path, target: Path, change) -> Path:
    """Write the archive anew with ``change(name, content) -> content or None``."""
    with tarfile.open(file) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, BytesIO(content))
    return target


DAMAGE = {
    "changed": lambda name, content: content + b"x" if name == "secret.key" else content,
    "missing": lambda name, content: None if name == "seal.key" else content,
    "no manifest": lambda name, content: None if name == "manifest.json" else content,
    "later format": lambda name, content: (
        content.replace(b'"format": 1', b'"format": 9') if name == "manifest.json" else content
    ),
    "leaves the folder": lambda name, content: (
        content.replace(b'"secret.key"', b'"../secret.key"') if name == "manifest.json" else content
    ),
}


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_backup_is_refused_and_fails_the_drill(tmp_path, empty_database, change):
    bad = repack(make_backup(tmp_path / "b"), tmp_path / "bad.tar.gz", change)
    with pytest.raises(BackupBrokenError, match=r"bad\.tar\.gz ist nicht verwendbar"):
        restore(bad, tmp_path / "neu", database_url=empty_database)
    assert not run_drill(bad).ok
    assert not (tmp_path / "secret.key").exists()


@pytest.mark.parametrize("keep", [0, 100, 5000])
def test_a_file_cut_off_in_the_middle_is_refused(tmp_path, empty_database, keep):
    file = make_backup(tmp_path / "b")
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(BackupBrokenError):
        restore(bad, tmp_path / "neu", database_url=empty_database)


def test_lost_rows_fail_the_drill(tmp_path):
    write(3)

    def lie(name, content):
        if name != "manifest.json":
            return content
        told = json.loads(content)
        told["databases"]["default"]["counts"]["base_audit"] += 1
        return json.dumps(told).encode()

    bad = repack(make_backup(tmp_path / "b"), tmp_path / "bad.tar.gz", lie)
    verdict = run_drill(bad)
    assert not verdict.ok
    assert any("andere Anzahl in base_audit" in finding.text for finding in verdict.findings)


def test_a_restore_never_overwrites(tmp_path, empty_database, house):
    file = make_backup(tmp_path / "b")
    with pytest.raises(TargetNotEmptyError):
        restore(file, house, database_url=empty_database)
    assert (house / "secret.key").read_text() == "geheim"


def test_a_restore_of_postgresql_wants_an_empty_database(tmp_path):
    file = make_backup(tmp_path / "b")
    if ON_POSTGRES:
        with pytest.raises(DatabaseNeededError):
            restore(file, tmp_path / "neu")
        with pytest.raises(TargetNotEmptyError):
            restore(file, tmp_path / "neu", database_url=postgres.url_of_installation())
    else:
        restore(file, tmp_path / "neu")
        with closing(sqlite3.connect(tmp_path / "neu" / "mehrwert.sqlite3")) as found:
            assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_without_space_nothing_is_written_and_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(make, "RESERVE_MB", 10**9)
    with pytest.raises(NotEnoughSpaceError, match="MEHRWERT_BACKUP_DIR"):
        make_backup(tmp_path / "b")
    assert list((tmp_path / "b").iterdir()) == []


def test_a_backup_that_breaks_off_leaves_no_half_file(tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        make_backup(tmp_path / "b")
    assert list((tmp_path / "b").iterdir()) == []


def test_a_missing_tool_is_named(monkeypatch):
    monkeypatch.setattr(Path, "glob", lambda self, pattern: [])
    monkeypatch.setattr("shutil.which", lambda tool: None)
    with pytest.raises(ToolMissingError, match="postgresql-client"):
        postgres.find_tool("pg_dump")


def test_only_the_owner_may_read_a_backup(tmp_path):
    file = make_backup(tmp_path / "b")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_nightly_backups_beyond_the_newest_go_and_those_by_hand_stay(tmp_path):
    start = datetime(2026, 7, 1, tzinfo=UTC)
    for day in range(6):
        for reason in ("nacht", "hand"):
            shelf.new_path(tmp_path, reason, start + timedelta(days=day)).write_bytes(b"x")
    (tmp_path / "anderes.txt").write_text("bleibt")
    gone = clear_old_backups(2, tmp_path)
    left = [(b.made_at.day, b.reason) for b in list_backups(tmp_path)]
    assert len(gone) == 4
    assert [day for day, reason in left if reason == "nacht"] == [6, 5]
    assert len([1 for _, reason in left if reason == "hand"]) == 6
    assert (tmp_path / "anderes.txt").exists()


def test_two_backups_in_one_second_do_not_collide(tmp_path):
    now = datetime(2026, 7, 1, tzinfo=UTC)
    first = shelf.new_path(tmp_path, "hand", now)
    first.write_bytes(b"x")
    second = shelf.new_path(tmp_path, "hand", now)
    second.write_bytes(b"x")
    assert first != second
    assert len(list_backups(tmp_path)) == 2


def said(*command, **options) -> str:
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_the_commands_say_what_they_did(tmp_path, empty_database):
    write(4)
    told = said("backup", to=tmp_path / "b")
    file = list_backups(tmp_path / "b")[0].path
    assert str(file) in told
    assert "Schlüssel" in told
    assert "lässt sich vollständig wiederherstellen" in said("restore_drill", str(file))
    told = said("restore", str(file), into=tmp_path / "neu", database_url=empty_database)
    assert "migrate_all" in told
    assert read_manifest(file).reason == "hand"


def test_a_backup_comes_back_into_the_folder_that_the_options_name(tmp_path, empty_database):
    """As the service and a container run it: the command itself begins in that empty folder."""
    file = make_backup(tmp_path / "b")
    into = tmp_path / "neu"
    told = subprocess.run(
        [sys.executable, "-m", "mehrwert", "restore", str(file), "--into", str(into)]
        + (["--database-url", empty_database] if empty_database else []),
        env={**os.environ, "MEHRWERT_DATA_DIR": str(into), "MEHRWERT_SECRET_KEY": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert (into / "secret.key").read_text() == "geheim"


def test_a_drill_that_fails_ends_with_1(tmp_path):
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(b"kein Archiv")
    with pytest.raises(CommandError) as raised:
        said("restore_drill", str(bad))
    assert raised.value.returncode == 1


def test_a_drill_without_a_file_makes_and_removes_its_own_backup(house):
    assert "vollständig" in said("restore_drill")
    assert list_backups() == []
