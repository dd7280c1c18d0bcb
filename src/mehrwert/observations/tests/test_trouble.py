"""A full disk, a locked file, a stopped server: one clear sentence, and a healthy service after."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from mehrwert.base.errors import UnavailableError
from mehrwert.base.tests.ports import free_port
from mehrwert.observations import actions, queries
from mehrwert.observations.errors import DiskFullError, StoreBusyError, StoreUnreachableError
from mehrwert.observations.stores import close_stores, get_store
from mehrwert.observations.stores.postgres import store as postgres_store
from mehrwert.observations.stores.sqlite import writer as sqlite_writer
from mehrwert.observations.writer import stop_writers

from .fixtures import OWN_TABLES, empty_store, make_town
from .test_recording import check_hours, check_state

ROOT = Path(__file__).parents[4]
own_tables = OWN_TABLES
on_postgres = pytest.mark.skipif(
    not settings.ONE_DATABASE, reason="stops a server; part of the run on PostgreSQL"
)


def address():
    """Return what psycopg needs to reach the database of the run."""
    one = connections.settings["observations"]
    return {
        "dbname": one["NAME"],
        "user": one["USER"],
        "password": one["PASSWORD"],
        "host": one["HOST"],
        "port": one["PORT"],
    }


# --- locked ------------------------------------------------------------------------------------


@contextmanager
def locked_file():
    with closing(sqlite3.connect(get_store().path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def locked_table():
    with psycopg.connect(**address()) as other:
        other.execute("LOCK TABLE obs_observation, obs_thing IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@own_tables
def test_somebody_holds_the_store(observation_store, monkeypatch):
    impatient = [p.replace("busy_timeout=5000", "busy_timeout=200") for p in sqlite_writer.PRAGMAS]
    monkeypatch.setattr(sqlite_writer, "PRAGMAS", tuple(impatient))
    monkeypatch.setattr(postgres_store, "LOCK_TIMEOUT", "200ms")
    close_stores()
    town = make_town()
    with {"sqlite": locked_file, "postgres": locked_table}[get_store().engine]():
        with pytest.raises(StoreBusyError, match="gesperrt") as refused:
            town.record([1], [1.0])
        with pytest.raises(StoreBusyError):
            actions.create_thing(town.context, name="Gesperrt")
    assert refused.value.data["retry_after_s"] > 0
    assert town.record([1], [1.0]).created == 1
    assert queries.count_things(1) == 1


# --- full --------------------------------------------------------------------------------------


@contextmanager
def full_file():
    def ask(pragma):
        return actions.transact(lambda tx: tx.select(f"PRAGMA {pragma}")[0][0])

    def fill(tx):
        tx.execute("CREATE TABLE filler (content)")
        tx.execute("INSERT INTO filler VALUES (zeroblob(?))", (free * ask_in(tx, "page_size"),))

    def ask_in(tx, pragma):
        return tx.select(f"PRAGMA {pragma}")[0][0]

    free, before = ask("freelist_count"), ask("max_page_count")
    actions.transact(fill)  # pages that earlier tests left would be room
    ask(f"max_page_count={ask('page_count') + 2}")
    yield
    ask(f"max_page_count={before}")
    actions.transact(lambda tx: tx.execute("DROP TABLE filler"))


@contextmanager
def full_server():
    """The server itself raises its error for a full disk in the middle of a COPY."""
    with psycopg.connect(**address(), autocommit=True) as other:
        other.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF NEW.seq % 1000 = 700 THEN"
            " RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100';"
            " END IF; RETURN NEW; END $$"
        )
        other.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON obs_observation"
            " FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
        yield
        other.execute("DROP TRIGGER no_room ON obs_observation")
        other.execute("DROP FUNCTION no_room")


@own_tables
def test_a_full_disk_stores_nothing_of_the_call_and_is_told(town):
    times = [i * 1_000_000 for i in range(9000)]
    with {"sqlite": full_file, "postgres": full_server}[get_store().engine]():
        with pytest.raises(DiskFullError, match="voll"):
            town.record(times, [0.5] * 9000)
        assert queries.count_observations(1) == 0
        assert len(queries.read_series(1, town.datastream_id)) == 0
    assert town.record(times, [0.5] * 9000).created == 9000
    check_hours(town, town.datastream_id)
    check_state(town, town.datastream_id)


def test_a_limit_of_the_file_size_is_a_full_disk(tmp_path):
    code = """
import resource, signal, sys
from mehrwert.observations.stores.sqlite.store import SqliteStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = SqliteStore(sys.argv[1])
writer = store.open_writer()
writer.execute("CREATE TABLE t (a)")
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    for i in range(10_000):
        writer.begin(alone=True)
        writer.execute("INSERT INTO t VALUES (zeroblob(10000))")
        writer.commit()
except Exception as error:
    writer.rollback()
    print(store.translate(error).code, store.is_connection_lost(error))
    print(writer.select("PRAGMA integrity_check")[0][0])
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "voll.sqlite3")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    assert done.stdout.splitlines() == ["disk_full True", "ok"]


# --- stopped -----------------------------------------------------------------------------------


