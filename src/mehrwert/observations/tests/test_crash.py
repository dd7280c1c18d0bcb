"""``kill -9`` of a process that writes: nothing acknowledged is lost, nothing is doubled."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from mehrwert.observations import actions, queries
from mehrwert.observations.errors import StoreLockedError
from mehrwert.observations.stores import close_stores
from mehrwert.observations.stores.sqlite.store import SqliteStore
from mehrwert.observations.writer import stop_writers

from .fixtures import OWN_TABLES
from .test_recording import check_hours, check_state
from .writing_process import value_of

pytestmark = OWN_TABLES

HERE = Path(__file__).parent
SOURCE = HERE.parents[2]
on_postgres = pytest.mark.skipif(
    not settings.ONE_DATABASE, reason="on SQLite one process writes; see the run on PostgreSQL"
)


def start_writing(town, series, first, seed):
    """Start the process on the database of this test."""
    database = {
        name: str(connections.settings["observations"][name])
        for name in ("ENGINE", "NAME", "HOST", "PORT", "USER", "PASSWORD")
    }
    plan = {"database": database, "tenant": 1, "series": series, "first": first, "seed": seed}
    return subprocess.Popen(
        [sys.executable, "-m", "mehrwert.observations.tests.writing_process", json.dumps(plan)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )


def kill_after(process, seconds):
    """Wait for its first answer, let it write a while, kill it; return the answers."""
    first = process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    lines = (first + process.stdout.read()).decode().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    answers = [line.split() for line in lines if line.endswith("\n")]
    assert ["refused"] not in answers
    return [tuple(map(int, answer)) for answer in answers]


def promised(answers, series):
    return {start + i for s, start, n in answers if s == series for i in range(n)}


def check_survived(town, series, answers):
    rows = queries.read_series(1, series)
    times = rows.times_us.tolist()
    assert promised(answers, series) <= set(times)
    assert len(times) == len(set(times))
    assert rows.values.tolist() == [value_of(t) for t in times]
    check_hours(town, series)
    check_state(town, series)


def crash(town, rounds):
    series = [town.datastream_id, town.add_datastream(name="Zweite")]
    answers, draw = [], random.Random(11)
    for seed in range(rounds):
        stop_writers()
        close_stores()
        done = min((max(promised(answers, s), default=0) for s in series), default=0)
        process = start_writing(town, series, max(0, done - 300), seed)
        answers += kill_after(process, draw.uniform(0.05, 0.6))
        for one in series:
            check_survived(town, one, answers)
    assert len(answers) > rounds
    assert town.record([10**15], [1.0]).created == 1


def test_three_kills_lose_nothing_and_double_nothing(town):
    crash(town, 3)


@pytest.mark.slow
def test_twenty_kills_lose_nothing_and_double_nothing(town):
    crash(town, 20)


@on_postgres
def test_several_processes_write_the_same_series(town):
    series = [town.datastream_id, town.add_datastream(name="Zweite")]
    processes = [start_writing(town, order, 0, i) for i, order in enumerate((series, series[::-1]))]
    for i in range(30):  # changes of a third process in between
        actions.flag_observations(town.context, series[i % 2], i * 20, i * 20 + 10, 3)
        actions.update_thing(town.context, town.thing_id, name=f"Pegel {i}")
    answers = [a for p in processes for a in kill_after(p, 1.0)]
    stop_writers()
    for one in series:
        check_survived(town, one, answers)


def test_a_second_process_on_sqlite_is_told_who_writes(tmp_path):
    path = tmp_path / "observations.sqlite3"
    code = (
        "import sys, time; from mehrwert.observations.stores.sqlite.store import SqliteStore;"
        "w = SqliteStore(sys.argv[1]).open_writer(); print('ready', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert other.stdout.readline() == b"ready\n"
    store = SqliteStore(str(path))
    with pytest.raises(StoreLockedError, match=f"Prozess {other.pid}"):
        store.open_writer()
    other.kill()
    other.wait()
    other.stdout.close()
    store.open_writer().close()
