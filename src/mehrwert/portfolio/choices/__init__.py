"""Words of the room, subject by subject; all as people read them."""

from .projects import (
    FINANCING_LABELS,
    GATE_LABELS,
    GATES,
    STATE_LABELS,
    Financing,
    ProjectState,
)

__all__ = [
    "FINANCING_LABELS",
    "GATES",
    "GATE_LABELS",
    "STATE_LABELS",
    "Financing",
    "ProjectState",
]
