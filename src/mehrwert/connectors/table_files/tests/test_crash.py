"""``kill -9`` in the middle of storing: nothing is lost, nothing is doubled."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from mehrwert.base.models import Job
from mehrwert.observations.queries import list_datastreams
from mehrwert.observations.stores import close_stores
from mehrwert.observations.writer import stop_writers

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
LEASE_S = 1.0
ROWS = 12_000
KEYS = ("NAME", "HOST", "PORT", "USER", "PASSWORD")


def long_table() -> str:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    lines = (f"{start + timedelta(minutes=i):%Y-%m-%d %H:%M}Z;{i}" for i in range(ROWS))
    return "Zeit;Pegel [m]\n" + "\n".join(lines) + "\n"


def worker_process(media) -> subprocess.Popen[str]:
    stop_writers()
    close_stores()
    given = {
        alias: {key: connections[alias].settings_dict.get(key) for key in KEYS}
        for alias in connections
    }
    given = {a: {k: str(v) for k, v in values.items() if v} for a, values in given.items()}
    env = {**os.environ, "TEST_DATABASES": json.dumps(given), "TEST_MEDIA": str(media)}
    process = subprocess.Popen(
        [sys.executable, "-m", "mehrwert.connectors.table_files.tests.run_worker", str(LEASE_S)],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().strip() == "ready"
    return process


def stored(town) -> int:
    return sum(line.n for line in list_datastreams(town.tenant.pk))


def wait_for(reached, process, seconds=120.0) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert process.poll() is None, "the worker ended by itself"
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.02)


def test_kill_9_in_the_middle_loses_nothing_and_doubles_nothing(town, media):
    number = int(town.upload(long_table(), "Pegel.csv")["Location"].split("/")[4])
    town.describe(number)
    town.client.post(town.path(f"{number}/uebernehmen/"))
    Job.objects.update(most_tries=50)
    seen = []
    for goal in (600, 3_000, 6_000):
        process = worker_process(media)
        wait_for(lambda goal=goal: stored(town) >= goal, process)
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.append(stored(town))
    assert 600 <= seen[0] < seen[1] < seen[2] < ROWS, "every kill came in the middle"
    process = worker_process(media)
    try:
        wait_for(lambda: not Job.objects.get().is_open, process)
    finally:
        process.kill()
        process.wait()
    job = Job.objects.get()
    assert (job.state, job.tries) == ("done", 4)
    row = town.row(number)
    assert (row.state, row.tally["values"], row.tally["created"]) == ("stored", ROWS, ROWS)
    assert stored(town) == ROWS
    assert [value for _, value in town.values("Pegel")][:3] == [0.0, 1.0, 2.0]
