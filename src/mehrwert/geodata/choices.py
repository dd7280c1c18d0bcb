"""Words of closures of streets, and of the calls about them."""

from enum import StrEnum

from mehrwert.base.marks import mark


class ClosureKind(StrEnum):
    """What is closed."""

    FULL = "full"
    HALF = "half"
    ONE_WAY = "one_way"
    FOOTWAY = "footway"
    PARKING = "parking"


KIND_LABELS: dict[str, str] = {
    ClosureKind.FULL: mark("voll gesperrt"),
    ClosureKind.HALF: mark("halbseitig gesperrt"),
    ClosureKind.ONE_WAY: mark("Einbahnstraße"),
    ClosureKind.FOOTWAY: mark("Gehweg gesperrt"),
    ClosureKind.PARKING: mark("Parken verboten"),
}
# how the sentence for callers goes on after the name of the street
KIND_SENTENCES: dict[str, str] = {
    ClosureKind.FULL: mark("ist voll gesperrt"),
    ClosureKind.HALF: mark("ist halbseitig gesperrt"),
    ClosureKind.ONE_WAY: mark("ist nur in einer Richtung befahrbar"),
    ClosureKind.FOOTWAY: mark("hat einen gesperrten Gehweg"),
    ClosureKind.PARKING: mark("hat ein Parkverbot"),
}


class Affected(StrEnum):
    """Whom a closure concerns most."""

    RESIDENTS = "residents"
    BUS = "bus"
    WASTE = "waste"
    RESCUE = "rescue"


AFFECTED_LABELS: dict[str, str] = {
    Affected.RESIDENTS: mark("Anlieger"),
    Affected.BUS: mark("Buslinien"),
    Affected.WASTE: mark("Müllabfuhr"),
    Affected.RESCUE: mark("Rettungswege"),
}


class ClosureState(StrEnum):
    """How far a closure is on a day."""

    PLANNED = "planned"
    ACTIVE = "active"
    UNCONFIRMED = "unconfirmed"
    ENDED = "ended"


STATE_LABELS: dict[str, str] = {
    ClosureState.ACTIVE: mark("gilt"),
    ClosureState.UNCONFIRMED: mark("Ende unbestätigt"),
    ClosureState.PLANNED: mark("geplant"),
    ClosureState.ENDED: mark("beendet"),
}
STATE_TAGS: dict[str, str] = {
    ClosureState.ACTIVE: "bad",
    ClosureState.UNCONFIRMED: "warn",
    ClosureState.PLANNED: "info",
    ClosureState.ENDED: "",
}


class CallKind(StrEnum):
    """How a call about closures ended."""

    ANSWERED = "answered"
    FORWARDED = "forwarded"


CALL_LABELS: dict[str, str] = {
    CallKind.ANSWERED: mark("Beantwortet"),
    CallKind.FORWARDED: mark("Weitergeleitet"),
}
