"""What a running task knows of its job: report progress, save a checkpoint, notice a cancel."""

import time
from contextvars import ContextVar
from typing import Any

from mehrwert.base.actions import publish_live
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.marks import mark
from mehrwert.base.models import Job

SECONDS_BETWEEN_REPORTS = 0.5


class JobCancelledError(MehrwertError):
    """Somebody asked the job to stop."""

    code = "job_cancelled"
    sentence = mark("Der Auftrag wurde abgebrochen. Was schon übernommen war, ist erhalten.")


class LeaseLostError(MehrwertError):
    """Another worker has taken the job over; this one must not write any more."""

    code = "lease_lost"
    sentence = mark("Ein anderer Arbeitsprozess hat den Auftrag übernommen.")


class CurrentJob:
    """Handle on the running job. Outside a worker every method does nothing."""

    def __init__(self, job: Job | None = None, lease_s: float = 30) -> None:
        self._job = job
        self._lease_us = int(lease_s * 1_000_000)
        self._reported = 0.0

    @property
    def job_id(self) -> str:
        """Return the id, empty outside a worker."""
        return self._job.id if self._job else ""

    @property
    def checkpoint(self) -> Any:
        """Return what an earlier try saved, else None."""
        return self._job.checkpoint if self._job else None

    def report(self, step: str = "", *, done: int = 0, total: int | None = None) -> None:
        """Store the progress, at most twice a second; a new step is stored at once.

        Raises:
            JobCancelledError: Somebody asked the job to stop.
            LeaseLostError: Another worker has taken it over.
        """
        job = self._job
        if job is None:
            return
        step = step or job.step
        due = time.monotonic() - self._reported >= SECONDS_BETWEEN_REPORTS
        if step == job.step and not due and (total is None or done < total):
            return
        self._reported = time.monotonic()
        job.step, job.done, job.total = step[:200], done, total
        self._write(step=job.step, done=done, total=total)
        if job.tenant_id is not None:
            publish_live(
                job.tenant_id,
                "job",
                {"id": job.id, "step": job.step, "done": done, "total": total, "state": job.state},
            )
        if Job.objects.filter(id=job.id, cancel_requested=True).exists():
            raise JobCancelledError

    def save_checkpoint(self, value: Any) -> None:
        """Save where to resume. In one transaction with the effect, a crash doubles nothing."""
        if self._job is not None:
            self._job.checkpoint = value
            self._write(checkpoint=value)

    def renew(self) -> bool:
        """Prolong the lease; False when it is lost."""
        try:
            self._write()
        except LeaseLostError:
            return False
        return True

    def _write(self, **values: Any) -> None:
        job = self._job
        if job is None:
            return
        kept = Job.objects.filter(id=job.id, holder=job.holder, tries=job.tries).update(
            lease_until_us=now_us() + self._lease_us, **values
        )
        if not kept:
            raise LeaseLostError


_current: ContextVar[CurrentJob | None] = ContextVar("mehrwert_job", default=None)


def current_job() -> CurrentJob:
    """Return the job that this code runs in."""
    return _current.get() or CurrentJob()


def enter_job(handle: CurrentJob) -> None:
    """Make a job the current one of this thread."""
    _current.set(handle)
