"""The inbox: each message once, in groups, with a fate (§4.1, §4.2, OBS-13)."""

import asyncio
from dataclasses import replace

import pytest

from mehrwert.observations.actions import (
    Delivery,
    Fate,
    NewMessage,
    akeep_messages,
    clear_messages,
    keep_messages,
    release_messages,
    settle_messages,
)
from mehrwert.observations.choices import MessageState
from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.queries import (
    count_messages,
    list_messages,
    list_new_messages,
    read_message,
    read_source_counts,
)

from .fixtures import OWN_TABLES

pytestmark = OWN_TABLES
DAY_US = 86_400_000_000
ONE = NewMessage("a", "D1", '{"x": "\x00"}', "{}")


def keep(*messages, source_id=1):
    return keep_messages(Delivery(1, source_id, messages))


def test_a_message_is_kept_once_per_source(observation_store):
    kept = keep(ONE, ONE, replace(ONE, message_key="b"))
    assert (kept.new, kept.duplicate) == (2, 1)
    assert keep(ONE).duplicate == 1
    assert keep(ONE, source_id=2).new == 1
    counts = read_source_counts(1)[1]
    assert (counts.n_received, counts.n_duplicate) == (2, 2)


def test_within_its_window_only(observation_store, time_machine):
    """fCnt, port and hash come again after seven days: another message."""
    weekly = replace(ONE, window_us=7 * DAY_US)
    time_machine.move_to(1_700_000_000)
    assert keep(weekly).new == 1
    time_machine.move_to(1_700_000_000 + 6 * 86_400)
    assert keep(weekly).new == 0
    time_machine.move_to(1_700_000_000 + 8 * 86_400)
    assert keep(weekly, ONE).new == 1


def test_deliveries_that_arrive_together_are_kept_together(observation_store):
    async def run():
        deliveries = [Delivery(1, 1, [replace(ONE, message_key=f"{n % 40}")]) for n in range(50)]
        return await asyncio.gather(*(akeep_messages(delivery) for delivery in deliveries))

    kept = asyncio.run(run())
    assert (sum(k.new for k in kept), sum(k.duplicate for k in kept)) == (40, 10)
    assert len(list_new_messages(100)) == 40


def test_what_became_of_a_message_and_letting_it_go_again(observation_store):
    keep(ONE, replace(ONE, message_key="b"))
    first, second = list_new_messages(10)
    fates = [
        Fate(first.id, MessageState.DONE, "c@1", 3),
        Fate(second.id, MessageState.FAILED, error="x"),
    ]
    settle_messages(fates)
    assert list_new_messages(10) == []
    assert count_messages(1, "D1") == {MessageState.DONE: 1, MessageState.FAILED: 1}
    newest, oldest = list_messages(1, device_key="D1")
    assert (oldest.codec, oldest.n_readings, newest.error) == ("c@1", 3, "x")
    assert release_messages(1, "D1", [MessageState.FAILED]) == 1
    assert [m.id for m in list_new_messages(10)] == [second.id]


def test_nobody_else_reads_it_and_old_ones_go(observation_store):
    keep(ONE)
    (message,) = list_new_messages(10)
    assert read_message(1, message.id).body == '{"x": ""}'
    with pytest.raises(UnknownEntityError):
        read_message(2, message.id)
    assert clear_messages(1, message.received_us) == 0
    assert clear_messages(1, message.received_us + 1) == 1
