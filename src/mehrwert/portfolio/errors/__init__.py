"""Errors of the room, subject by subject; statuses follow from the parent class."""

from .adoptions import (
    AdoptionEndedError,
    FutureDayError,
    SkipReasonError,
    UnknownAdoptionError,
    UnknownItemError,
)
from .projects import (
    GateBlockedError,
    GateOrderError,
    ProjectEndedError,
    ReasonMissingError,
    UnknownProjectError,
)

__all__ = [
    "AdoptionEndedError",
    "FutureDayError",
    "GateBlockedError",
    "GateOrderError",
    "ProjectEndedError",
    "ReasonMissingError",
    "SkipReasonError",
    "UnknownAdoptionError",
    "UnknownItemError",
    "UnknownProjectError",
]
