"""Everything that changes something in the room."""

from .adoptions import (
    AdoptionInput,
    EndInput,
    ItemInput,
    answer_item,
    confirm_adoption,
    confirm_documented,
    declare_adoption,
    declare_if_new,
    deny_documented,
    end_adoption,
)
from .projects import NewProject, create_project, plan_gates, update_project
from .stepping import advance_project

__all__ = [
    "AdoptionInput",
    "EndInput",
    "ItemInput",
    "NewProject",
    "advance_project",
    "answer_item",
    "confirm_adoption",
    "confirm_documented",
    "create_project",
    "declare_adoption",
    "declare_if_new",
    "deny_documented",
    "end_adoption",
    "plan_gates",
    "update_project",
]
