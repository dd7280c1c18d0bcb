"""Rows of the outbox and of the audit, in the transaction they tell of."""

import re
from typing import Any

import msgspec

from mehrwert.base.events import Event
from mehrwert.observations.events import EntityChanged, ReadingsEvent
from mehrwert.observations.stores.base import Transaction

from .types import WriteContext

# an escaped NUL: after an even number of backslashes
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def json_text(value: Any) -> str | None:
    """Return JSON as the stores want it; None stays SQL NULL.

    Raises:
        TypeError: The value is not JSON.
        ValueError: A text in it has a NUL character, which PostgreSQL does not store.
    """
    return None if value is None else storable_json(value)


def storable_json(value: Any) -> str:
    """Return JSON as the stores want it; None becomes JSON null.

    Raises:
        TypeError, ValueError: as ``json_text``.
    """
    text = msgspec.json.encode(value).decode()
    if "\\u0000" in text and _NUL.search(text):
        raise ValueError("NUL character")
    return text


# an event that is held counts as told at a time that is yet to come
HELD_US = 86_400_000_000


def put_event(
    tx: Transaction, event: Event, tenant_id: int, now_us: int, *, is_held: bool = False
) -> None:
    """Write one event; one that is held is told only after ``recording/held.py`` lets it go."""
    told_us = now_us + HELD_US if is_held else None
    # the encoder writes such events as their payload, without making it first
    payload = event if isinstance(event, ReadingsEvent) else event.to_payload()
    tx.insert_many(
        "obs_outbox",
        ("name", "tenant_id", "payload", "created_us", "dispatched_us"),
        [(event.name(), tenant_id, json_text(payload), now_us, told_us)],
    )


def put_change(tx: Transaction, tenant_id: int, what: tuple[str, int], now_us: int) -> None:
    """Tell that an entity is new or changed; ``what`` is kind and id."""
    put_event(tx, EntityChanged(tenant_id, *what), tenant_id, now_us)


def put_audit(
    tx: Transaction,
    context: WriteContext,
    now_us: int,
    *,
    verb: str,
    what: tuple[str, int],
    change: tuple[str, Any, Any],
) -> None:
    """Write one audit row; ``what`` is kind and id, ``change`` label, before and after."""
    label, before, after = change
    actor = context.actor
    tx.insert_many(
        "obs_audit",
        (
            *("at_us", "tenant_id", "actor_kind", "actor_id", "actor_label", "verb", "kind"),
            *("object_id", "label", "before", "after"),
        ),
        [
            (
                *(now_us, context.tenant_id, actor.kind, actor.actor_id, actor.label[:200]),
                *(verb, what[0], str(what[1]), label[:300], json_text(before), json_text(after)),
            )
        ],
    )
