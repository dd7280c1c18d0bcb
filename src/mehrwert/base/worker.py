"""The job worker: takes a job under a lease, runs it, records the outcome.

A worker that dies leaves its lease; when it has run out the job is taken over. Every write of a
worker names its lease and the number of the try, so one that was only asleep can no longer write.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, connections, transaction
from django.db.models import Q

from mehrwert.base.actions import publish_live
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.jobs_runtime import (
    CurrentJob,
    JobCancelledError,
    LeaseLostError,
    current_job,
    enter_job,
)
from mehrwert.base.leases import HOLDER
from mehrwert.base.marks import mark
from mehrwert.base.memory import give_memory_back
from mehrwert.base.models import Job, JobState
from mehrwert.base.services import STOP_S, LoopService
from mehrwert.base.wakeup import wait, wake
from mehrwert.base.wiring import resolve

log = logging.getLogger("mehrwert.jobs")
LEASE_S = 30.0
POLL_S = 1.0
GAVE_UP = mark("Der Auftrag brach mehrmals ab und wurde aufgegeben.")
UNEXPECTED = mark("Unerwarteter Fehler. Die Administration findet Einzelheiten im Protokoll.")


def claim_job(holder: str, lease_s: float = LEASE_S) -> Job | None:
    """Take the next job that waits, or whose worker is gone; None when there is none."""
    now = now_us()
    due = Q(state=JobState.READY, run_after_us__lte=now) | Q(
        state=JobState.RUNNING, lease_until_us__lt=now
    )
    with transaction.atomic():
        rows = Job.objects.filter(due).order_by("-priority", "enqueued_us", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        if job.tries >= job.most_tries:
            finish(job, JobState.FAILED, error=GAVE_UP)
            return None
        job.state, job.holder, job.tries = JobState.RUNNING, holder, job.tries + 1
        job.started_us = job.started_us or now
        job.lease_until_us = now + int(lease_s * 1_000_000)
        job.save(update_fields=["state", "holder", "tries", "started_us", "lease_until_us"])
        return job


def finish(job: Job, state: JobState, **values: object) -> bool:
    """Record the outcome under the fence; False when another worker has taken over."""
    kept = Job.objects.filter(id=job.id, tries=job.tries, holder=job.holder).update(
        state=state, finished_us=now_us(), lease_until_us=0, **values
    )
    if kept and job.tenant_id is not None:
        publish_live(job.tenant_id, "job", {"id": job.id, "state": state})
    return bool(kept)


def run_job(job: Job, lease_s: float = LEASE_S) -> None:
    """Run a claimed job to its end, whatever the end is."""
    enter_job(CurrentJob(job, lease_s))
    with _Heartbeat(job, lease_s):
        try:
            task = resolve(job.task)
            result = task.func(*job.args, **job.kwargs)
            finish(job, JobState.DONE, result=result, error="")
        except JobCancelledError as error:
            finish(job, JobState.CANCELLED, error=str(error))
        except LeaseLostError:
            log.warning("job_lease_lost", extra={"job": job.id})
        except MehrwertError as error:
            finish(job, JobState.FAILED, error=str(error))
        except Exception:  # noqa: BLE001 - the outermost frame of foreign code: record and go on
            log.exception("job_failed", extra={"job": job.id, "task": job.task})
            finish(job, JobState.FAILED, error=UNEXPECTED, error_detail=traceback.format_exc())
        finally:
            enter_job(CurrentJob())
            give_memory_back()


class _Heartbeat:
    """Prolongs the lease while the task computes without reporting."""

    def __init__(self, job: Job, lease_s: float) -> None:
        self._handle = CurrentJob(job, lease_s)
        self._pause_s = lease_s / 3
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True, name="job-heartbeat")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_exc: object) -> None:
        self._done.set()
        self._thread.join(timeout=2)

    def _beat(self) -> None:
        while not self._done.wait(self._pause_s):
            try:
                if not self._handle.renew():
                    return
            except DatabaseError:
                log.warning("job_heartbeat_failed", exc_info=True)
            finally:
                close_old_connections()
        connections.close_all()


def release_dead_leases() -> None:
    """Hand back the jobs of a former process. Only where one process is the only one: SQLite."""
    Job.objects.filter(state=JobState.RUNNING).exclude(holder__startswith=HOLDER).update(
        lease_until_us=0
    )


class JobWorker:
    """Several threads that run jobs."""

    def __init__(self, threads: int | None = None, lease_s: float = LEASE_S) -> None:
        count = threads or settings.MEHRWERT.worker_threads
        self._lease_s = lease_s
        self._loops = [
            LoopService(f"job-worker-{n}", self._turn(n), ring=lambda: wake("jobs"))
            for n in range(count)
        ]

    def start(self) -> None:
        """Start the threads."""
        if not settings.ONE_DATABASE:
            release_dead_leases()
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        """Stop after the running step; what is unfinished is taken over later."""
        for loop in self._loops:
            loop.ask_to_stop()
        deadline = time.monotonic() + STOP_S
        for loop in self._loops:
            loop.join(max(0.0, deadline - time.monotonic()))

    def _turn(self, number: int) -> Callable[[], float]:
        holder = f"{HOLDER}:{number}"

        def turn() -> float:
            job = claim_job(holder, self._lease_s)
            if job is None:
                wait("jobs", POLL_S)
            else:
                run_job(job, self._lease_s)
            return 0.0

        return turn


__all__ = ["JobWorker", "claim_job", "current_job", "finish", "release_dead_leases", "run_job"]
