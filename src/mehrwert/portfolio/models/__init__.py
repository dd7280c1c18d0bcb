"""Tables of the room, subject by subject."""

from .projects import Gate, Project

__all__ = ["Gate", "Project"]
