"""The outbox: at least once per listener; who fails blocks nobody and is parked after ten tries."""

import pytest
from django.db import transaction

from mehrwert.base import delivery
from mehrwert.base.actions import emit, retry_delivery
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.leases import give_lease_back, take_lease
from mehrwert.base.models import AuditRow, EventDelivery, LiveEvent, OutboxEvent
from mehrwert.base.queries import list_parked

from .fake_wiring import TestCounted, TestHappened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("wiring")]
ANNA = Actor("user", 7, "Anna")
ALL_THREE = [("refuse:a", 1), ("explode:a", 1), ("a", 1)]


def try_again() -> None:
    EventDelivery.objects.filter(parked=False).update(next_try_us=now_us() - 1)
    delivery.deliver_again()


def test_every_listener_gets_the_event_in_the_order_of_the_table(wiring):
    emit(TestHappened("a"), tenant_id=1)
    assert delivery.deliver_new() == 1
    assert wiring.taken == ALL_THREE
    assert delivery.deliver_new() == 0


def test_an_event_of_a_transaction_that_failed_was_never_told(wiring):
    with transaction.atomic():
        emit(TestHappened("a"), tenant_id=1)
        transaction.set_rollback(True)
    assert delivery.deliver_new() == 0
    assert wiring.taken == []


@pytest.mark.parametrize("who", ["refuse", "explode"])
def test_a_listener_that_fails_blocks_neither_others_nor_later_events(wiring, who):
    wiring.broken.add(who)
    emit(TestHappened("a"), tenant_id=1)
    emit(TestHappened("b"), tenant_id=1)
    delivery.deliver_new()
    assert [what for what, _ in wiring.taken if ":" not in what] == ["a", "b"]
    assert EventDelivery.objects.count() == 2
    wiring.broken.clear()
    try_again()
    assert (f"{who}:a", 1) in wiring.taken
    assert (f"{who}:b", 1) in wiring.taken
    assert EventDelivery.objects.count() == 0


def test_pauses_grow_and_after_ten_tries_the_event_is_parked_and_shown(wiring):
    wiring.broken.add("explode")
    emit(TestHappened("a"), tenant_id=1)
    delivery.deliver_new()
    pauses = []
    for _ in range(9):
        pauses.append(EventDelivery.objects.get().next_try_us - now_us())
        try_again()
    row = EventDelivery.objects.get()
    assert row.parked
    assert row.tries == 10
    assert pauses == sorted(pauses)
    assert [r.pk for r in list_parked()] == [row.pk]
    assert "StrangeError" in row.error
    try_again()
    assert EventDelivery.objects.get().tries == 10


def test_a_parked_event_is_tried_again_when_somebody_asks(wiring):
    wiring.broken.add("refuse")
    emit(TestHappened("a"), tenant_id=1)
    delivery.deliver_new()
    EventDelivery.objects.update(parked=True, tries=10)
    wiring.broken.clear()
    retry_delivery(EventDelivery.objects.get().pk, actor=ANNA)
    delivery.deliver_again()
    assert ("refuse:a", 1) in wiring.taken
    assert EventDelivery.objects.count() == 0
    assert AuditRow.objects.get(verb="retry").actor_label == "Anna"


def test_a_delivery_that_is_gone_cannot_be_tried_again():
    with pytest.raises(NotFoundError):
        retry_delivery(404, actor=ANNA)


def test_a_crash_before_the_mark_delivers_again_and_loses_nothing(wiring, monkeypatch):
    emit(TestHappened("a"), tenant_id=1)

    def crash():
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "now_us", crash)
        with pytest.raises(KeyboardInterrupt):
            delivery.deliver_new()
    delivery.deliver_new()
    assert wiring.taken == ALL_THREE * 2


def test_an_event_that_nobody_knows_any_more_is_parked_not_lost(wiring):
    emit(TestHappened("a"), tenant_id=1)
    OutboxEvent.objects.update(payload={"gone": "field"})
    delivery.deliver_new()
    assert EventDelivery.objects.count() == 3


def test_events_that_wait_together_and_belong_together_are_told_as_one(wiring):
    for door, n in (("a", 1), ("b", 2), ("a", 3), ("a", 7), ("b", 4)):
        emit(TestCounted(door, n), tenant_id=1)
    assert delivery.deliver_new() == 5
    assert wiring.taken == [("a:4", 1), ("b:6", 1), ("a:7", 1)]
    assert OutboxEvent.objects.filter(dispatched_us=None).count() == 0
    assert OutboxEvent.objects.first().payload == {"door": "a", "n": 1}


def test_no_event_is_joined_across_one_of_another_kind(wiring):
    for event in (TestCounted("a", 1), TestHappened("x"), TestCounted("a", 2)):
        emit(event, tenant_id=1)
    delivery.deliver_new()
    assert [what for what, _ in wiring.taken if what[0] == "a"] == ["a:1", "a:2"]


def test_joined_events_that_failed_are_tried_again_joined(wiring):
    wiring.broken.add("count")
    emit(TestCounted("a", 1), tenant_id=1)
    emit(TestCounted("a", 2), tenant_id=1)
    delivery.deliver_new()
    wiring.broken.clear()
    try_again()
    assert wiring.taken == [("a:3", 1)]


def test_only_one_process_delivers_and_another_takes_over():
    assert take_lease("events", 60, "one")
    assert not take_lease("events", 60, "two")
    assert take_lease("events", 60, "one")
    give_lease_back("events", "one")
    assert take_lease("events", -1, "two")
    assert take_lease("events", 60, "three")


def test_old_messages_and_delivered_events_are_cleared_waiting_ones_stay(wiring):
    emit(TestHappened("a"), tenant_id=1)
    delivery.deliver_new()
    OutboxEvent.objects.update(dispatched_us=1, created_us=1)
    emit(TestHappened("b"), tenant_id=1)
    OutboxEvent.objects.filter(dispatched_us=None).update(created_us=1)
    LiveEvent.objects.create(tenant_id=1, topic="job", payload={}, at_us=1)
    LiveEvent.objects.create(tenant_id=1, topic="job", payload={}, at_us=now_us())
    delivery.clear_old()
    assert [e.payload["what"] for e in OutboxEvent.objects.all()] == ["b"]
    assert LiveEvent.objects.count() == 1


def test_the_service_delivers_soon_and_stops_in_time(wiring):
    import time

    service = delivery.EventDispatcher()
    service.start()
    emit(TestHappened("a"), tenant_id=None)
    deadline = time.monotonic() + 10
    while len(wiring.taken) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    began = time.monotonic()
    service.stop()
    assert time.monotonic() - began < 5
    assert wiring.taken == [("refuse:a", None), ("explode:a", None), ("a", None)]
