"""Timed and asked-for work of the foundation; each bears being called twice."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django_tasks import task

from mehrwert.base import actions
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.backup import clear_old_backups, list_backups, make_backup, run_drill
from mehrwert.base.delivery import clear_old
from mehrwert.base.jobs_runtime import current_job
from mehrwert.base.marks import mark

MB = 1_048_576
STEPS = {
    "Datenbanken": mark("Die Datenbanken werden gesichert."),
    "Dateien": mark("Schlüssel und Dateien werden gesichert."),
    "Packen": mark("Alles wird in eine Datei gepackt."),
    "fertig": mark("Die Sicherung liegt bereit."),
    "Probe": mark("Die Sicherung wird an einem Wegwerf-Ort wiederhergestellt."),
}


@task()
def clear_old_events() -> None:
    """Delete live messages and delivered events that nobody needs any more."""
    clear_old()


@task()
def back_up(actor: list[Any] | None = None) -> dict[str, Any]:
    """Make a backup because somebody asked for one."""
    return _back_up("hand", Actor(*actor) if actor else SYSTEM)


@task()
def back_up_at_night() -> dict[str, Any]:
    """Make the nightly backup and let old ones go."""
    made = _back_up("nacht", SYSTEM)
    clear_old_backups(settings.MEHRWERT.backup_keep)
    return made


@task()
def drill(actor: list[Any] | None = None) -> dict[str, Any]:
    """Restore the newest backup into a throw-away place and keep the verdict."""
    job = current_job()
    stored = list_backups()
    path = stored[0].path if stored else make_backup(reason="hand", report=_report)
    job.report(STEPS["Probe"], done=0, total=1)
    verdict = run_drill(path)
    told = {
        "ok": verdict.ok,
        "file": verdict.file,
        "findings": [[f.ok, f.sentence, dict(f.data)] for f in verdict.findings],
    }
    actions.note_drill(told, actor=Actor(*actor) if actor else SYSTEM)
    job.report(STEPS["Probe"], done=1, total=1)
    return {"ok": verdict.ok, "url": reverse("base:system")}


def _back_up(reason: str, actor: Actor) -> dict[str, Any]:
    path = make_backup(reason=reason, report=_report)
    size_mb = path.stat().st_size // MB
    actions.note_backup(path.name, size_mb, actor=actor)
    return {"file": path.name, "size_mb": size_mb, "url": reverse("base:system")}


def _report(step: str, done: int, total: int) -> None:
    current_job().report(STEPS[step], done=done, total=total)
