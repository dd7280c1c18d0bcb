"""Raw messages: kept before anything is decoded, settled in the transaction of their readings."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from mehrwert.base.clock import now_us
from mehrwert.observations.choices import MessageState
from mehrwert.observations.errors import QueueFullError
from mehrwert.observations.recording.inbox import Delivery, Fate, Kept, keep, keep_all, settle
from mehrwert.observations.stores.base import Transaction

from .transaction import atransact, run, transact

MOST_WAITING = 5_000
RETRY_AFTER_S = 2
CLEARED_AT_ONCE = 5_000
RENAME = "UPDATE obs_raw_message SET state=0, device_key=?, envelope=? WHERE id=?"


def keep_messages(delivery: Delivery) -> Kept:
    """Keep what a request brought; returns after it is durable."""
    kept: Kept = run(None, lambda tx, now: keep(tx, delivery, now))
    return kept


@dataclass(slots=True)
class _Group:
    """Deliveries that wait for the commit of those before them; one per event loop."""

    waiting: list[tuple[Delivery, "asyncio.Future[Kept]"]] = field(default_factory=list)
    task: "asyncio.Task[None] | None" = None


_groups: dict[asyncio.AbstractEventLoop, _Group] = {}


async def akeep_messages(delivery: Delivery) -> Kept:
    """Keep what a request brought; what arrives during a commit goes into the next one together.

    Raises:
        QueueFullError: More wait than can be written; send again later.
        UnavailableError: The store failed; nothing of this delivery was kept.
    """
    loop = asyncio.get_running_loop()
    group = _groups.setdefault(loop, _Group())
    if len(group.waiting) >= MOST_WAITING:
        raise QueueFullError(retry_after_s=RETRY_AFTER_S)
    future: asyncio.Future[Kept] = loop.create_future()
    group.waiting.append((delivery, future))
    if group.task is None:
        group.task = loop.create_task(_drain(loop, group))
    return await future


async def _drain(loop: asyncio.AbstractEventLoop, group: _Group) -> None:
    while group.waiting:
        part, group.waiting = group.waiting, []
        await _keep_together(part)
    group.task = None
    _groups.pop(loop, None)


async def _keep_together(part: "list[tuple[Delivery, asyncio.Future[Kept]]]") -> None:
    """Keep deliveries in one transaction; if it fails each alone, so that a bad one fails alone."""
    try:
        answers = await atransact(_work([delivery for delivery, _ in part]))
    except Exception as error:  # noqa: BLE001 - every failure reaches who waits for it
        if len(part) == 1:
            if not part[0][1].done():
                part[0][1].set_exception(error)
            return
        for one in part:
            await _keep_together([one])
        return
    for (_, future), kept in zip(part, answers, strict=True):
        if not future.done():
            future.set_result(kept)


def _work(deliveries: Sequence[Delivery]) -> Callable[[Transaction], list[Kept]]:
    def work(tx: Transaction) -> list[Kept]:
        now = now_us()
        return keep_all(tx, deliveries, now)

    return work


def settle_messages(fates: Iterable[Fate], *, tx: Transaction | None = None) -> None:
    """Write down what became of messages, with ``tx`` in the transaction of their readings."""
    run(tx, lambda tx, now: settle(tx, fates))


def release_messages(
    tenant_id: int,
    device_key: str,
    states: Iterable[MessageState],
    *,
    tx: Transaction | None = None,
) -> int:
    """Let the messages of a device be decoded (again); return how many."""
    wanted = [int(state) for state in states]
    marks = ",".join("?" * len(wanted))
    sql = (
        "UPDATE obs_raw_message SET state=0 WHERE tenant_id=? AND device_key=?"
        f" AND state IN ({marks})"
    )
    return int(run(tx, lambda tx, now: tx.execute(sql, (tenant_id, device_key, *wanted))))


def rename_messages(changes: Iterable[tuple[int, str, Mapping[str, Any]]]) -> None:
    """Give messages (id, device, envelope) to other devices; they are decoded anew."""
    rows = [
        (device_key[:80], msgspec.json.encode(envelope).decode(), message_id)
        for message_id, device_key, envelope in changes
    ]

    def work(tx: Transaction) -> None:
        for row in rows:
            tx.execute(
                "UPDATE obs_raw_message SET state=0, device_key=?, envelope=? WHERE id=?", row
            )

    transact(work)


def clear_messages(source_id: int, before_us: int) -> int:
    """Delete the messages of a source that are older; return how many.

    Runs in steps, so that nobody waits long.
    """
    cleared = 0
    while True:
        n = transact(
            lambda tx: tx.execute(
                "DELETE FROM obs_raw_message WHERE id IN (SELECT id FROM obs_raw_message"
                " WHERE source_id=? AND received_us<? ORDER BY received_us LIMIT ?)",
                (source_id, before_us, CLEARED_AT_ONCE),
            )
        )
        cleared += n
        if n < CLEARED_AT_ONCE:
            return cleared
