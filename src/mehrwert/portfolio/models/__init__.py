"""Tables of the room, subject by subject."""

from .adoptions import (
    AdoptionEvent,
    ChecklistItem,
    DeclaredAdoption,
)
from .projects import Gate, Project

__all__ = [
    "AdoptionEvent",
    "ChecklistItem",
    "DeclaredAdoption",
    "Gate",
    "Project",
]
