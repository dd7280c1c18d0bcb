"""The rules of the room as plain functions on values."""

from mehrwert.alerts.rules.backtest import Backtest, Outcome, Spell, replay, replay_silence
from mehrwert.alerts.rules.machine import (
    Condition,
    Moment,
    State,
    advance,
    advance_clock,
    lead_in_us,
)
from mehrwert.alerts.rules.quiet import due_at

__all__ = [
    "Backtest",
    "Condition",
    "Moment",
    "Outcome",
    "Spell",
    "State",
    "advance",
    "advance_clock",
    "due_at",
    "lead_in_us",
    "replay",
    "replay_silence",
]
