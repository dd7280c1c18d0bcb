"""Words of the logic model: from what is done to what comes of it (EVI-22)."""

from enum import StrEnum

from mehrwert.base.marks import mark


class StepKind(StrEnum):
    """Where a step stands, in the order of the chain."""

    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


STEP_LABELS: dict[str, str] = {
    StepKind.ACTIVITY: mark("Maßnahme: was wir tun"),
    StepKind.OUTPUT: mark("Leistung: was dadurch da ist"),
    StepKind.OUTCOME: mark("Wirkung: was sich für andere ändert"),
    StepKind.IMPACT: mark("Folge: was daraus auf Dauer wird"),
}
HIGHEST_CLASS = 4
CLASS_LABELS: dict[str, str] = {
    "0": mark("0, nicht belegt"),
    "1": mark("1, erste Beobachtungen"),
    "2": mark("2, Hinweise"),
    "3": mark("3, belegt"),
    "4": mark("4, gut belegt"),
}
# what the rules find missing → sentence
GAP_SENTENCES: dict[str, str] = {
    "no_outcome": mark("Es steht keine Wirkung da: Was ändert sich für andere?"),
    "no_way": mark("Von keiner Maßnahme führt ein Weg zu einer Wirkung."),
    "loose": mark("%(n)s Schritte sind mit nichts verbunden."),
    "unmeasured": mark("Keine der Wirkungen hat eine Kennzahl; so lässt sie sich nicht prüfen."),
}
