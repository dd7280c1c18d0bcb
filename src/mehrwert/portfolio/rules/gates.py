"""Gates P1…P5: which comes next, what state it leads to, what is missing before it.

Only the step to live (P4) is barred: all else starts as unknown and may stay so (decisions 42).
"""

from collections.abc import Collection
from dataclasses import dataclass

from mehrwert.base.marks import mark
from mehrwert.portfolio.choices import GATES, Financing, ProjectState

LIVE_GATE = "P4"
END_GATE = "P5"

# code → sentence; the door translates
MISSING: dict[str, str] = {
    "goal": mark("Das Ziel fehlt: Was soll besser werden?"),
    "baseline": mark(
        "Die Ausgangswerte fehlen: mindestens %(least)s Werte vor dem Start, oder ein Grund, warum"
        " es sie nicht gibt."
    ),
    "operator": mark("Es ist offen, wer das Vorhaben später betreibt."),
    "financing": mark("Es ist offen, wer den Betrieb auf Dauer bezahlt."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFacts:
    """What the step to live asks about.

    Attributes:
        goal: One sentence, empty if nobody said.
        operator: Who will run it, empty if unknown.
        financing: One of ``choices.Financing``.
        baseline_values: Number of frozen values from before the start.
        baseline_waiver: Reason why there are none, empty if none was given.
    """

    goal: str
    operator: str
    financing: str
    baseline_values: int = 0
    baseline_waiver: str = ""


def next_gate(passed: Collection[str]) -> str:
    """Return the first gate not passed, empty when all are."""
    return next((gate for gate in GATES if gate not in passed), "")


def state_after(gate: str) -> str:
    """Return the state a project is in once it passed a gate."""
    if gate == END_GATE:
        return ProjectState.ENDED.value
    return ProjectState.LIVE.value if gate == LIVE_GATE else ProjectState.RUNNING.value


def missing_for(gate: str, facts: GateFacts, *, least: int) -> list[str]:
    """Return codes of what is missing before a gate, in the order people answer them.

    Args:
        gate: P1…P5; only P4 asks for anything.
        facts: What is known.
        least: Baseline values needed.
    """
    if gate != LIVE_GATE:
        return []
    missing = []
    if not facts.goal.strip():
        missing.append("goal")
    if facts.baseline_values < least and not facts.baseline_waiver.strip():
        missing.append("baseline")
    if not facts.operator.strip():
        missing.append("operator")
    if facts.financing in {"", Financing.UNKNOWN}:
        missing.append("financing")
    return missing
