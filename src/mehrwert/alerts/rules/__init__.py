"""The rules of the room as plain functions on values."""

from mehrwert.alerts.rules.addressing import (
    address_of,
    channel_of,
    number_of,
    phone_number,
)
from mehrwert.alerts.rules.backtest import Backtest, Outcome, Spell, replay, replay_silence
from mehrwert.alerts.rules.expression import Columns, names_of, parse
from mehrwert.alerts.rules.machine import (
    Condition,
    Moment,
    State,
    advance,
    advance_clock,
    advance_combined,
    condition_of,
    lead_in_us,
)
from mehrwert.alerts.rules.outlook import Outlook, outlook, running_s, slope_per_h
from mehrwert.alerts.rules.quiet import due_at
from mehrwert.alerts.rules.roster import Rotation, StandIn, Watch, calendar, on_duty
from mehrwert.alerts.rules.route import Route, distance_m, order_round

__all__ = [
    "Backtest",
    "Columns",
    "Condition",
    "Moment",
    "Outcome",
    "Outlook",
    "Rotation",
    "Route",
    "Spell",
    "StandIn",
    "State",
    "Watch",
    "address_of",
    "advance",
    "advance_clock",
    "advance_combined",
    "calendar",
    "channel_of",
    "condition_of",
    "distance_m",
    "due_at",
    "lead_in_us",
    "names_of",
    "number_of",
    "on_duty",
    "order_round",
    "outlook",
    "parse",
    "phone_number",
    "replay",
    "replay_silence",
    "running_s",
    "slope_per_h",
]
