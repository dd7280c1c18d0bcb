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
        state: ``IGNORED`` for messages that never hold readings, ``FAILED`` with an ``error`` for
            what the door cannot read.
        error: Code and text, as pages know them.
    """

    message_key: str
    device_key: str
    body: str
    envelope: str
    device_us: int | None = None
    window_us: int | None = None
    state: MessageState = MessageState.NEW
    error: str = ""


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
    return keep_all(tx, [delivery], now_us)[0]


def keep_all(tx: Transaction, deliveries: Sequence[Delivery], now_us: int) -> list[Kept]:
    """Do the same for several deliveries, with as few statements as for one."""
    known = _known(tx, deliveries)
    rows: list[Row] = []
    older: list[tuple[int, str, int]] = []
    answers = []
    for delivery in deliveries:
        new = 0
        for message in delivery.messages:
            place = (delivery.source_id, message.message_key[:120])
            before_us = known.get(place)
            if before_us is not None:
                if message.window_us is None or now_us - before_us <= message.window_us:
                    continue
                older.append((*place, before_us))
            known[place] = now_us
            rows.append(_row(delivery, message, now_us))
            new += 1
        answers.append(Kept(new, len(delivery.messages) - new))
    _give_way(tx, older)
    if rows:
        tx.insert_many("obs_raw_message", COLUMNS, rows)
    _count(tx, deliveries, answers, now_us)
    return answers


def _row(delivery: Delivery, message: NewMessage, now_us: int) -> Row:
    return (
        *(delivery.tenant_id, delivery.source_id, message.message_key[:120]),
        *(message.device_key[:80], now_us, message.device_us, int(message.state)),
        *(_storable(message.body), _storable(message.envelope), message.error, "", 0),
    )


def _give_way(tx: Transaction, older: Sequence[tuple[int, str, int]]) -> None:
    """Let the newest message of a key bear it: with that one the next is compared."""
    for source_id, key, before_us in older:
        tx.execute(
            "UPDATE obs_raw_message SET message_key=? WHERE source_id=? AND message_key=?",
            (f"{key[:100]}~{before_us}", source_id, key),
        )


def _count(
    tx: Transaction, deliveries: Sequence[Delivery], answers: Sequence[Kept], now_us: int
) -> None:
    """Add up what each source delivered; in order of the source, so that nobody waits in a ring."""
    sums: dict[tuple[int, int], list[int]] = {}
    for delivery, kept in zip(deliveries, answers, strict=True):
        one = sums.setdefault((delivery.source_id, delivery.tenant_id), [0, 0])
        one[0] += kept.new
        one[1] += kept.duplicate
    for place, counts in sorted(sums.items()):
        tx.execute(COUNT, (*place, *counts, now_us))


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


def _known(tx: Transaction, deliveries: Sequence[Delivery]) -> dict[tuple[int, str], int]:
    wanted: dict[int, dict[str, None]] = {}
    for delivery in deliveries:
        keys = wanted.setdefault(delivery.source_id, {})
        keys.update((message.message_key[:120], None) for message in delivery.messages)
    known: dict[tuple[int, str], int] = {}
    for source_id, unique in wanted.items():
        keys_of_source = list(unique)
        for start in range(0, len(keys_of_source), KEYS_PER_SELECT):
            part = keys_of_source[start : start + KEYS_PER_SELECT]
            for key, at in tx.select(
                "SELECT message_key, received_us FROM obs_raw_message"
                f" WHERE source_id=? AND message_key IN ({_marks(part)})",
                (source_id, *part),
            ):
                known[source_id, str(key)] = int(at)
    return known


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _storable(text: str) -> str:
    return text.replace("\x00", "")
