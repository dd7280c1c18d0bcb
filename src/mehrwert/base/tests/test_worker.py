"""Jobs with leases: nothing is lost and nothing doubled, whatever happens to the worker."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connections

from mehrwert.base import worker
from mehrwert.base.actions import cancel_job, start_job
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.jobs_runtime import CurrentJob, LeaseLostError, current_job
from mehrwert.base.models import AuditRow, Job, JobState, LiveEvent
from mehrwert.base.worker import JobWorker, claim_job, finish, release_dead_leases, run_job

from . import tasks

pytestmark = pytest.mark.django_db(transaction=True)
LEASE_S = 1.0
ANNA = Actor("user", 7, "Anna")


def start(task=tasks.echo, tenant_id=1, **kwargs) -> str:
    kwargs = kwargs or {"text": "hallo"}
    return start_job(task, title="Probe", tenant_id=tenant_id, kwargs=kwargs, most_tries=50)


def run_next(holder="w1") -> Job:
    job = claim_job(holder)
    run_job(job)
    job.refresh_from_db()
    return job


def test_a_job_is_run_and_its_result_kept():
    job = Job.objects.get(id=start())
    assert job.state == JobState.READY
    ran = run_next()
    assert (ran.id, ran.state, ran.result) == (job.id, JobState.DONE, "hallo")
    assert ran.finished_us >= ran.started_us >= ran.enqueued_us
    assert claim_job("w1") is None


def test_the_more_urgent_job_comes_first_then_the_older():
    first, second, urgent = start(), start(), start()
    Job.objects.filter(id=urgent).update(priority=5)
    assert [claim_job("w").id for _ in range(3)] == [urgent, first, second]


def test_a_job_for_later_waits():
    job_id = start()
    Job.objects.filter(id=job_id).update(run_after_us=now_us() + 60_000_000)
    assert claim_job("w") is None
    Job.objects.filter(id=job_id).update(run_after_us=now_us() - 1)
    assert claim_job("w").id == job_id


def test_our_error_becomes_a_sentence_and_an_unexpected_one_keeps_its_detail_apart():
    start_job(tasks.fail_politely, title="a", tenant_id=1)
    polite = run_next()
    assert polite.state == JobState.FAILED
    assert polite.error.startswith("Das gibt es schon")
    start_job(tasks.fail_badly, title="b", tenant_id=1)
    bad = run_next()
    assert bad.state == JobState.FAILED
    assert "RuntimeError" not in bad.error
    assert "RuntimeError" in bad.error_detail


def test_a_held_job_is_given_to_nobody_else_until_the_lease_ends():
    start()
    assert claim_job("w1", lease_s=60) is not None
    assert claim_job("w2") is None
    Job.objects.update(lease_until_us=now_us() - 1)
    assert claim_job("w2").tries == 2


def test_who_was_only_asleep_can_write_nothing_any_more():
    start(tasks.count_up, most=3)
    old = claim_job("w1", lease_s=60)
    Job.objects.update(lease_until_us=now_us() - 1)
    new = claim_job("w2", lease_s=60)
    sleeper = CurrentJob(old)
    for write in (
        lambda: sleeper.report("wach", done=1, total=3),
        lambda: sleeper.save_checkpoint(1),
    ):
        with pytest.raises(LeaseLostError):
            write()
    assert not sleeper.renew()
    assert not finish(old, JobState.FAILED, error="zu spät")
    run_job(new)
    assert Job.objects.get().state == JobState.DONE


def test_a_job_that_kills_its_worker_again_and_again_is_given_up_with_a_sentence():
    job_id = start_job(tasks.echo, title="x", tenant_id=1, kwargs={"text": "a"}, most_tries=2)
    for _ in range(2):
        assert claim_job("w", lease_s=-1) is not None
    assert claim_job("w") is None
    job = Job.objects.get(id=job_id)
    assert (job.state, job.error) == (JobState.FAILED, worker.GAVE_UP)


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_report():
    waiting = start()
    cancel_job(waiting, tenant_id=1, actor=ANNA)
    assert Job.objects.get(id=waiting).state == JobState.CANCELLED
    running = start(tasks.count_up, most=1000)
    job = claim_job("w")
    cancel_job(running, tenant_id=1, actor=ANNA)
    run_job(job)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert 0 < AuditRow.objects.filter(kind="test").count() < 1000
    assert AuditRow.objects.filter(verb="cancel", actor_label="Anna").count() == 2


def test_a_job_of_another_town_cannot_be_cancelled():
    job_id = start(tenant_id=1)
    with pytest.raises(NotFoundError):
        cancel_job(job_id, tenant_id=2, actor=ANNA)
    assert Job.objects.get(id=job_id).state == JobState.READY


def test_progress_is_stored_and_told_to_open_pages():
    start(tasks.count_up, most=3)
    job = run_next()
    assert (job.step, job.done, job.total) == ("zählt", 3, 3)
    told = [e.payload for e in LiveEvent.objects.order_by("id")]
    assert told[0]["step"] == "zählt"
    assert told[-1] == {"id": job.id, "state": "done"}


def test_outside_a_worker_reports_go_nowhere():
    handle = current_job()
    handle.report("x", done=1, total=2)
    handle.save_checkpoint(1)
    assert (handle.job_id, handle.checkpoint) == ("", None)


def test_the_lease_is_prolonged_while_the_task_computes():
    start()
    job = claim_job("w", lease_s=0.3)
    first = job.lease_until_us
    with worker._Heartbeat(job, 0.3):
        time.sleep(0.5)
    assert Job.objects.get().lease_until_us > first


def test_the_threads_of_the_worker_run_jobs_and_stop_in_time():
    service = JobWorker(threads=2, lease_s=5)
    service.start()
    ids = [start() for _ in range(6)]
    deadline = time.monotonic() + 15
    while Job.objects.filter(state=JobState.DONE).count() < 6 and time.monotonic() < deadline:
        time.sleep(0.05)
    began = time.monotonic()
    service.stop()
    assert time.monotonic() - began < 5
    assert {j.id for j in Job.objects.filter(state=JobState.DONE)} == set(ids)


def test_after_a_restart_the_jobs_of_the_former_process_are_free_at_once():
    start()
    assert claim_job("anderer:prozess", lease_s=600) is not None
    release_dead_leases()
    assert claim_job("w2") is not None


def worker_process() -> subprocess.Popen[str]:
    names = {alias: str(connections[alias].settings_dict["NAME"]) for alias in connections}
    env = {**os.environ, "TEST_DATABASES": json.dumps(names)}
    process = subprocess.Popen(
        [sys.executable, "-m", "mehrwert.base.tests.run_worker", str(LEASE_S)],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().strip() == "ready"
    return process


def written() -> int:
    return AuditRow.objects.filter(kind="test").count()


def wait_for(reached, seconds=40.0) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.02)


def test_kill_9_in_the_middle_loses_nothing_and_doubles_nothing():
    start(tasks.count_up, most=120, pause_s=0.01)
    for goal in (10, 35, 60, 85):
        process = worker_process()
        wait_for(lambda goal=goal: written() >= goal)
        process.send_signal(signal.SIGKILL)
        process.wait()
    process = worker_process()
    try:
        wait_for(lambda: not Job.objects.get().is_open)
    finally:
        process.kill()
        process.wait()
    job = Job.objects.get()
    assert (job.state, job.result) == (JobState.DONE, {"counted": 120})
    assert job.tries == 5
    numbers = Counter(AuditRow.objects.filter(kind="test").values_list("object_id", flat=True))
    assert numbers == Counter({str(n): 1 for n in range(120)})
