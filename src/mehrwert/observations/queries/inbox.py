"""Raw messages: what waits to be decoded, what a device or a source sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.observations.choices import MessageState
from mehrwert.observations.errors import UnknownEntityError

from .store import reader

_COLUMNS = (
    "id, tenant_id, source_id, device_key, received_us, device_us, state, envelope, error, codec,"
    " n_readings"
)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message without its text; ``envelope`` is what the door read of it."""

    id: int
    tenant_id: int
    source_id: int
    device_key: str
    received_us: int
    device_us: int | None
    state: MessageState
    envelope: dict[str, Any]
    error: str
    codec: str
    n_readings: int
    body: str = ""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What a source delivered so far."""

    n_received: int = 0
    n_duplicate: int = 0
    last_us: int = 0


def list_new_messages(limit: int) -> list[MessageRow]:
    """Return messages of all municipalities that nobody decoded yet, in the order they came.

    For the service that decodes; pages use ``list_messages``.
    """
    return _select("state=0 ORDER BY id LIMIT ?", (limit,))


def list_of_device(
    tenant_id: int, device_key: str, states: Sequence[MessageState], *, after_id: int, limit: int
) -> list[MessageRow]:
    """Return messages of one device in some states after an id, in the order they came."""
    marks = ",".join("?" * len(states))
    return _select(
        f"tenant_id=? AND device_key=? AND state IN ({marks}) AND id>? ORDER BY id LIMIT ?",
        (tenant_id, device_key, *(int(state) for state in states), after_id, limit),
    )


def list_messages(
    tenant_id: int,
    *,
    device_key: str | None = None,
    source_id: int | None = None,
    before_id: int | None = None,
    limit: int = 25,
) -> list[MessageRow]:
    """Return the newest messages of a device or source, before an id."""
    where, params = "tenant_id=?", [tenant_id]
    given: list[tuple[str, Any]] = [
        ("device_key=?", device_key),
        ("source_id=?", source_id),
        ("id<?", before_id),
    ]
    for condition, value in given:
        if value is not None:
            where += f" AND {condition}"
            params.append(value)
    return _select(f"{where} ORDER BY id DESC LIMIT ?", (*params, limit))


def read_message(tenant_id: int, message_id: int) -> MessageRow:
    """Return one message with its text.

    Raises:
        UnknownEntityError: No such message in the tenant.
    """
    with reader() as r:
        rows = r.select(
            f"SELECT {_COLUMNS}, body FROM obs_raw_message WHERE tenant_id=? AND id=?",
            (tenant_id, message_id),
        )
    if not rows:
        raise UnknownEntityError(kind="message", id=message_id)
    return _row(rows[0])


def read_bodies(message_ids: Sequence[int]) -> dict[int, str]:
    """Return the texts of messages by id, for the service that decodes."""
    marks = ",".join("?" * len(message_ids))
    with reader() as r:
        rows = r.select(f"SELECT id, body FROM obs_raw_message WHERE id IN ({marks})", message_ids)
    return {int(message_id): str(body) for message_id, body in rows}


def count_messages(tenant_id: int, device_key: str) -> dict[MessageState, int]:
    """Return how many messages of a device are in which state."""
    with reader() as r:
        rows = r.select(
            "SELECT state, COUNT(*) FROM obs_raw_message WHERE tenant_id=? AND device_key=?"
            " GROUP BY state",
            (tenant_id, device_key),
        )
    return {MessageState(state): int(n) for state, n in rows}


def read_source_counts(tenant_id: int) -> dict[int, SourceCount]:
    """Return what each source of a tenant delivered, by its id."""
    with reader() as r:
        rows = r.select(
            "SELECT source_id, n_received, n_duplicate, last_us FROM obs_raw_source"
            " WHERE tenant_id=?",
            (tenant_id,),
        )
    return {int(row[0]): SourceCount(*row[1:]) for row in rows}


def _select(where: str, params: Sequence[Any]) -> list[MessageRow]:
    with reader() as r:
        return [
            _row(row)
            for row in r.select(f"SELECT {_COLUMNS} FROM obs_raw_message WHERE {where}", params)
        ]


def _row(row: Sequence[Any]) -> MessageRow:
    (message_id, tenant_id, source_id, device_key, received_us, device_us, state, envelope) = row[
        :8
    ]
    return MessageRow(
        message_id,
        tenant_id,
        source_id,
        device_key,
        received_us,
        device_us,
        MessageState(state),
        msgspec.json.decode(envelope),
        *row[8:],
    )
