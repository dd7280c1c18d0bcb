"""Who read series that are personal or critical: written down before the answer leaves."""

import time
from collections.abc import Collection
from threading import Lock

from mehrwert.observations.queries.protection import read_restricted
from mehrwert.observations.recording.ledger import put_audit
from mehrwert.observations.recording.types import WriteContext
from mehrwert.observations.stores.base import Transaction

from .transaction import run

WINDOW_S = 60.0
MOST_KEPT = 50_000
_noted: dict[tuple[int, str, int, str, int], float] = {}
_turn = Lock()


def note_reads(context: WriteContext, datastream_ids: Collection[int]) -> None:
    """Write down that somebody reads values of these series; others than restricted are free.

    One row per reader, door and series says that values were read in the minute that follows it:
    a page that asks every few seconds writes one row a minute.

    Raises:
        UnavailableError: It could not be written; nothing may be shown.
    """
    restricted = read_restricted(context.tenant_id)
    fresh = _not_noted(context, [i for i in sorted(set(datastream_ids)) if i in restricted])
    if not fresh:
        return

    def work(tx: Transaction, now: int) -> None:
        for datastream_id in fresh:
            change = (restricted[datastream_id], None, {"door": context.door})
            what = ("datastream", datastream_id)
            put_audit(tx, context, now, verb="read", what=what, change=change)

    run(None, work)
    _keep(context, fresh)


def _not_noted(context: WriteContext, ids: list[int]) -> list[int]:
    """Return the series for which no row of this minute stands."""
    oldest = time.monotonic() - WINDOW_S
    with _turn:
        return [i for i in ids if _noted.get(_key(context, i), oldest) <= oldest]


def _keep(context: WriteContext, ids: list[int]) -> None:
    now = time.monotonic()
    with _turn:
        if len(_noted) > MOST_KEPT:
            _noted.clear()
        _noted.update((_key(context, i), now) for i in ids)


def _key(context: WriteContext, datastream_id: int) -> tuple[int, str, int, str, int]:
    actor = context.actor
    return (context.tenant_id, actor.kind, actor.actor_id, context.door, datastream_id)
