"""Forms of the room, subject by subject."""

from .adoptions import (
    AdoptionForm,
    EndForm,
    ItemForm,
)
from .projects import GateDaysForm, GateForm, ProjectForm, StartForm

__all__ = [
    "AdoptionForm",
    "EndForm",
    "GateDaysForm",
    "GateForm",
    "ItemForm",
    "ProjectForm",
    "StartForm",
]
