"""What the demo loads after its first page. Each job may be interrupted and goes on."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.jobs_runtime import current_job
from mehrwert.base.marks import mark
from mehrwert.demo import actions
from mehrwert.demo.choices import BY_ROLE, STORY
from mehrwert.demo.queries import (
    read_auental,
    read_beginning,
    read_muenster,
    read_series_states,
    read_story_town,
)
from mehrwert.demo.town import MAIN_GAUGE

HISTORY_TITLE = mark("Auental: Messwerte aus 24 Monaten laden")
PROJECTS_TITLE = mark("Auental: Vorhaben und ihre Berichte anlegen")
EVALUATIONS_TITLE = mark("Auental und Münster: Bewertungen rechnen")
STORY_TITLE = mark("Quellrode: die Geschichte von den durstigen Bäumen erzählen")
OLDER_TITLE = mark("Münster: ältere Zählungen einlesen")
# part of the time that a job leaves to whoever looks at pages
REST_SHARE = 1.0
MOST_REST_S = 1.0


class _Rest:
    """Pauses after each step in proportion to its length."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __call__(self) -> None:
        spent = time.monotonic() - self._since
        time.sleep(min(spent * REST_SHARE, MOST_REST_S))
        self._since = time.monotonic()


@task()
def load_history(tenant_id: int) -> dict[str, Any]:
    """Load the readings of Auental that are older than those of the first page."""
    job, rest = current_job(), _Rest()
    beginning = read_beginning()
    if beginning is None:
        return {}

    def report(done: int, total: int, station: str) -> None:
        job.save_checkpoint(done)
        job.report(station, done=done, total=total)
        rest()

    first = int(job.checkpoint or 0)
    created = actions.load_history(tenant_id, beginning, first=first, report=report)
    return {"created": created}


@task()
def load_older(tenant_id: int) -> dict[str, Any]:
    """Import the counts of Münster that are older than those of the first page."""
    job, rest = current_job(), _Rest()

    def report(progress: Any) -> None:
        step = gettext("Zählstelle %(name)s") % {"name": progress.step} if progress.step else ""
        job.report(step, done=progress.done, total=progress.total)
        rest()

    folder = Path(settings.DATA_DIR) / "demo-tables-older"
    result = actions.load_older(
        tenant_id, folder, report=report, rest=rest, state=job.checkpoint, save=job.save_checkpoint
    )
    return {"created": result.created, "codes": result.codes}


@task()
def load_evaluations(tenant_id: int) -> dict[str, Any]:
    """Tell the stories of Auental and put the question to the counts of Münster."""
    job = current_job()
    auental, muenster = read_auental(), read_muenster()
    if auental is None or muenster is None:
        return {}

    def report(done: int, total: int, name: str) -> None:
        job.report(name, done=done, total=total)

    made = actions.load_evaluations(auental, muenster, now_us(), report=report)
    actions.keep_today(tenant_id, timezone.localdate())
    return {"made": made}


@task()
def load_projects(tenant_id: int) -> dict[str, Any]:
    """Tell the projects of Auental."""
    auental = read_auental()
    if auental is None:
        return {}
    actions.enter_solutions(auental)
    actions.begin_entries(auental)
    gauge = read_series_states(tenant_id).get(f"{MAIN_GAUGE}/level")
    gauge_id = gauge.datastream_id if gauge else None
    today = timezone.localdate()
    made = actions.load_projects(tenant_id, today, gauge_id=gauge_id)
    actions.keep_last_year(tenant_id, today)
    actions.load_money(tenant_id, today)
    actions.load_closures(tenant_id, today)
    actions.leave_traces(tenant_id, today, now_us(), Path(settings.DATA_DIR) / "demo-tables-own")
    return {"made": made}


@task()
def tell_story(tenant_id: int) -> dict[str, Any]:
    """Tell the story of the thirsty trees to its end, in the town made for it."""
    job, town = current_job(), read_story_town()
    if town is None:
        return {}
    actors = {
        role: Actor("system", label=BY_ROLE[role].display_name)
        for role in {step.role for step in STORY}
    }

    def report(done: int, total: int, title: str) -> None:
        job.report(title, done=done, total=total)

    steps = actions.tell_story(town, actors, report)
    actions.keep_story_town(town.pk, timezone.localdate(), actors["lead"])
    return {"steps": steps}
