"""The program of the worker process: runs codecs and can do nothing else.

Started by ``sandbox.py`` with an empty environment and three open files: requests come in on the
first, answers go out on the second. Before the first request it gives up the right to open any
other file or connection. It imports nothing of ours.

Request and answer are JSON behind their length (4 bytes, big endian). A request names a context
(never shared between municipalities), the script and the calls; each call is answered by one frame.
"""

import json
import resource
import signal
import struct
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO

import quickjs

LENGTH = struct.Struct(">I")
CALLS_PER_CONTEXT = 1000
CONTEXTS = 16
LONGEST_RESULT = 256 * 1024
# the kernel ends the worker when one call lasts so long, even if nobody is left to kill it
LAST_RESORT_S = 5.0
ADDRESS_SPACE = 768 * 1024 * 1024
PICK = (
    "(function(){const m=globalThis.module&&module.exports||{};return ["
    + ",".join(
        f"typeof {name}==='function'?{name}:typeof m.{name}==='function'?m.{name}:undefined"
        for name in ("decodeUplink", "normalizeUplink", "Decode", "Decoder")
    )
    + "]})()"
)
HAS_ANY = "(found)=>Boolean(found[0]||found[2]||found[3])"
SKIPPED = b'{"failed": "skipped"}'
TIME, MEMORY, THROWN, NO_FUNCTION, TOO_LONG = "time", "memory", "thrown", "no_function", "too_long"


class CodecError(Exception):
    """A call failed; ``kind`` is one of the words above."""

    def __init__(self, kind: str, text: str = "") -> None:
        super().__init__(text)
        self.kind, self.text = kind, text


class Contexts:
    """Warm contexts, the newest last."""

    def __init__(self, prelude: str, limits: dict[str, Any]) -> None:
        self._prelude, self._limits = prelude, limits
        self._warm: OrderedDict[str, list[Any]] = OrderedDict()

    def run(self, key: str, script: str, call: str) -> str:
        """Return the JSON text of one call.

        Raises:
            CodecError: It failed; its context is gone.
        """
        try:
            warm = self._warm.get(key) or self._make(key, script)
            answer = warm[0](call)
            if not isinstance(answer, str):
                raise CodecError(THROWN, "no result")
            if len(answer) > LONGEST_RESULT:
                raise CodecError(TOO_LONG)
        except quickjs.JSException as error:
            self._warm.pop(key, None)
            raise _explain(error) from None
        except CodecError:
            self._warm.pop(key, None)
            raise
        warm[1] += 1
        if warm[1] >= CALLS_PER_CONTEXT or answer.startswith('{"thrown":'):
            self._warm.pop(key, None)
        else:
            self._warm.move_to_end(key)
        return answer

    def _make(self, key: str, script: str) -> list[Any]:
        context = quickjs.Context()
        context.set_memory_limit(self._limits["memory"])
        context.set_time_limit(self._limits["seconds"])
        wrap = context.eval(self._prelude)
        context.eval(script)
        found = context.eval(PICK)
        if not context.eval(HAS_ANY)(found):
            raise CodecError(NO_FUNCTION)
        self._warm[key] = [wrap(found), 0, context]
        while len(self._warm) > CONTEXTS:
            self._warm.popitem(last=False)
        return self._warm[key]


def _explain(error: Exception) -> CodecError:
    text = str(error).strip()
    if text.startswith("InternalError: interrupted"):
        return CodecError(TIME)
    if text.startswith("InternalError: out of memory"):
        return CodecError(MEMORY)
    return CodecError(THROWN, text[:500])


def read_frame(source: BinaryIO) -> bytes | None:
    """Return the next frame, None at the end."""
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return source.read(LENGTH.unpack(head)[0])


def write_frame(sink: BinaryIO, frame: bytes) -> None:
    """Write one frame at once."""
    sink.write(LENGTH.pack(len(frame)) + frame)
    sink.flush()


def serve(source: BinaryIO, sink: BinaryIO, contexts: Contexts) -> None:
    """Answer requests until the other side goes away."""
    while (frame := read_frame(source)) is not None:
        request = json.loads(frame)
        patience = request["patience"]
        for call in request["calls"]:
            if patience == 0:
                write_frame(sink, SKIPPED)
                continue
            try:
                text = run_timed(contexts, request["context"], request["script"], json.dumps(call))
            except CodecError as error:
                text = json.dumps({"failed": error.kind, "text": error.text})
                if patience is not None and error.kind in {TIME, MEMORY}:
                    patience -= 1
            write_frame(sink, text.encode("utf-8", "replace"))


def run_timed(contexts: Contexts, key: str, script: str, call: str) -> str:
    """Run one call; the kernel ends the process if it lasts far too long.

    Raises:
        CodecError: It failed.
    """
    signal.setitimer(signal.ITIMER_REAL, LAST_RESORT_S)
    try:
        return contexts.run(key, script, call)
    except MemoryError:
        raise CodecError(MEMORY) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def give_up_rights() -> None:
    """Keep this process from opening files or connections, forking, or growing without end."""
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Begin: read the prelude while files may still be opened."""
    prelude = (Path(__file__).parent / "prelude.js").read_text(encoding="utf-8")
    limits = {"memory": int(sys.argv[1]), "seconds": float(sys.argv[2])}
    contexts = Contexts(prelude, limits)
    contexts.run("warm-up", "function Decoder(bytes){return {n:bytes.length}}", '{"bytes":[]}')
    give_up_rights()
    write_frame(sys.stdout.buffer, b"{}")
    serve(sys.stdin.buffer, sys.stdout.buffer, contexts)


if __name__ == "__main__":
    main()
