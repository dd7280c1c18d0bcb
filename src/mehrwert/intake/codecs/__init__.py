"""Vendor JavaScript behind a wall: a process of its own that has nothing but time and memory."""

from .examples import Example, Verdict, check_examples
from .library import LibraryCodec, list_library, read_library_codec
from .sandbox import STOPPED, Call, Outcome, Sandbox, Trouble
from .shared import shared_sandbox, stop_sandboxes, trial_sandbox

__all__ = [
    "STOPPED",
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
