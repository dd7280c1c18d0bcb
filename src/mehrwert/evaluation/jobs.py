"""Doors for work in the background; each bears being called twice."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django_tasks import task

from mehrwert.base.jobs_runtime import current_job
from mehrwert.base.marks import mark
from mehrwert.evaluation import actions, queries

STEPS = {
    "data": mark("Messwerte werden gelesen und geprüft."),
    "effect": mark("Die Wirkung wird berechnet."),
    "placebo": mark("Gegenprobe an Tagen, an denen nichts geschah."),
}


@task()
def estimate_effect(
    tenant_id: int, evaluation_id: int, as_of_us: int | None = None
) -> dict[str, Any]:
    """Estimate the effect of one evaluation."""
    job = current_job()

    def report(step: str, done: int, total: int) -> None:
        job.report(gettext(STEPS[step]), done=done, total=total)

    made = actions.estimate_effect(tenant_id, evaluation_id, as_of_us=as_of_us, report=report)
    kwargs = {"mandant": queries.read_slug(tenant_id), "evaluation_id": evaluation_id}
    return {"status": made.status, "url": reverse("evaluation:evaluation", kwargs=kwargs)}
