"""The writer: groups, failures of single requests, the bounded queue, stopping."""

import asyncio
import threading
from contextlib import contextmanager

import pytest

from mehrwert.base.errors import InvalidInputError, UnavailableError
from mehrwert.observations import actions, queries
from mehrwert.observations.errors import QueueFullError, WriterStoppedError
from mehrwert.observations.recording.prepare import Prepared, prepare
from mehrwert.observations.stores import get_store
from mehrwert.observations.writer import Request, get_writer, stop_writers
from mehrwert.observations.writer import thread as writer_thread

from .fixtures import OWN_TABLES
from .test_recording import check_hours, check_state, values

pytestmark = OWN_TABLES


@contextmanager
def busy_writer():
    """Keep the writer's thread busy, so that requests queue."""
    started, go_on = threading.Event(), threading.Event()

    def work(tx, now):
        started.set()
        go_on.wait(20)

    waiting = get_writer().submit(Request(rows=1, work=work))
    assert started.wait(20)
    try:
        yield get_writer()
    finally:
        go_on.set()
        waiting.result(20)


def one(town, time, result=1.0):
    batch = prepare(actions.ReadingBatch(town.datastream_id, [time], [result]))
    return Request(rows=1, context=town.context, batches=[batch])


def broken(town, time):
    """A request that only the store notices to be wrong."""
    reading = (time, None, object(), None, None, 0, None)
    batch = Prepared(town.datastream_id, 1, False, False, readings=[reading])
    return Request(rows=1, context=town.context, batches=[batch])


def test_all_that_waits_is_one_commit(town):
    with busy_writer() as busy:
        groups = busy.groups
        futures = [busy.submit(one(town, i)) for i in range(50)]
    assert [f.result(20).created for f in futures] == [1] * 50
    assert busy.groups == groups + 2  # the busy one and this
    check_state(town, town.datastream_id)


def test_a_bad_request_fails_alone(town):
    with busy_writer() as busy:
        good = [busy.submit(one(town, i)) for i in range(5)]
        bad = busy.submit(broken(town, 9))
        good += [busy.submit(one(town, 10 + i)) for i in range(5)]
    assert [f.result(20).created for f in good] == [1] * 10
    with pytest.raises((UnavailableError, InvalidInputError)):
        bad.result(20)
    assert len(values(town)) == 10
    check_hours(town, town.datastream_id)
    check_state(town, town.datastream_id)


def test_what_is_answered_can_be_read_by_everybody(town):
    for i in range(20):
        town.record([i], [1.0])
        seen = []
        reading = threading.Thread(target=lambda seen=seen: seen.append(len(values(town))))
        reading.start()
        reading.join()
        assert seen == [i + 1]


def test_a_full_queue_says_when_to_come_again(town, monkeypatch):
    monkeypatch.setattr(writer_thread, "QUEUE_REQUESTS", 3)
    with busy_writer() as busy:
        waiting = [busy.submit(one(town, i)) for i in range(3)]
        with pytest.raises(QueueFullError) as refused:
            busy.submit(one(town, 9))
        assert refused.value.data["retry_after_s"] > 0
    assert [f.result(20).created for f in waiting] == [1, 1, 1]
    assert town.record([9], [1.0]).created == 1


def test_a_large_request_waits_for_room_of_rows(town, monkeypatch):
    monkeypatch.setattr(writer_thread, "QUEUE_ROWS", 10)
    with busy_writer() as busy:
        busy.submit(one(town, 1))
        big = prepare(actions.ReadingBatch(town.datastream_id, list(range(50)), [0.5] * 50))
        with pytest.raises(QueueFullError):
            busy.submit(Request(rows=50, context=town.context, batches=[big]), wait_s=0.05)
    assert town.record(list(range(2, 52)), [0.5] * 50).created == 50  # alone it always fits


def test_an_event_loop_is_answered_in_its_own_thread(town):
    async def several():
        batches = [[actions.ReadingBatch(town.datastream_id, [i], [1.0])] for i in range(40)]
        return await asyncio.gather(
            *(actions.arecord_observations(town.context, batch) for batch in batches),
            actions.atransact(lambda tx: threading.current_thread().name),
        )

    *outcomes, thread = asyncio.run(several())
    assert sum(o.created for o in outcomes) == 40
    assert thread == "observation-writer"


