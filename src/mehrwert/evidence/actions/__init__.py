"""Everything that changes something in the room."""

from .findings import (
    DecidedNote,
    add_decision,
    draft_finding,
    register_plan,
    release_finding,
    withdraw_finding,
)
from .mapping import map_key
from .summary import show_in_catalogue
from .synthesis import synthesise

__all__ = [
    "DecidedNote",
    "add_decision",
    "draft_finding",
    "map_key",
    "register_plan",
    "release_finding",
    "show_in_catalogue",
    "synthesise",
    "withdraw_finding",
]
