"""Everything that reads in the room. The scope of the municipality is open already."""

from mehrwert.portfolio.rules.gates import next_gate

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
    "GateLine",
    "count_states",
    "gate_facts",
    "list_gates",
    "list_projects",
    "missing_before",
    "missing_sentences",
    "next_gate",
]
