"""The link of each event loop of the process."""

import asyncio
from collections.abc import Callable

from psycopg import Connection

from mehrwert.observations.stores.base import Row

from .link import Link

Loop = asyncio.AbstractEventLoop


class Links:
    """Lends every event loop its link; one whose loop has ended goes to the next loop."""

    def __init__(self, connect: Callable[[], Connection[Row]]) -> None:
        self._connect = connect
        self._links: dict[Loop, Link] = {}
        self._opening: dict[Loop, asyncio.Task[Link]] = {}

    async def take(self) -> Link:
        """Return the link of the running loop.

        Raises:
            psycopg.OperationalError: The server does not answer.
        """
        loop = asyncio.get_running_loop()
        link = self._links.get(loop)
        if link is not None and not link.is_closed:
            return link
        task = self._opening.get(loop)
        if task is None:
            task = self._opening[loop] = loop.create_task(self._open(loop))
        # whoever came first may leave; the others still want it
        return await asyncio.shield(task)

    async def _open(self, loop: Loop) -> Link:
        try:
            link = self._left() or Link(await asyncio.to_thread(self._connect))
            link.join(loop)
            self._links[loop] = link
            return link
        finally:
            del self._opening[loop]

    def _left(self) -> Link | None:
        """Return the link of a loop that has ended; close what is of no use."""
        found: Link | None = None
        for loop in [loop for loop in list(self._links) if loop.is_closed()]:
            link = self._links.pop(loop, None)
            if link is None or link.is_closed:
                continue
            if found is None and link.is_idle:
                found = link
            else:
                link.close()
        return found

    def close(self) -> None:
        """Close all; the next question opens anew."""
        while self._links:
            loop, link = self._links.popitem()
            if loop.is_running():
                loop.call_soon_threadsafe(link.close)
            else:
                link.close()
