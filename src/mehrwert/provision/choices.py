"""Words of the room: phases, stages, sources of an indicator; data, no behaviour."""

from enum import StrEnum

from mehrwert.base.marks import mark


class ProjectPhase(StrEnum):
    """Where one project stands, from data only (portfolio specification 7.1)."""

    ENDED = "X"
    REGULAR = "B"
    TRANSFER = "T"
    PILOT = "E"


PROJECT_PHASE_LABELS: dict[str, str] = {
    ProjectPhase.ENDED: mark("beendet mit Lernbericht"),
    ProjectPhase.REGULAR: mark("Regelbetrieb"),
    ProjectPhase.TRANSFER: mark("Übertragung"),
    ProjectPhase.PILOT: mark("Erprobung"),
}


class Stage(StrEnum):
    """The three things a municipality can be good at; they overlap."""

    PILOT = "E"
    TRANSFER = "T"
    REGULAR = "B"


STAGE_LABELS: dict[str, str] = {
    Stage.PILOT: mark("Erprobung"),
    Stage.TRANSFER: mark("Übertragung"),
    Stage.REGULAR: mark("Regelbetrieb"),
}


class Source(StrEnum):
    """Where the value of an indicator comes from."""

    DATA = "D"
    DOCUMENT = "U"
    SELF = "S"


SOURCE_LABELS: dict[str, str] = {
    Source.DATA: mark("aus Daten"),
    Source.DOCUMENT: mark("mit Beleg"),
    Source.SELF: mark("eigene Angabe"),
}


class MunicipalPhase(StrEnum):
    """The label beside the three scores; it never stands alone (PF-02)."""

    UNDECIDABLE = "undecidable"
    PILOT = "pilot"
    NEAR_TRANSFER = "near_transfer"
    TRANSFER = "transfer"
    NEAR_REGULAR = "near_regular"
    REGULAR = "regular"


MUNICIPAL_PHASE_LABELS: dict[str, str] = {
    MunicipalPhase.UNDECIDABLE: mark("nicht bestimmbar"),
    MunicipalPhase.PILOT: mark("Experimentierphase"),
    MunicipalPhase.NEAR_TRANSFER: mark("Schwelle zur Transferphase"),
    MunicipalPhase.TRANSFER: mark("Transferphase"),
    MunicipalPhase.NEAR_REGULAR: mark("Schwelle zur Etablierung"),
    MunicipalPhase.REGULAR: mark("Etablierungsphase"),
}
