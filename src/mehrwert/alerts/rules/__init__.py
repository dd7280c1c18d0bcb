"""The rules of the room as plain functions on values."""

from mehrwert.alerts.rules.backtest import Backtest, Outcome, Spell, replay, replay_silence
from mehrwert.alerts.rules.expression import Columns, names_of, parse
from mehrwert.alerts.rules.machine import (
    Condition,
    Moment,
    State,
    advance,
    advance_clock,
    advance_combined,
    lead_in_us,
)
from mehrwert.alerts.rules.quiet import due_at

__all__ = [
    "Backtest",
    "Columns",
    "Condition",
    "Moment",
    "Outcome",
    "Spell",
    "State",
    "advance",
    "advance_clock",
    "advance_combined",
    "due_at",
    "lead_in_us",
    "names_of",
    "parse",
    "replay",
    "replay_silence",
]
