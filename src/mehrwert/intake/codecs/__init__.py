"""Vendor JavaScript behind a wall: a process of its own that has nothing but time and memory."""

from .examples import Example, Verdict, check_examples
from .library import LibraryCodec, list_library, read_library_codec
from .sandbox import CALL_MEMORY_MB, CALL_MS, Call, Outcome, Sandbox, Trouble
from .shared import shared_sandbox, stop_sandboxes, trial_sandbox

__all__ = [
    "CALL_MEMORY_MB",
    "CALL_MS",
    "Call",
    "Example",
    "LibraryCodec",
    "Outcome",
    "Sandbox",
    "Trouble",
    "Verdict",
    "check_examples",
    "list_library",
    "read_library_codec",
    "shared_sandbox",
    "stop_sandboxes",
    "trial_sandbox",
]
