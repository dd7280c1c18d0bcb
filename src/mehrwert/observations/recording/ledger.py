"""Rows of the outbox and of the audit, in the transaction they tell of."""

from typing import Any

import msgspec

from mehrwert.base.events import Event
from mehrwert.observations.stores.base import Transaction

from .types import WriteContext


def json_text(value: Any) -> str | None:
    """Return JSON as the stores want it; None stays SQL NULL."""
    return None if value is None else msgspec.json.encode(value).decode()


def put_event(tx: Transaction, event: Event, tenant_id: int, now_us: int) -> None:
    """Write one event."""
    tx.insert_many(
        "obs_outbox",
        ("name", "tenant_id", "payload", "created_us"),
        [(event.name(), tenant_id, json_text(event.to_payload()), now_us)],
    )


def put_audit(
    tx: Transaction,
    context: WriteContext,
    now_us: int,
    *,
    verb: str,
    kind: str,
    object_id: int,
    change: tuple[str, Any, Any],
) -> None:
    """Write one audit row; ``change`` is label, before and after."""
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
                *(verb, kind, str(object_id), label[:300], json_text(before), json_text(after)),
            )
        ],
    )
