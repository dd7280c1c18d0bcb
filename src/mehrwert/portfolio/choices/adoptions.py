"""Words of adoptions and of what costs: operating models, checklist, positions, sources."""

from dataclasses import dataclass
from enum import StrEnum

from mehrwert.base.marks import mark
from mehrwert.catalogue.choices import OPERATING_MODEL_LABELS as OPERATING_MODEL_LABELS
from mehrwert.catalogue.choices import OperatingModel as OperatingModel


class ItemState(StrEnum):
    """How far one line of the checklist is; skipping needs a reason."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


ITEM_STATE_LABELS: dict[str, str] = {
    ItemState.OPEN: mark("offen"),
    ItemState.DONE: mark("erledigt"),
    ItemState.SKIPPED: mark("entfällt"),
}


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One line of the checklist of an adoption.

    Args:
        key: Stable.
        gate: Gate of the project before which it is due.
        label: Its name.
        help: What counts as proof.
        is_gate: Whether it is the gate itself; then a linked project answers it.
    """

    key: str
    gate: str
    label: str
    help: str
    is_gate: bool = False


CHECKLIST: tuple[ChecklistLine, ...] = (
    ChecklistLine(
        "mandate", "P1", mark("Auftrag"), mark("Beschluss oder Verfügung mit Datum und Zeichen.")
    ),
    ChecklistLine(
        "gate_p1", "P1", mark("P1: Auftrag erteilt"), mark("Datum des Auftrags."), is_gate=True
    ),
    ChecklistLine(
        "data_protection",
        "P2",
        mark("Datenschutz"),
        mark("Eintrag im Verzeichnis, bei Bedarf Folgenabschätzung."),
    ),
    ChecklistLine(
        "works_council",
        "P2",
        mark("Personalrat"),
        mark("Beteiligung oder die Feststellung, dass keine nötig ist."),
    ),
    ChecklistLine(
        "service_instruction",
        "P2",
        mark("Dienstanweisung"),
        mark("Wer tut was, wenn etwas gemeldet wird?"),
    ),
    ChecklistLine(
        "gate_p2", "P2", mark("P2: Aufbau fertig"), mark("Abnahme mit Datum."), is_gate=True
    ),
    ChecklistLine("training", "P3", mark("Schulung"), mark("Wer wurde wann geschult?")),
    ChecklistLine(
        "communication",
        "P3",
        mark("Information nach innen und außen"),
        mark("Seite, Aushang oder Presse mit Datum."),
    ),
    ChecklistLine(
        "gate_p3",
        "P3",
        mark("P3: Erprobung ausgewertet"),
        mark("Kurzer Bericht, auch wenn es nicht gelang."),
        is_gate=True,
    ),
    ChecklistLine(
        "handover",
        "P4",
        mark("Übergabe in den Betrieb"),
        mark("Wer betreibt, wer vertritt, wer zahlt?"),
    ),
    ChecklistLine(
        "evaluation_date",
        "P4",
        mark("Termin der Bewertung"),
        mark("Tag, an dem Wirkung und Kosten geprüft werden."),
    ),
    ChecklistLine(
        "gate_p4", "P4", mark("P4: Betrieb aufgenommen"), mark("Erster Tag."), is_gate=True
    ),
    ChecklistLine(
        "exit",
        "P5",
        mark("Ausstieg geregelt"),
        mark("Kündigung, Ausgabe der Daten, Kosten des Endes."),
    ),
    ChecklistLine(
        "gate_p5", "P5", mark("P5: Abschluss"), mark("Bericht und Weitergabe."), is_gate=True
    ),
)
CHECKLIST_KEYS = frozenset(line.key for line in CHECKLIST)
