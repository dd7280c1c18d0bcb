"""Events of a replay: held while it runs, then told as one.

A replay writes many batches; whoever listens hears once what changed over all. The events lie in
the outbox from the transaction of their readings on, so that a crash loses none.
"""

import json
from collections.abc import Iterable
from typing import Any

from mehrwert.observations.events import (
    ObservationsCorrected,
    ObservationsDeleted,
    ObservationsRecorded,
    ReadingsEvent,
)
from mehrwert.observations.recording.ledger import put_event
from mehrwert.observations.stores.base import Transaction

KINDS: dict[str, type[ReadingsEvent]] = {
    kind.name(): kind for kind in (ObservationsRecorded, ObservationsCorrected, ObservationsDeleted)
}


def let_go(tx: Transaction, door: str | None, before_us: int, now_us: int) -> int:
    """Tell events that are held, joined; return how many are told.

    Args:
        tx: The transaction.
        door: Those of one replay; None: of every one.
        before_us: Only those written before.
        now_us: The present.
    """
    rows = tx.select(
        "SELECT id, name, payload FROM obs_outbox WHERE dispatched_us>? AND created_us<=?"
        " ORDER BY id",
        (now_us, before_us),
    )
    mine: list[int] = []
    events: list[ReadingsEvent] = []
    for row_id, name, payload in rows:
        given: dict[str, Any] = payload if isinstance(payload, dict) else json.loads(payload)
        if door is None or given.get("door") == door:
            mine.append(int(row_id))
            events.append(KINDS[str(name)].from_payload(given))
    for row_id in mine:
        tx.execute("DELETE FROM obs_outbox WHERE id=?", (row_id,))
    told = list(joined(events))
    for event in told:
        put_event(tx, event, event.tenant_id, now_us)
    return len(told)


def joined(events: Iterable[ReadingsEvent]) -> list[ReadingsEvent]:
    """Return one event per kind, municipality and door; more where there are too many series."""
    open_ones: dict[Any, ReadingsEvent] = {}
    done: list[ReadingsEvent] = []
    for event in events:
        key = (event.name(), event.join_key())
        known = open_ones.get(key)
        both = event if known is None else known.joined(event)
        if both is None and known is not None:
            done.append(known)
            both = event
        open_ones[key] = both or event
    return [*done, *open_ones.values()]
