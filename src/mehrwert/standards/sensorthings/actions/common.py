"""One transaction for several changes."""

from collections.abc import Callable
from typing import Any, TypeVar

from mehrwert.observations import actions

Tx = Any
T = TypeVar("T")


async def in_transaction(work: Callable[[Tx], T]) -> T:
    """Run changes as one transaction: all or nothing."""
    result: T = await actions.atransact(work)
    return result
