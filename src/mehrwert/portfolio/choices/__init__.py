"""Words of the room, subject by subject; all as people read them."""

from .adoptions import (
    CHECKLIST,
    CHECKLIST_KEYS,
    ITEM_STATE_LABELS,
    OPERATING_MODEL_LABELS,
    ChecklistLine,
    ItemState,
    OperatingModel,
)
from .projects import (
    FINANCING_LABELS,
    GATE_LABELS,
    GATES,
    STATE_LABELS,
    Financing,
    ProjectState,
)

__all__ = [
    "CHECKLIST",
    "CHECKLIST_KEYS",
    "FINANCING_LABELS",
    "GATES",
    "GATE_LABELS",
    "ITEM_STATE_LABELS",
    "OPERATING_MODEL_LABELS",
    "STATE_LABELS",
    "ChecklistLine",
    "Financing",
    "ItemState",
    "OperatingModel",
    "ProjectState",
]
