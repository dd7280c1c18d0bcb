"""Everything that changes something: rules, alerts and the messages about them."""

from mehrwert.alerts.actions.answering import answer, write_note
from mehrwert.alerts.actions.ruling import (
    RuleChoice,
    choice_of,
    create_rule,
    delete_rule,
    save_rule,
    switch_rule,
)
from mehrwert.alerts.actions.sending import escalate, send_due
from mehrwert.alerts.actions.watching import look_at_clock, look_at_readings

__all__ = [
    "RuleChoice",
    "answer",
    "choice_of",
    "create_rule",
    "delete_rule",
    "escalate",
    "look_at_clock",
    "look_at_readings",
    "save_rule",
    "send_due",
    "switch_rule",
    "write_note",
]
