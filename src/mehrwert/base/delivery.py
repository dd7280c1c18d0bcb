"""The dispatcher of events: at least once per (event, listener); who fails blocks nobody.

It reads every outbox of the wiring. An event whose listeners have all been tried is marked
dispatched; a listener that failed keeps a delivery row and is tried again with growing pauses;
after ten tries it is parked and shown. Events that wait together and may be joined are told once.
"""

import logging
from collections.abc import Callable, Hashable, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

from mehrwert.base.clock import now_us
from mehrwert.base.events import Event
from mehrwert.base.leases import give_lease_back, take_lease
from mehrwert.base.models import EventDelivery, LiveEvent, OutboxEventBase
from mehrwert.base.services import LoopService
from mehrwert.base.wakeup import wait, wake
from mehrwert.base.wiring import call, listeners_of, resolve, table

log = logging.getLogger("mehrwert.events")
LEASE = "events"
LEASE_S = 15.0
POLL_S = 0.5
# after a turn with work: what comes meanwhile is told together
BREATH_S = 0.4
BATCH = 200
MOST_TRIES = 10
KEEP_LIVE_US = 3_600_000_000
KEEP_EVENTS_US = 7 * 24 * 3_600_000_000


Listener = TypeVar("Listener", bound=Callable[..., None])
_alone: set[Callable[..., None]] = set()


def without_transaction(listener: Listener) -> Listener:
    """Mark a listener that opens its transactions itself, because it reads more than it writes.

    Others are one transaction each, which on SQLite keeps everybody else from writing.
    """
    _alone.add(listener)
    return listener


def deliver_new() -> int:
    """Deliver waiting events of every outbox; return how many."""
    count = 0
    for name in table("OUTBOX_MODELS", ["mehrwert.base.models.OutboxEvent"]):
        model: type[OutboxEventBase] = resolve(name)
        rows = list(
            model._default_manager.filter(dispatched_us__isnull=True).order_by("id")[:BATCH]
        )
        for told in _joined(rows):
            _deliver_to_all(name, told)
        if rows:
            model._default_manager.filter(pk__in=[row.pk for row in rows]).update(
                dispatched_us=now_us()
            )
        count += len(rows)
    return count


def deliver_again() -> int:
    """Try failed deliveries whose pause is over; return how many."""
    rows = list(
        EventDelivery.objects.filter(parked=False, next_try_us__lte=now_us()).order_by("id")[:BATCH]
    )
    for row in rows:
        error = _try(row.listener, row.name, row.tenant_id, partial(_made, row.name, row.payload))
        if error is None:
            row.delete()
        else:
            _note_failure(row, error)
    return len(rows)


class _Told:
    """A row to be told, with the events of later rows joined to it; the last one's id stands."""

    def __init__(self, row: OutboxEventBase, event: Event | None) -> None:
        self.row = row
        self._event = event
        self._is_joined = False

    def join(self, row: OutboxEventBase, event: Event) -> bool:
        """Take in a later event; say whether that was possible."""
        both = None if self._event is None else self._event.joined(event)
        if both is None:
            return False
        self.row, self._event, self._is_joined = row, both, True
        return True

    def event(self) -> Event:
        """Return what to tell."""
        return self._event or _made(self.row.name, self.row.payload)

    def payload(self) -> dict[str, Any]:
        """Return what to tell as it is stored."""
        if self._is_joined and self._event is not None:
            return self._event.to_payload()
        return dict(self.row.payload)


def _joined(rows: Sequence[OutboxEventBase]) -> list[_Told]:
    """Return fewer events that tell the same."""
    told: list[_Told] = []
    open_ones: dict[Hashable, _Told] = {}
    name = ""
    for row in rows:
        if row.name != name:
            name = row.name
            open_ones.clear()
        event = _event_of(row)
        key = None if event is None else event.join_key()
        if key is not None and event is not None:
            if key in open_ones and open_ones[key].join(row, event):
                continue
            open_ones[key] = _Told(row, event)
            told.append(open_ones[key])
        else:
            told.append(_Told(row, event))
    return told


def _event_of(row: OutboxEventBase) -> Event | None:
    """Return the event of a row, None for one that nobody knows any more."""
    try:
        return _made(row.name, row.payload)
    except (KeyError, TypeError, ValueError):
        return None


def _made(name: str, payload: dict[str, Any]) -> Event:
    return Event.REGISTRY[name].from_payload(payload)


def _deliver_to_all(source: str, told: _Told) -> None:
    row = told.row
    for listener in listeners_of(row.name):
        error = _try(listener, row.name, row.tenant_id, told.event)
        if error is None:
            continue
        delivery, _ = EventDelivery.objects.get_or_create(
            source=source,
            event_id=row.pk,
            listener=listener,
            defaults={
                "name": row.name,
                "tenant_id": row.tenant_id,
                "payload": told.payload(),
                "next_try_us": now_us(),
            },
        )
        _note_failure(delivery, error)


def _try(
    listener: str, name: str, tenant_id: int | None, event_of: Callable[[], Event]
) -> str | None:
    try:
        handler, event = call(listener), event_of()
        with nullcontext() if handler in _alone else transaction.atomic():
            handler(event, tenant_id=tenant_id)
    except Exception as error:  # noqa: BLE001 - foreign code: whatever it raises blocks nobody
        log.warning("listener_failed", extra={"listener": listener, "event": name}, exc_info=True)
        return f"{type(error).__name__}: {error}"
    return None


def _note_failure(row: EventDelivery, error: str) -> None:
    row.tries += 1
    row.error = error[:2000]
    row.parked = row.tries >= MOST_TRIES
    row.next_try_us = now_us() + min(3600, 2**row.tries) * 1_000_000
    row.save(update_fields=["tries", "error", "parked", "next_try_us"])


def clear_old() -> None:
    """Delete live messages after an hour and delivered events after a week."""
    LiveEvent.objects.filter(at_us__lt=now_us() - KEEP_LIVE_US).delete()
    for name in table("OUTBOX_MODELS", ["mehrwert.base.models.OutboxEvent"]):
        resolve(name)._default_manager.filter(dispatched_us__lt=now_us() - KEEP_EVENTS_US).delete()


def _turn() -> float:
    if not take_lease(LEASE, LEASE_S):
        return POLL_S * 4
    delivered = deliver_new()
    if delivered >= BATCH:
        return 0.0
    if delivered + deliver_again() == 0:
        wait("events", POLL_S)
        return 0.0
    return BREATH_S


class EventDispatcher(LoopService):
    """The service; several processes may start it, one works."""

    def __init__(self) -> None:
        super().__init__("event-dispatcher", _turn, ring=lambda: wake("events"))

    def stop(self) -> None:
        """Stop and let another process take over at once."""
        super().stop()
        give_lease_back(LEASE)
