"""Backend of the Django Tasks API that stores tasks as jobs with leases."""

import uuid
from typing import Any

from django.db import transaction
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from mehrwert.base.clock import from_us, now_us, to_us
from mehrwert.base.models import Job, JobState
from mehrwert.base.wakeup import wake
from mehrwert.base.wiring import resolve

STATUS = {
    JobState.READY: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.FAILED: TaskResultStatus.FAILED,
    JobState.CANCELLED: TaskResultStatus.FAILED,
}


class LeaseBackend(BaseTaskBackend):
    """Stores tasks in ``base_job``; ``base.worker`` runs them, on SQLite and on PostgreSQL."""

    supports_defer = True
    supports_async_task = False
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: "Task[Any, Any]", args: Any, kwargs: Any) -> "TaskResult[Any]":
        """Store the task; it starts after the commit of the running transaction."""
        self.validate_task(task)
        job = Job.objects.create(
            id=uuid.uuid4().hex,
            task=task.module_path,
            args=list(args),
            kwargs=dict(kwargs),
            queue=task.queue_name,
            priority=task.priority,
            title=task.name,
            enqueued_us=now_us(),
            run_after_us=to_us(task.run_after) if task.run_after else 0,
        )
        transaction.on_commit(lambda: wake("jobs"))
        return result_of(job, task)

    def get_result(self, result_id: str) -> "TaskResult[Any]":
        """Return the outcome so far.

        Raises:
            TaskResultDoesNotExist: No such job.
        """
        job = Job.objects.filter(id=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, resolve(job.task))


def result_of(job: Job, task: "Task[Any, Any]") -> "TaskResult[Any]":
    """Return a job as the Tasks API shows it."""
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=job.id,
        status=STATUS[JobState(job.state)],
        enqueued_at=from_us(job.enqueued_us),
        started_at=from_us(job.started_us) if job.started_us else None,
        finished_at=from_us(job.finished_us) if job.finished_us else None,
        last_attempted_at=from_us(job.started_us) if job.started_us else None,
        args=job.args,
        kwargs=job.kwargs,
        backend="default",
        errors=[],
        worker_ids=[job.holder] if job.holder else [],
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
