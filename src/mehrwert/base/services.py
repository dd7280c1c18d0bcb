"""Services: what runs beside the doors in a process, started and stopped with it."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from django.conf import settings
from django.db import close_old_connections, connections

from mehrwert.base.wakeup import give_connections_back

log = logging.getLogger("mehrwert.services")
PAUSE_AFTER_ERROR_S = 1.0
# on SQLite a service opens its connection anew so often, not at every turn: opening costs more
# than what most turns ask; on PostgreSQL each turn gives it back to the pool, and so does who waits
KEEP_CONNECTION_S = 60.0
STOP_S = 4.0


class Service(Protocol):
    """Something that runs until it is stopped. ``stop`` returns within 5 seconds."""

    def start(self) -> None:
        """Begin to work; must not block."""

    def stop(self) -> None:
        """End: finish or hand back what is under way."""


class LoopService:
    """A thread that calls one function again and again; an error is logged and tried again."""

    def __init__(
        self, name: str, turn: Callable[[], float], *, ring: Callable[[], None] | None = None
    ) -> None:
        self._name = name
        self._turn = turn
        self._ring = ring
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_alive(self) -> bool:
        """Say whether the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start the thread."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end and wait for it."""
        self.ask_to_stop()
        self.join(STOP_S)

    def ask_to_stop(self) -> None:
        """Ask the thread to end after its present turn; returns at once."""
        self._stopping.set()
        if self._ring:
            self._ring()

    def join(self, timeout_s: float) -> None:
        """Wait for the thread, at most so long."""
        if self._thread is not None:
            self._thread.join(timeout=timeout_s)

    def _run(self) -> None:
        fresh_until = 0.0
        while not self._stopping.is_set():
            if not settings.ONE_DATABASE and time.monotonic() >= fresh_until:
                close_old_connections()
                fresh_until = time.monotonic() + KEEP_CONNECTION_S
            try:
                pause_s = self._turn()
            except Exception:  # noqa: BLE001 - a service outlives whatever one turn raises
                log.exception("service_failed", extra={"service": self._name})
                connections.close_all()
                pause_s = PAUSE_AFTER_ERROR_S
            give_connections_back()
            if pause_s:
                self._stopping.wait(pause_s)
        try:
            self._wind_up()
        except Exception:  # noqa: BLE001 - nobody is left to be told
            log.exception("service_failed", extra={"service": self._name})
        connections.close_all()

    def _wind_up(self) -> None:
        """Do what remains after the last turn, in the thread of the service, within 3 s."""
