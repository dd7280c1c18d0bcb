"""Everything that changes something: rules, alerts, messages about them, rounds that follow."""

from mehrwert.alerts.actions.answering import answer, write_note
from mehrwert.alerts.actions.maintained import finish_maintenance
from mehrwert.alerts.actions.maintaining import (
    MaintenanceChoice,
    delete_maintenance,
    look_at_maintenance,
    save_maintenance,
)
from mehrwert.alerts.actions.planning import (
    PlanChoice,
    create_plan,
    delete_plan,
    plan_choice_of,
    save_plan,
)
from mehrwert.alerts.actions.posting import Post, send_due
from mehrwert.alerts.actions.reaching import (
    Contact,
    RosterChoice,
    add_cover,
    create_webhook,
    delete_roster,
    delete_webhook,
    remove_cover,
    save_gateway,
    save_roster,
    test_webhook,
)
from mehrwert.alerts.actions.ruling import (
    RuleChoice,
    choice_of,
    create_rule,
    delete_rule,
    save_rule,
    switch_rule,
)
from mehrwert.alerts.actions.sending import escalate, try_ways
from mehrwert.alerts.actions.tasks import close_task, order_rounds, raise_task, tick
from mehrwert.alerts.actions.watching import look_at_clock, look_at_readings

__all__ = [
    "Contact",
    "MaintenanceChoice",
    "PlanChoice",
    "Post",
    "RosterChoice",
    "RuleChoice",
    "add_cover",
    "answer",
    "choice_of",
    "close_task",
    "create_plan",
    "create_rule",
    "create_webhook",
    "delete_maintenance",
    "delete_plan",
    "delete_roster",
    "delete_rule",
    "delete_webhook",
    "escalate",
    "finish_maintenance",
    "look_at_clock",
    "look_at_maintenance",
    "look_at_readings",
    "order_rounds",
    "plan_choice_of",
    "raise_task",
    "remove_cover",
    "save_gateway",
    "save_maintenance",
    "save_plan",
    "save_roster",
    "save_rule",
    "send_due",
    "switch_rule",
    "test_webhook",
    "tick",
    "try_ways",
    "write_note",
]
