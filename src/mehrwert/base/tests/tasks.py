"""Tasks that tests let the worker run."""

import time

from django.db import transaction
from django_tasks import task

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import SYSTEM
from mehrwert.base.errors import ConflictError
from mehrwert.base.jobs_runtime import current_job


@task()
def count_up(most: int, pause_s: float = 0.0) -> dict[str, int]:
    """Write one row per number; row and checkpoint are one transaction."""
    job = current_job()
    for number in range(job.checkpoint or 0, most):
        with transaction.atomic():
            record_audit(actor=SYSTEM, verb="count", kind="test", object_id=number)
            job.save_checkpoint(number + 1)
        job.report("zählt", done=number + 1, total=most)
        time.sleep(pause_s)
    return {"counted": most}


@task()
def echo(text: str) -> str:
    return text


@task()
def fail_politely() -> None:
    raise ConflictError


@task()
def fail_badly() -> None:
    raise RuntimeError("geheim: token=abc")
