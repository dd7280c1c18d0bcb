"""The writer: groups, failures of single requests, the bounded queue, stopping."""

import asyncio
import threading
from contextlib import contextmanager

import pytest

from mehrwert.base.errors import InvalidInputError, UnavailableError
from mehrwert.observations import actions, queries, writer
from mehrwert.observations.errors import QueueFullError, WriterStoppedError
from mehrwert.observations.recording.prepare import Prepared, prepare
from mehrwert.observations.writer import Request, get_writer, stop_writers

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
    monkeypatch.setattr(writer, "QUEUE_REQUESTS", 3)
    with busy_writer() as busy:
        waiting = [busy.submit(one(town, i)) for i in range(3)]
        with pytest.raises(QueueFullError) as refused:
            busy.submit(one(town, 9))
        assert refused.value.data["retry_after_s"] > 0
    assert [f.result(20).created for f in waiting] == [1, 1, 1]
    assert town.record([9], [1.0]).created == 1


def test_a_large_request_waits_for_room_of_rows(town, monkeypatch):
    monkeypatch.setattr(writer, "QUEUE_ROWS", 10)
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
