"""Everything that changes something in the room."""

from .pulls import (
    Credentials,
    PullForm,
    change_pull,
    create_pull,
    end_pull,
    pause_pull,
    pull_now,
    trust_host_key,
)
from .running import run_due, run_pull

__all__ = [
    "Credentials",
    "PullForm",
    "change_pull",
    "create_pull",
    "end_pull",
    "pause_pull",
    "pull_now",
    "run_due",
    "run_pull",
    "trust_host_key",
]