def test_an_error_in_a_transaction_reaches_the_event_loop(town):
    async def fail():
        await actions.atransact(lambda tx: 1 // 0)

    with pytest.raises(UnavailableError) as failed:
        asyncio.run(fail())
    assert isinstance(failed.value.__cause__, ZeroDivisionError)
    assert town.record([1], [1.0]).created == 1


def test_stopping_writes_what_is_queued_and_refuses_more(town):
    with busy_writer() as busy:
        waiting = busy.submit(one(town, 1))
        stopping = threading.Thread(target=busy.stop)
        stopping.start()
        while not busy._stopping:
            pass
        with pytest.raises(WriterStoppedError):
            busy.submit(one(town, 2))
    stopping.join(20)
    assert waiting.result(0).created == 1
    stop_writers()
    assert town.record([2], [1.0]).created == 1
    assert queries.count_observations(1) == 2


SHORT_AND_LONG = [
    {"time_us": 5, "result": 1.0},
    {"time_us": 9, "result": 2, "end_us": 12, "result_time_us": 4},
    {"time_us": 9, "result": 2, "end_us": 12, "result_time_us": 4},
    {"time_us": 9, "result": 3.5},
    {"time_us": 1, "result": None},
    {"time_us": 20, "result": {"text": "hoch"}},
    {"time_us": 21, "result": 2**60 + 1},
    {"time_us": 30, "result": 1.0, "feature_id": 2**30},
    {"time_us": 3_600_000_000, "result": True},
]


def test_one_reading_takes_the_short_way_to_the_same_end(town):
    """OBS-01: what the short way stores and answers is what a batch of one does."""
    short, long = town.add_datastream(name="kurz"), town.add_datastream(name="lang")
    answers = []
    for given in SHORT_AND_LONG:
        row_id, status = asyncio.run(
            actions.arecord_reading(town.context, short, actions.prepare_reading(**given))
        )
        given = {"end_us": None, "result_time_us": None, "feature_id": None, **given}
        batch = actions.ReadingBatch(long, [given["time_us"]], [given["result"]])
        batch.ends_us, batch.result_times_us = [given["end_us"]], [given["result_time_us"]]
        batch.feature_ids = None if given["feature_id"] is None else [given["feature_id"]]
        batch.feature_required = True
        rows = actions.record_observations(town.context, [batch]).rows[0]
        same_id = None if rows.ids[0] is None else rows.ids[0] - (long << 32) + (short << 32)
        answers.append(((row_id, status), (same_id, rows.statuses[0])))
    assert [one for one, _ in answers] == [other for _, other in answers]
    assert {status for (_, status), _ in answers} == {"created", "duplicate", "unknown_feature"}
    assert _stored(short) == _stored(long)


def _stored(series):
    """Return rows, extras, state and hours of a series without its number."""
    tables = {
        "obs_observation": "time, seq, result, duration, result_time, feature_id, quality",
        "obs_observation_extra": "seq, result, parameters, valid_start",
        "obs_datastream_state": "next_seq, n, first_time, last_time, last_end, latest_seq,"
        " latest_result, first_result_time, last_result_time, feature_id, gap_us, min_lon",
        "obs_hour_bucket": "hour, n, sum, min, max, first, last, n_bad",
    }
    with queries.reader() as reader:
        return [
            reader.select(
                f"SELECT {columns} FROM {table} WHERE datastream_id=? ORDER BY 1, 2", (series,)
            )
            for table, columns in tables.items()
        ]


@pytest.mark.parametrize(
    "given",
    [
        {"time_us": 2**62, "result": 1},
        {"time_us": 5, "result": float("nan")},
        {"time_us": 5, "result": 1, "end_us": 5},
        {"time_us": 5, "result": 1, "result_time_us": 1.5},
        {"time_us": 5, "result": "\x00"},
    ],
)
def test_the_short_way_checks_what_the_long_one_checks(given):
    with pytest.raises(InvalidInputError) as short:
        actions.prepare_reading(**given)
    columns = {"ends_us": [given.get("end_us")], "result_times_us": [given.get("result_time_us")]}
    batch = actions.ReadingBatch(1, [given["time_us"]], [given["result"]], **columns)
    with pytest.raises(InvalidInputError) as long:
        prepare(batch)
    assert (short.value.code, short.value.data) == (long.value.code, long.value.data)


def test_a_change_between_two_groups_is_seen_by_the_second(town):
    """The writer keeps states from group to group, but not over changes of metadata."""
    town.record([1], [1.0])
    actions.update_location(
        town.context, town.location_id, location={"type": "Point", "coordinates": [8.5, 51.0]}
    )
    town.record([2], [1.0])
    features = [r.feature_id for r in queries.read_observations(1, town.datastream_id, limit=9)]
    assert len(set(features)) == 2
    actions.delete_datastream(town.context, town.datastream_id)
    assert town.record([3], [1.0]).failed == 1


def test_a_group_takes_few_journeys_to_the_server(town, monkeypatch):
    """PostgreSQL: BEGIN leaves with the question for states, COMMIT with all that is written."""
    if get_store().engine != "postgres":
        pytest.skip("SQLite is in the process")
    from mehrwert.observations.stores.postgres.writer import PostgresWriter

    town.record([1], [1.0])
    sent: list[int] = []
    send = PostgresWriter._send

    def spied(writer: PostgresWriter) -> object:
        sent.append(len(writer._later))
        return send(writer)

    with busy_writer() as busy:
        waiting = [busy.submit(one(town, 100 + i)) for i in range(20)]
        monkeypatch.setattr(PostgresWriter, "_send", spied)
    assert [f.result(20).created for f in waiting] == [1] * 20
    # the COMMIT before; BEGIN, lock and states; rows and hours with the question for the usual
    # gap, which is due now and then; states, event and COMMIT
    assert [n for n in sent if n] == [1, 3, 3, 3]
