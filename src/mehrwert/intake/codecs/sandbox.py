"""Our side of the wall: starts the worker, sends it calls, kills it when it falls silent."""

import hashlib
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

CALL_MS = 100
CALL_MEMORY_MB = 16
SILENT_S = 1.0
START_S = 10.0
LENGTH = struct.Struct(">I")
WORKER = Path(__file__).with_name("worker.py")
CALLS_PER_REQUEST = 500


class Trouble(StrEnum):
    """Why a call has no result. ``SKIPPED``: too many calls before it had to be stopped."""

    THROWN = "thrown"
    TIME = "time"
    MEMORY = "memory"
    TOO_LONG = "too_long"
    NO_FUNCTION = "no_function"
    KILLED = "killed"
    SKIPPED = "skipped"
    NO_DATA = "no_data"


# a call that had to be stopped by force
STOPPED = frozenset({Trouble.TIME, Trouble.MEMORY, Trouble.KILLED})


@dataclass(frozen=True, slots=True)
class Call:
    """One uplink: ``payload`` as bytes, ``recv_ms`` milliseconds since 1970."""

    payload: bytes
    f_port: int = 1
    recv_ms: int = 0
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a codec made of one uplink.

    ``data`` is what it returned, ``normalized`` what ``normalizeUplink`` made of that.
    ``trouble`` is None when the codec ran to its end, also when it reported ``errors`` itself;
    ``text`` then says more (the message of an exception).
    """

    data: Any = None
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    normalized: Any = None
    trouble: Trouble | None = None
    text: str = ""

    @property
    def is_good(self) -> bool:
        """Say whether there is data that may become readings."""
        return self.trouble is None and not self.errors


class WorkerGoneError(Exception):
    """The worker was silent for too long or ended; it is gone."""


class Sandbox:
    """One worker process, started when it is needed. Safe to be shared by threads.

    Args:
        silent_s: A worker that does not answer one call for so long is killed.
    """

    def __init__(self, silent_s: float = SILENT_S) -> None:
        self._silent_s = silent_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()
        self.kills = 0

    @property
    def pid(self) -> int:
        """Return the process id of the worker, 0 when none runs."""
        return self._process.pid if self._process else 0

    def decode(
        self, context: str, script: str, calls: Sequence[Call], *, patience: int | None = None
    ) -> list[Outcome]:
        """Run a codec on uplinks, in their order.

        Args:
            context: Names municipality and version of the codec; state that a script keeps stays
                within one context.
            script: The JavaScript.
            calls: The uplinks.
            patience: After so many calls that had to be stopped the rest is ``SKIPPED``.

        Returns:
            One outcome per call. A call that silences the worker is ``KILLED``; the calls after
            it run in a new worker.
        """
        key = f"{context}#{hashlib.sha256(script.encode()).hexdigest()[:16]}"
        outcomes: list[Outcome] = []
        with self._lock:
            while len(outcomes) < len(calls):
                left = None if patience is None else patience - count_stopped(outcomes)
                if left is not None and left <= 0:
                    rest = len(calls) - len(outcomes)
                    return [*outcomes, *[Outcome(trouble=Trouble.SKIPPED)] * rest]
                part = calls[len(outcomes) : len(outcomes) + CALLS_PER_REQUEST]
                request = {"context": key, "script": script, "patience": left}
                try:
                    outcomes.extend(self._ask(request, part, outcomes))
                except WorkerGoneError:
                    outcomes.append(Outcome(trouble=Trouble.KILLED))
        return outcomes

    def stop(self) -> None:
        """End the worker; the next call starts a new one."""
        with self._lock:
            self._kill()

    def _ask(
        self, request: dict[str, Any], calls: Sequence[Call], done: list[Outcome]
    ) -> list[Outcome]:
        """Send one request; what was answered before the worker went is appended to ``done``."""
        process = self._running()
        self._send(process, json.dumps({**request, "calls": [_to_json(c) for c in calls]}).encode())
        answers: list[Outcome] = []
        try:
            for frame in self._frames(process, len(calls), self._silent_s):
                answers.append(_to_outcome(frame))  # noqa: PERF401 - kept when a later one fails
        except WorkerGoneError:
            done.extend(answers)
            self.kills += 1
            self._kill()
            raise
        return answers

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._kill()
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no input in its line
                [sys.executable, "-I", str(WORKER), str(CALL_MEMORY_MB << 20), str(CALL_MS / 1000)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                bufsize=0,
            )
            if self._process.stdin is not None:
                os.set_blocking(self._process.stdin.fileno(), False)
            self._buffer.clear()
            next(self._frames(self._process, 1, START_S))
        return self._process

    def _send(self, process: "subprocess.Popen[bytes]", request: bytes) -> None:
        """Write a request. A worker that never reads is noticed when the answers are awaited."""
        if process.stdin is None:
            raise WorkerGoneError
        view = memoryview(LENGTH.pack(len(request)) + request)
        deadline = time.monotonic() + START_S
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdin, selectors.EVENT_WRITE)
            while view and time.monotonic() < deadline:
                if not selector.select(deadline - time.monotonic()):
                    break
                try:
                    view = view[os.write(process.stdin.fileno(), view) :]
                except OSError:
                    break

    def _frames(
        self, process: "subprocess.Popen[bytes]", n: int, patience_s: float
    ) -> Iterator[bytes]:
        """Yield ``n`` answers.

        Raises:
            WorkerGoneError: The next one did not come in time.
        """
        if process.stdout is None:
            raise WorkerGoneError
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            for _ in range(n):
                deadline = time.monotonic() + patience_s
                while (frame := self._take_frame()) is None:
                    if not selector.select(max(0.0, deadline - time.monotonic())):
                        raise WorkerGoneError
                    chunk = os.read(process.stdout.fileno(), 1 << 16)
                    if not chunk:
                        raise WorkerGoneError
                    self._buffer += chunk
                yield frame

    def _take_frame(self) -> bytes | None:
        held = self._buffer
        if len(held) < LENGTH.size:
            return None
        end = LENGTH.size + LENGTH.unpack_from(held)[0]
        if len(held) < end:
            return None
        frame = bytes(held[LENGTH.size : end])
        del held[:end]
        return frame

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _to_json(call: Call) -> dict[str, Any]:
    return {
        "bytes": list(call.payload),
        "fPort": call.f_port,
        "recvTime": call.recv_ms,
        "variables": call.variables,
    }


def count_stopped(outcomes: Sequence[Outcome]) -> int:
    """Return how many calls had to be stopped by force."""
    return sum(outcome.trouble in STOPPED for outcome in outcomes)


class _Answer(msgspec.Struct):
    """What comes back; a codec may have bent it, so its shape is checked."""

    failed: Trouble | None = None
    text: str = ""
    thrown: str | None = None
    data: Any = None
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    normalized: Any = None


_decoder = msgspec.json.Decoder(_Answer)


def _to_outcome(frame: bytes) -> Outcome:
    try:
        answer = _decoder.decode(frame)
    except (msgspec.DecodeError, RecursionError):
        return Outcome(trouble=Trouble.NO_DATA)
    if answer.failed is not None:
        return Outcome(trouble=answer.failed, text=answer.text)
    if answer.thrown is not None:
        is_memory = answer.thrown.startswith("InternalError: out of memory")
        return Outcome(trouble=Trouble.MEMORY if is_memory else Trouble.THROWN, text=answer.thrown)
    if not isinstance(answer.data, dict) and not answer.errors:
        return Outcome(trouble=Trouble.NO_DATA)
    return Outcome(answer.data, answer.warnings, answer.errors, answer.normalized)
