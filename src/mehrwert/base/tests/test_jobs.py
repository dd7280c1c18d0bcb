"""Timed work of the room: backups at night, the drill, the words of the audit."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.utils import translation

from mehrwert.base import jobs
from mehrwert.base.actions import start_job
from mehrwert.base.backup import list_backups
from mehrwert.base.journal_words import FIELDS, VERBS, changes, kinds, value_words
from mehrwert.base.models import AuditRow, Job, JobState
from mehrwert.base.queries import read_setting
from mehrwert.base.system import read_system
from mehrwert.base.wiring import resolve, table
from mehrwert.base.worker import claim_job, run_job

SOURCE = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "secret.key").write_text("x")


def ran(task) -> Job:
    start_job(task, title="Probe", tenant_id=None)
    job = claim_job("w")
    run_job(job)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error_detail
    return job


@pytest.mark.django_db(transaction=True, databases=["default", "observations"])
def test_the_nightly_backup_is_made_noted_and_old_ones_go(folder, settings, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "backup_keep", 1)
    ran(jobs.back_up_at_night)
    job = ran(jobs.back_up_at_night)
    assert [b.reason for b in list_backups()] == ["nacht"]
    assert job.result["url"] == "/betrieb/"
    assert (job.done, job.total, job.step) == (3, 3, "Die Sicherung liegt bereit.")
    assert AuditRow.objects.filter(kind="backup", verb="make").count() == 2


@pytest.mark.django_db(transaction=True, databases=["default", "observations"])
def test_the_drill_keeps_its_verdict_for_the_page_in_both_languages(folder):
    ran(jobs.back_up)
    ran(jobs.drill)
    assert read_setting("drill")["ok"] is True
    drill = read_system().drill
    assert "lässt sich vollständig wiederherstellen" in drill["sentence"]
    assert all(ok for ok, _ in drill["findings"])
    with translation.override("en"):
        assert "can be restored completely" in read_system().drill["sentence"]


def test_every_entry_of_the_timetable_names_a_task_and_a_time():
    for entry in table("TIMETABLE"):
        assert resolve(entry.task).func
        assert bool(entry.every_s) != bool(entry.daily_at)


@cache
def audit_calls() -> tuple[ast.keyword, ...]:
    """Every named argument of a call that writes the audit."""
    found: list[ast.keyword] = []
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = (
                getattr(getattr(node, "func", None), "id", "") if isinstance(node, ast.Call) else ""
            )
            if called in {"record_audit", "put_audit"}:
                found += node.keywords
    return tuple(found)


def literals(name: str) -> set[str]:
    """Every literal ``verb=`` or ``kind=`` of a call that writes the audit."""
    return {
        k.value.value for k in audit_calls() if k.arg == name and isinstance(k.value, ast.Constant)
    }


def literal_fields() -> set[str]:
    """Every field that such a call names in its ``before=`` or ``after=``."""
    told = [k.value for k in audit_calls() if k.arg in {"before", "after"}]
    keys = [key for one in told if isinstance(one, ast.Dict) for key in one.keys]
    return {key.value for key in keys if isinstance(key, ast.Constant)}


def test_the_audit_page_has_a_word_for_every_verb_and_kind_of_the_house():
    assert len(literals("verb")) > 10
    assert sorted(literals("verb") - {*VERBS, *table("AUDIT_VERBS", {})}) == []
    assert sorted(literals("kind") - set(kinds())) == []


def test_the_audit_page_has_a_word_for_every_field_and_finds_the_words_of_values():
    assert len(literal_fields()) > 20
    assert sorted(literal_fields() - {*FIELDS, *table("AUDIT_FIELDS", {})}) == []
    assert all(resolve(labels) for labels in table("AUDIT_VALUES", {}).values())


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("x", None, "–"),
        ("x", True, "ja"),
        ("x", ["a", 1], "a, 1"),
        ("x", [], "–"),
        ("until_us", 0, "01.01.1970 00:00 UTC"),
        ("x", {"name": "Pegel", "text": None}, "Name: Pegel, Text: –"),
        ("role", "admin", "Administration"),
        ("role", "gibtesnicht", "gibtesnicht"),
        ("x", "a" * 400, "a" * 300 + " …"),
    ],
)
def test_recorded_values_read_as_words(name, value, shown):
    assert value_words(name, value) == shown


def test_only_what_reads_differently_is_shown():
    assert changes({"name": "a", "text": "x"}, {"name": "b", "text": "x", "slug": ""}) == [
        ("Name", "a", "b")
    ]
    assert changes(None, None) == []
