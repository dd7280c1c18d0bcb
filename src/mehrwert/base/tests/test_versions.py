"""A program never serves a database of another version; an upgrade backs up first."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from mehrwert import __version__
from mehrwert.base.backup import list_backups, read_manifest
from mehrwert.base.versions import (
    DatabaseAwayError,
    VersionMismatchError,
    read_standing,
    refuse_other_version,
    refuse_without_postgis,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


@pytest.fixture
def recorder():
    """The record of migrations; whatever a test changes in it is put back."""
    found = MigrationRecorder(connection)
    before = set(found.applied_migrations())
    yield found
    now = set(found.applied_migrations())
    for app, name in before - now:
        found.record_applied(app, name)
    for app, name in now - before:
        found.record_unapplied(app, name)


def test_the_same_version_is_served():
    refuse_other_version()
    assert not read_standing("default").is_empty


def test_an_older_database_is_refused_and_the_command_named(recorder):
    recorder.record_unapplied("base", "0002_legal_text")
    with pytest.raises(VersionMismatchError, match=r"älter als das Programm.*migrate_all"):
        refuse_other_version()


@pytest.mark.skipif(settings.ONE_DATABASE, reason="PostgreSQL has one database")
def test_a_database_of_one_room_is_asked_for_the_steps_of_that_room_only():
    found = MigrationRecorder(connections["observations"])
    found.record_unapplied("base", "0002_legal_text")
    found.record_unapplied("observations", "0007_retention")
    try:
        assert read_standing("observations").missing == ("observations.0007_retention",)
    finally:
        found.record_applied("base", "0002_legal_text")
        found.record_applied("observations", "0007_retention")


def test_a_newer_database_is_refused_by_serving_and_by_upgrading(recorder):
    recorder.record_applied("base", "0999_from_the_future")
    with pytest.raises(VersionMismatchError, match=r"neuer als das Programm.*base\.0999"):
        refuse_other_version()
    with pytest.raises(CommandError, match="neuer als das Programm"):
        call_command("migrate_all", verbosity=0)
    with pytest.raises(CommandError, match="neuer als das Programm"):
        call_command("serve", port=1)


def test_steps_of_apps_that_are_gone_do_not_count(recorder):
    recorder.record_applied("formerly", "0001_initial")
    refuse_other_version()


def test_an_upgrade_backs_up_before_it_changes_anything(recorder, tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    recorder.record_unapplied("base", "0002_legal_text")
    seen = []

    def migrate(name, **options):
        if name == "backup":
            return call_command(name, **options)
        seen.append((name, [b.reason for b in list_backups()]))
        return None

    monkeypatch.setattr("mehrwert.base.management.commands.migrate_all.call_command", migrate)
    call_command("migrate_all", verbosity=0)
    assert seen == [("migrate", ["wechsel"])]
    manifest = read_manifest(list_backups()[0].path)
    assert "base.0002_legal_text" not in manifest.databases["default"].steps


def test_without_anything_to_do_nothing_is_backed_up(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    call_command("migrate_all", verbosity=0)
    assert list_backups() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has extensions")
def test_postgresql_without_postgis_is_refused_and_the_command_named():
    refuse_without_postgis()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP EXTENSION postgis CASCADE")
        with pytest.raises(VersionMismatchError, match="CREATE EXTENSION postgis"):
            refuse_without_postgis()
        transaction.set_rollback(True)


class AnsweringCursor:
    """A cursor of a database with some encoding."""

    def __init__(self, encoding):
        self.encoding = encoding

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def execute(self, sql):
        assert "password" not in sql

    def fetchone(self):
        return (self.encoding,)


class FarDatabase:
    """Stands for a PostgreSQL that does not answer, or answers with an encoding."""

    vendor = "postgresql"
    settings_dict = {"HOST": "db.auental.example", "NAME": "mehrwert", "PASSWORD": "geheim"}

    def __init__(self, encoding=""):
        self.encoding = encoding

    def ensure_connection(self):
        if not self.encoding:
            raise OperationalError("connection refused")

    def cursor(self):
        return AnsweringCursor(self.encoding)


@pytest.mark.parametrize(
    ("database", "error", "sentence"),
    [
        (FarDatabase(), DatabaseAwayError, r"db\.auental\.example, Name mehrwert.*refused"),
        (FarDatabase("SQL_ASCII"), VersionMismatchError, "SQL_ASCII.*createdb -E UTF8"),
    ],
)
def test_what_is_wrong_with_a_server_is_one_sentence(monkeypatch, database, error, sentence):
    monkeypatch.setattr("mehrwert.base.versions.connections", {"default": database})
    with pytest.raises(error, match=sentence) as told:
        refuse_without_postgis()
    assert "geheim" not in str(told.value)


def test_sqlite_needs_no_extension(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "sqlite")
    refuse_without_postgis()


def run(*arguments, **env):
    command = [sys.executable, "-m", "mehrwert", *arguments]
    return subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True)


def test_the_command_says_its_own_version():
    assert run("--version").stdout == f"Mehrwert {__version__}\n"


def test_a_wrong_option_is_one_sentence_and_no_traceback():
    done = run("check", MEHRWERT_WORKER_THREADS="viele")
    assert done.returncode == 1
    assert done.stderr.strip().startswith("Option MEHRWERT_WORKER_THREADS: „viele“")
    assert "Traceback" not in done.stderr
