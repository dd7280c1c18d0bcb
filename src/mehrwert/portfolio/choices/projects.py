"""What a project is: its state, its five gates, how it is paid in the long run."""

from enum import StrEnum

from mehrwert.base.marks import mark


class ProjectState(StrEnum):
    """How far a project is (decisions 42)."""

    DRAFT = "draft"
    RUNNING = "running"
    LIVE = "live"
    ENDED = "ended"


STATE_LABELS: dict[str, str] = {
    ProjectState.DRAFT: mark("Entwurf"),
    ProjectState.RUNNING: mark("in Arbeit"),
    ProjectState.LIVE: mark("in Betrieb"),
    ProjectState.ENDED: mark("beendet"),
}

# the five gates in their order; P1 begins the work, P4 is the step to live, P5 the end
GATES: tuple[str, ...] = ("P1", "P2", "P3", "P4", "P5")
GATE_LABELS: dict[str, str] = {
    "P1": mark("Auftrag"),
    "P2": mark("Aufbau fertig"),
    "P3": mark("Erprobung ausgewertet"),
    "P4": mark("Betrieb aufgenommen"),
    "P5": mark("Abschluss"),
}


# what the room above that computes phases pushes: code → words, how many of three steps are made
PHASES: dict[str, tuple[str, int]] = {
    "E": (mark("Erprobung"), 1),
    "T": (mark("Übertragung"), 2),
    "B": (mark("Regelbetrieb"), 3),
}


class Financing(StrEnum):
    """Who pays when the start-up money is gone; unknown is a state of its own."""

    UNKNOWN = "unknown"
    BUDGET = "budget"
    LIMITED = "limited"
    FUNDED = "funded"
    JOINT = "joint"
    ENDS = "ends"


FINANCING_LABELS: dict[str, str] = {
    Financing.UNKNOWN: mark("noch nicht bekannt"),
    Financing.BUDGET: mark("dauerhaft im Haushalt"),
    Financing.LIMITED: mark("befristet im Haushalt"),
    Financing.FUNDED: mark("Förderung, danach Haushalt"),
    Financing.JOINT: mark("gemeinsam mit anderen Kommunen"),
    Financing.ENDS: mark("endet mit der Förderung"),
}


# for whom a benefit is (EVI-23)
BENEFIT_LABELS: dict[str, str] = {
    "direct_people": mark("Menschen in der Kommune unmittelbar"),
    "inside_administration": mark("die Verwaltung selbst"),
    "indirect_invisible": mark("mittelbar oder unsichtbar"),
}

# answers to a question that may still be open
YES_NO_LABELS: dict[str, str] = {
    "": mark("noch nicht bekannt"),
    "True": mark("ja"),
    "False": mark("nein"),
}
