"""The thread that owns the one connection that writes."""

import asyncio
import logging
import sys
import threading
import time
from collections import deque
from concurrent.futures import Future
from typing import Any

from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.observations.errors import QueueFullError, StoreFailedError, WriterStoppedError
from mehrwert.observations.recording import features
from mehrwert.observations.stores.base import Store, Writer

from .requests import Request, resolve, write_batches

log = logging.getLogger(__name__)

GROUP_ROWS = 10_000
QUEUE_ROWS = 400_000
QUEUE_REQUESTS = 20_000
RETRY_AFTER_S = 2
# with so many requests under way a group waits so long for half of them: one commit for twenty
# costs little more than one for ten, and nobody waits longer than for a second commit. Not for
# all: while one half is written, the event loop answers the other and takes in what comes next
GATHER_FROM = 8
GATHER_S = 0.003
CHECKPOINT_EVERY_S = 0.5
SWITCH_INTERVAL_S = 0.0005
COLLISIONS = 3


class ObservationWriter:
    """Writer of one store. Start it by writing; stop it before the process ends."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._queue: deque[Request] = deque()
        self._rows = 0
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._checkpointer: threading.Thread | None = None
        self._stopping = False
        self._checkpoint_wanted = threading.Event()
        self._checkpoint_done = threading.Event()
        self._connection: Writer | None = None
        self._expected = 0
        self.groups = 0
        self.requests = 0

    def open(self) -> None:
        """Connect now instead of at the first request.

        Raises:
            StoreLockedError: Another process writes this store.
        """
        self.submit(Request(rows=0, work=lambda tx, now: None), wait_s=0).result(30)

    def submit(self, request: Request, wait_s: float = 0.0) -> "Future[Any]":
        """Queue a request of a thread.

        Raises:
            QueueFullError: No room for ``wait_s`` seconds.
            WriterStoppedError: The service is shutting down.
        """
        future: Future[Any] = Future()
        request.future = future
        with self._wake:
            if not self._wake.wait_for(lambda: self._has_room(request), timeout=wait_s):
                raise QueueFullError(retry_after_s=RETRY_AFTER_S)
            self._put(request)
        return future

    def submit_async(self, request: Request) -> "asyncio.Future[Any]":
        """Queue a request of an event loop; never waits.

        Raises:
            QueueFullError: The queue is full.
            WriterStoppedError: The service is shutting down.
        """
        request.loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = request.loop.create_future()
        request.future = future
        with self._wake:
            if not self._has_room(request):
                raise QueueFullError(retry_after_s=RETRY_AFTER_S)
            self._put(request)
        return future

    def waiting_rows(self) -> int:
        """Return how many rows wait; for metrics."""
        return self._rows

    def stop(self, timeout_s: float = 5.0) -> None:
        """Write what is queued, then close connection and lock."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        self._checkpoint_wanted.set()
        for thread in (self._thread, self._checkpointer):
            if thread is not None and thread is not threading.current_thread():
                thread.join(timeout_s)

    def _has_room(self, request: Request) -> bool:
        if self._stopping:
            raise WriterStoppedError(retry_after_s=RETRY_AFTER_S)
        if not self._queue:
            return True
        return len(self._queue) < QUEUE_REQUESTS and self._rows + request.rows <= QUEUE_ROWS

    def _put(self, request: Request) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._start()
        self._queue.append(request)
        self._rows += request.rows
        if len(self._queue) == (self._expected or 1) or request.work is not None:
            self._wake.notify_all()

    def _start(self) -> None:
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_INTERVAL_S))
        self._thread = threading.Thread(target=self._run, name="observation-writer", daemon=True)
        self._thread.start()
        self._checkpointer = threading.Thread(
            target=self._run_checkpoints, name="observation-checkpoint", daemon=True
        )
        self._checkpointer.start()

    def _run(self) -> None:
        while True:
            group = self._next_group()
            if group is None:
                break
            self._write_group(group)
            if self._connection is not None and self.store.needs_pause():
                self._pause()
        self._disconnect()

    def _next_group(self) -> list[Request] | None:
        """Wait for requests and take a group: work alone, rows together up to ``GROUP_ROWS``."""
        with self._wake:
            self._gather()
            while not self._queue:
                if self._stopping:
                    return None
                self._wake.wait(1.0)
            group = [self._queue.popleft()]
            rows = group[0].rows
            if group[0].work is None:
                while (
                    self._queue
                    and self._queue[0].work is None
                    and rows + self._queue[0].rows <= GROUP_ROWS
                ):
                    rows += self._queue[0].rows
                    group.append(self._queue.popleft())
            self._rows -= rows
            self._wake.notify_all()
            return group

    def _gather(self) -> None:
        """Wait a moment for those who were here a moment ago: they are on their way back.

        The first of them does not wake this thread: it would only look and sleep again, and the
        event loop, which takes in the others, would stand still for as long.
        """
        if self._expected:
            self._wake.wait_for(self._is_gathered, timeout=GATHER_S)
            self._expected = 0

    def _is_gathered(self) -> bool:
        if self._queue and self._queue[0].work is not None:
            return True
        return len(self._queue) >= self._expected or self._stopping

    def _write_group(self, group: list[Request]) -> None:
        try:
            results = self._commit_patiently(group)
        except Exception as error:  # noqa: BLE001 every failure must reach its caller
            if len(group) > 1 and not self._is_lost(error):
                for request in group:
                    self._write_group([request])
                return
            mine = self._explain(error)
            if mine is not error:
                log.warning("writing failed: %s", error)
            resolve([(request, None, mine) for request in group])
        else:
            resolve(
                [(request, result, None) for request, result in zip(group, results, strict=True)]
            )

    def _commit_patiently(self, group: list[Request]) -> list[Any]:
        """Write the group; again if it met the writer of another process."""
        for _ in range(COLLISIONS):
            try:
                return self._commit(group)
            except Exception as error:
                if group[0].work is not None or not self.store.is_collision(error):
                    raise
        return self._commit(group)

    def _commit(self, group: list[Request]) -> list[Any]:
        """Write the group as one transaction and return its results after the commit."""
        connection = self._begun(alone=group[0].work is not None)
        try:
            now = now_us()
            results = (
                [group[0].work(connection, now)]
                if group[0].work is not None
                else write_batches(connection, group, now)
            )
            connection.commit()
        except Exception as error:
            connection.rollback()
            features.forget()
            if self._is_lost(error):
                self._disconnect()
            raise
        self.groups += 1
        self.requests += len(group)
        here = len(group) + len(self._queue)
        self._expected = here // 2 if here >= GATHER_FROM else 0
        return results

    def _begun(self, *, alone: bool) -> Writer:
        """Open a transaction; connect anew if the connection was lost while nobody wrote."""
        connection = self._connected()
        try:
            connection.begin(alone)
        except Exception as error:
            connection.rollback()
            if not self._is_lost(error):
                raise
            self._disconnect()
            connection = self._connected()
            connection.begin(alone)
        return connection

    def _connected(self) -> Writer:
        if self._connection is None:
            self._connection = self.store.open_writer()
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _is_lost(self, error: BaseException) -> bool:
        return isinstance(error, Exception) and self.store.is_connection_lost(error)

    def _explain(self, error: Exception) -> Exception:
        if isinstance(error, MehrwertError):
            return error
        mine = self.store.translate(error)
        if mine is None:
            log.exception("a write failed for a reason of ours", exc_info=error)
            mine = StoreFailedError(retry_after_s=RETRY_AFTER_S)
        elif isinstance(mine, StoreFailedError):
            log.error("the store refused a write", exc_info=error)
        mine.__cause__ = error
        return mine

    def _pause(self) -> None:
        """Let the log be emptied while nobody writes."""
        self._checkpoint_done.clear()
        self._checkpoint_wanted.set()
        self._checkpoint_done.wait(30)

    def _run_checkpoints(self) -> None:
        while not self._stopping:
            self._checkpoint_wanted.wait(CHECKPOINT_EVERY_S)
            self._checkpoint_wanted.clear()
            started = time.monotonic()
            try:
                self.store.checkpoint()
            except Exception:  # noqa: BLE001 housekeeping must not end; the next round tries again
                log.exception("checkpoint failed")
            finally:
                self._checkpoint_done.set()
            if time.monotonic() - started > 1:
                log.info("checkpoint took %.1f s", time.monotonic() - started)
