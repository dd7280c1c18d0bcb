"""Everything that changes something in the room."""

from .projects import NewProject, create_project, plan_gates, update_project
from .stepping import advance_project

__all__ = ["NewProject", "advance_project", "create_project", "plan_gates", "update_project"]
