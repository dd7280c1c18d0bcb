"""The phase model as plain functions on values: no database, no clock."""

from mehrwert.provision.rules.differences import Assessed, Cause, Difference, differences
from mehrwert.provision.rules.indicators import (
    ADOPTION,
    BY_KEY,
    INDICATORS,
    Measure,
    PhaseIndicator,
    applicable,
    graded,
)
from mehrwert.provision.rules.observing import (
    ProjectRow,
    Reading,
    TownFacts,
    months_between,
    read_portfolio,
    skips_piloting,
)
from mehrwert.provision.rules.project_phase import (
    Condition,
    PhaseOfProject,
    ProjectFacts,
    project_phase,
)
from mehrwert.provision.rules.ruleset import PHASE_RULES, PhaseRules
from mehrwert.provision.rules.scores import (
    Observed,
    Score,
    is_gate_met,
    municipal_phase,
    stage_score,
    weight_of,
)
from mehrwert.provision.rules.tensions import (
    TENSIONS,
    Pole,
    Tension,
    TensionShown,
    Trend,
    show_tensions,
    trend,
)

__all__ = [
    "ADOPTION",
    "BY_KEY",
    "INDICATORS",
    "PHASE_RULES",
    "TENSIONS",
    "Assessed",
    "Cause",
    "Condition",
    "Difference",
    "Measure",
    "Observed",
    "PhaseIndicator",
    "PhaseOfProject",
    "PhaseRules",
    "Pole",
    "ProjectFacts",
    "ProjectRow",
    "Reading",
    "Score",
    "Tension",
    "TensionShown",
    "TownFacts",
    "Trend",
    "applicable",
    "differences",
    "graded",
    "is_gate_met",
    "months_between",
    "municipal_phase",
    "project_phase",
    "read_portfolio",
    "show_tensions",
    "skips_piloting",
    "stage_score",
    "trend",
    "weight_of",
]
