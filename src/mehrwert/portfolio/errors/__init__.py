"""Errors of the room, subject by subject; statuses follow from the parent class."""

from .projects import (
    GateBlockedError,
    GateOrderError,
    ProjectEndedError,
    ReasonMissingError,
    UnknownProjectError,
)

__all__ = [
    "GateBlockedError",
    "GateOrderError",
    "ProjectEndedError",
    "ReasonMissingError",
    "UnknownProjectError",
]
