"""Forms of the room, subject by subject."""

from .projects import GateDaysForm, GateForm, ProjectForm, StartForm

__all__ = ["GateDaysForm", "GateForm", "ProjectForm", "StartForm"]
