"""Rules of the room as plain functions on values."""

from .gates import MISSING, GateFacts, missing_for, next_gate, state_after

__all__ = ["MISSING", "GateFacts", "missing_for", "next_gate", "state_after"]
