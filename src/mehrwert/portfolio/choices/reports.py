"""Words of reports, lights, risks and decisions."""

from enum import StrEnum

from mehrwert.base.marks import mark


class Light(StrEnum):
    """One light. ``incomplete`` = green as far as known; it is not counted as green."""

    GREEN = "green"
    INCOMPLETE = "incomplete"
    YELLOW = "yellow"
    RED = "red"
    UNKNOWN = "unknown"
    LATE = "late"
    MISSING = "not_delivered"


LIGHT_LABELS: dict[str, str] = {
    Light.GREEN: mark("grün"),
    Light.INCOMPLETE: mark("grün, unvollständig"),
    Light.YELLOW: mark("gelb"),
    Light.RED: mark("rot"),
    Light.UNKNOWN: mark("unbekannt"),
    Light.LATE: mark("verspätet geliefert"),
    Light.MISSING: mark("nicht geliefert"),
}

STATED: tuple[str, ...] = (Light.GREEN, Light.YELLOW, Light.RED)
STATED_LABELS: dict[str, str] = {
    Light.GREEN: mark("grün: läuft nach Plan"),
    Light.YELLOW: mark("gelb: braucht Hilfe"),
    Light.RED: mark("rot: steht oder läuft aus dem Ruder"),
}

PART_LABELS: dict[str, str] = {
    "schedule": mark("Termin"),
    "cost": mark("Kosten"),
    "data": mark("Daten"),
    "risk": mark("Risiko"),
}


class ReportState(StrEnum):
    """What became of a report; a late delivery leaves ``missed_us`` where it was."""

    DRAFT = "draft"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"


class Deviation(StrEnum):
    """How the stated light stands to the computed one (PF-105)."""

    NONE = "none"
    BETTER = "better"
    WATERMELON = "watermelon"
    WORSE = "worse"


class RiskSize(StrEnum):
    """How large a risk is, as people judge it."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


RISK_SIZE_LABELS: dict[str, str] = {
    RiskSize.SMALL: mark("klein"),
    RiskSize.MEDIUM: mark("mittel"),
    RiskSize.LARGE: mark("groß"),
}
CHECK_LABELS: dict[str, str] = {
    "smaller": mark("Risiko kleiner"),
    "same": mark("Risiko gleich"),
    "larger": mark("Risiko größer"),
}
RHYTHM_LABELS: dict[int, str] = {
    1: mark("jeden Monat"),
    3: mark("alle drei Monate"),
    6: mark("alle sechs Monate"),
}
# what may be corrected in a delivered report
CORRECTABLE: dict[str, str] = {
    "stated": mark("gemeldete Ampel"),
    "sentence": mark("Satz zur Lage"),
    "actual_eur": mark("Kosten bisher"),
    "forecast_eur": mark("Kosten am Ende"),
}
