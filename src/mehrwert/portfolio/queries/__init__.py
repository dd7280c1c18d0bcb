"""Everything that reads in the room. The scope of the municipality is open already."""

from mehrwert.portfolio.rules.gates import next_gate

from .adoptions import (
    ChecklistRow,
    list_adoptions,
    list_checklist,
    list_documented,
    list_due,
    list_events,
    read_checklist_line,
    read_declared,
    read_state_on,
)
from .projects import (
    GateLine,
    count_states,
    gate_facts,
    list_gates,
    list_projects,
    missing_before,
    missing_sentences,
)

__all__ = [
    "ChecklistRow",
    "GateLine",
    "count_states",
    "gate_facts",
    "list_adoptions",
    "list_checklist",
    "list_documented",
    "list_due",
    "list_events",
    "list_gates",
    "list_projects",
    "missing_before",
    "missing_sentences",
    "next_gate",
    "read_checklist_line",
    "read_declared",
    "read_state_on",
]
