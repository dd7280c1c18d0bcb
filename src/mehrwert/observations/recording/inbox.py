"""Raw messages inside a transaction: keep them once, say what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mehrwert.observations.choices import MessageState
from mehrwert.observations.stores.base import Row, Transaction

KEYS_PER_SELECT = 500
COLUMNS = (
    "tenant_id",
    "source_id",
    "message_key",
    "device_key",
    "received_us",
    "device_us",
    "state",
    "body",
    "envelope",
    "error",
    "codec",
    "n_readings",
)
COUNT = (
    "INSERT INTO obs_raw_source (source_id, tenant_id, n_received, n_duplicate, last_us)"
    " VALUES (?,?,?,?,?) ON CONFLICT (source_id) DO UPDATE SET"
    " n_received=obs_raw_source.n_received+excluded.n_received,"
    " n_duplicate=obs_raw_source.n_duplicate+excluded.n_duplicate, last_us=excluded.last_us"
)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """One message as a door received it.

    Args:
        message_key: The same for each delivery of the same message, at most 120 letters.
        device_key: Which device sent it, empty when the message does not say.
        body: As received.
        envelope: What the door read of it, as JSON.
        device_us: When the device or its network says it was sent.
        window_us: A message with the same key is a repetition only within this time; None: always.
        state: ``IGNORED`` for messages that never hold readings.
    """

    message_key: str
    device_key: str
    body: str
    envelope: str
    device_us: int | None = None
    window_us: int | None = None
    state: MessageState = MessageState.NEW


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one request of a source brought."""

    tenant_id: int
    source_id: int
    messages: Sequence[NewMessage]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many messages of a delivery are new, and how many were there before."""

    new: int
    duplicate: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one message."""

    message_id: int
    state: MessageState
    codec: str = ""
    n_readings: int = 0
    error: str = ""


def keep(tx: Transaction, delivery: Delivery, now_us: int) -> Kept:
    """Store the messages of a delivery that are not there yet, and count the others."""
    known = _known(tx, delivery)
    rows: list[Row] = []
    for message in delivery.messages:
        key = message.message_key[:120]
        before_us = known.get(key)
        if before_us is not None:
            if message.window_us is None or now_us - before_us <= message.window_us:
                continue
            key = f"{key[:100]}~{now_us}"
        known[key] = now_us
        rows.append(
            (
                *(delivery.tenant_id, delivery.source_id, key, message.device_key[:80], now_us),
                *(message.device_us, int(message.state), _storable(message.body)),
                *(_storable(message.envelope), "", "", 0),
            )
        )
    if rows:
        tx.insert_many("obs_raw_message", COLUMNS, rows)
    kept = Kept(len(rows), len(delivery.messages) - len(rows))
    tx.execute(COUNT, (delivery.source_id, delivery.tenant_id, kept.new, kept.duplicate, now_us))
    return kept


def settle(tx: Transaction, fates: Iterable[Fate]) -> None:
    """Write down what became of messages; alike ones in one statement."""
    groups: dict[tuple[int, str, int, str], list[int]] = {}
    for fate in fates:
        told = (int(fate.state), fate.codec[:80], fate.n_readings, _storable(fate.error)[:500])
        groups.setdefault(told, []).append(fate.message_id)
    for told, ids in groups.items():
        for start in range(0, len(ids), KEYS_PER_SELECT):
            part = ids[start : start + KEYS_PER_SELECT]
            tx.execute(
                "UPDATE obs_raw_message SET state=?, codec=?, n_readings=?, error=?"
                f" WHERE id IN ({_marks(part)})",
                (*told, *part),
            )


def _known(tx: Transaction, delivery: Delivery) -> dict[str, int]:
    keys = [message.message_key[:120] for message in delivery.messages]
    known: dict[str, int] = {}
    for start in range(0, len(keys), KEYS_PER_SELECT):
        part = keys[start : start + KEYS_PER_SELECT]
        known |= {
            str(key): int(at)
            for key, at in tx.select(
                "SELECT message_key, received_us FROM obs_raw_message"
                f" WHERE source_id=? AND message_key IN ({_marks(part)})",
                (delivery.source_id, *part),
            )
        }
    return known


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _storable(text: str) -> str:
    return text.replace("\x00", "")
