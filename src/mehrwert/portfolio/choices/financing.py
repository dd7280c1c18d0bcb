"""Words of duties and of the levels of the state."""

from enum import StrEnum

from mehrwert.base.marks import mark


class DutyKind(StrEnum):
    """How far a municipality is free to do a task (PF-155)."""

    VOLUNTARY = "voluntary"
    OBLIGATORY = "obligatory"
    INSTRUCTION = "instruction"


DUTY_KIND_LABELS: dict[str, str] = {
    DutyKind.OBLIGATORY: mark("Pflichtaufgabe der Selbstverwaltung"),
    DutyKind.INSTRUCTION: mark("Aufgabe nach Weisung"),
    DutyKind.VOLUNTARY: mark("freiwillige Aufgabe"),
}

LEVEL_LABELS: dict[str, str] = {
    "municipality": mark("Kommune"),
    "neighbours": mark("Nachbarn"),
    "land": mark("Land"),
    "federal": mark("Bund"),
}
