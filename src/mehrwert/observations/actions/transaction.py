"""Running several changes as one transaction on the writer's thread."""

from collections.abc import Callable
from typing import Any, TypeVar

from mehrwert.base.clock import now_us
from mehrwert.observations.stores.base import Transaction
from mehrwert.observations.writer import Request, get_writer

T = TypeVar("T")
WAIT_S = 30.0
ANSWER_S = 600.0


def transact(work: Callable[[Transaction], T]) -> T:
    """Run ``work`` as one transaction and return its result after the commit.

    Inside, pass its argument on: ``create_thing(context, tx=tx, name=…)``. An exception undoes
    everything and is raised here. ``work`` may be called only once; it must not wait for anything.
    """
    request = Request(rows=1, work=lambda tx, now: work(tx))
    result: T = get_writer().submit(request, wait_s=WAIT_S).result(ANSWER_S)
    return result


async def atransact(work: Callable[[Transaction], T]) -> T:
    """Do the same from an event loop."""
    request = Request(rows=1, work=lambda tx, now: work(tx))
    result: T = await get_writer().submit_async(request)
    return result


def run(tx: Transaction | None, work: Callable[[Transaction, int], Any]) -> Any:
    """Run ``work`` in the open transaction, or in one of its own."""
    if tx is not None:
        return work(tx, now_us())
    return get_writer().submit(Request(rows=1, work=work), wait_s=WAIT_S).result(ANSWER_S)