class Server:
    """A PostgreSQL of our own that may be stopped."""

    def __init__(self, folder: Path) -> None:
        self.port = str(free_port())
        self.folder = folder
        self.environment = {**os.environ, "TMPDIR": str(folder)}

    def start_new(self) -> None:
        """Start it with the tables of an installation."""
        url = self.run("start")
        subprocess.run(
            [sys.executable, "-m", "mehrwert", "migrate_all", "--no-backup"],
            env={
                **self.environment,
                "MEHRWERT_DATABASE_URL": url,
                "MEHRWERT_DATA_DIR": str(self.folder / "data"),
                "DJANGO_SETTINGS_MODULE": "mehrwert.site.settings",
                "PYTHONPATH": str(ROOT / "src"),
            },
            check=True,
            capture_output=True,
        )

    def run(self, verb: str) -> str:
        script = [str(ROOT / "script" / "postgres-for-tests"), verb, self.port]
        done = subprocess.run(
            script, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def stop(self) -> None:
        """Stop it at once, as a power cut does; the data stay."""
        data = self.folder / f"mehrwert-postgres-{self.port}" / "data"
        postmaster = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, 3)  # SIGQUIT: immediate shutdown
        while Path(f"/proc/{postmaster}").exists():
            time.sleep(0.05)


@pytest.fixture(scope="module")
def own_server():
    # not pytest's folder: the server may run as another user, who cannot enter that
    with tempfile.TemporaryDirectory(prefix="mehrwert-server-") as folder:
        Path(folder).chmod(0o755)
        own = Server(Path(folder))
        try:
            own.start_new()
            yield own
        finally:
            own.run("stop")


@pytest.fixture
def server(own_server, monkeypatch):
    stop_writers()
    close_stores()
    for name, value in {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "mehrwert",
        "USER": "mehrwert",
        "PASSWORD": "",
        "HOST": "127.0.0.1",
        "PORT": own_server.port,
    }.items():
        monkeypatch.setitem(connections.settings["observations"], name, value)
    empty_store()
    yield own_server
    stop_writers()
    close_stores()


@pytest.mark.postgres
@pytest.mark.xdist_group("own_server")
@on_postgres
def test_a_stopped_server_is_told_and_forgotten_when_it_is_back(server):
    town = make_town()
    town.record([1], [1.0])
    assert len(queries.read_latest(1)) == 1
    server.stop()
    for call in (
        lambda: town.record([2], [2.0]),
        lambda: actions.create_thing(town.context, name="Fort"),
        lambda: queries.read_latest(1),
        lambda: next(queries.stream_rows(1, town.datastream_id)),
        queries.database_bytes,
    ):
        started = time.monotonic()
        with pytest.raises(StoreUnreachableError, match="nicht erreichbar"):
            call()
        assert time.monotonic() - started < 2
    assert not queries.is_store_ready()
    server.run("start")
    assert queries.read_latest(1)[town.datastream_id].result == 1.0
    assert town.record([1, 2], [1.0, 2.0]).created == 1
    assert queries.is_store_ready()
    # a restart that nobody noticed is not even an error
    server.stop()
    server.run("start")
    assert town.record([3], [3.0]).created == 1
    assert queries.count_observations(1) == 3
    check_hours(town, town.datastream_id)


@on_postgres
def test_a_lost_connection_of_an_event_loop_is_made_anew(observation_store):
    def end(pid):
        with psycopg.connect(**address(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (pid,))

    async def ask():
        pids = [(await observation_store.aselect("SELECT pg_backend_pid()"))[0][0]]
        await asyncio.to_thread(end, pids[-1])
        pids.append((await observation_store.aselect("SELECT pg_backend_pid()"))[0][0])
        waiting = asyncio.create_task(observation_store.aselect("SELECT pg_sleep(0.5), 7"))
        await asyncio.sleep(0.1)
        await asyncio.to_thread(end, pids[-1])
        return pids, [row[1] for row in await waiting]

    pids, answered = asyncio.run(ask())
    assert len(set(pids)) == 2
    assert answered == [7]


@pytest.mark.postgres
@pytest.mark.xdist_group("own_server")
@on_postgres
def test_a_server_that_dies_under_load_loses_nothing_it_acknowledged(server):
    town = make_town()
    acknowledged, failed, is_over = [], [], threading.Event()

    def write(first):
        for time_us in range(first, 10**9, 4):
            if is_over.is_set():
                return
            try:
                town.record([time_us], [1.0])
                acknowledged.append(time_us)
            except UnavailableError as error:
                failed.append(error)
                time.sleep(0.02)

    writers = [threading.Thread(target=write, args=(i,)) for i in range(4)]
    for thread in writers:
        thread.start()
    for _ in range(2):
        time.sleep(0.5)
        server.stop()
        time.sleep(0.2)
        server.run("start")
    time.sleep(0.5)
    is_over.set()
    for thread in writers:
        thread.join()
    stored = queries.read_series(1, town.datastream_id).times_us.tolist()
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))
    assert {type(e) for e in failed} == {StoreUnreachableError}
    check_hours(town, town.datastream_id)
    check_state(town, town.datastream_id)
