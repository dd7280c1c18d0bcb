"""Words of indicators."""

from enum import StrEnum

from mehrwert.base.marks import mark


class IndicatorType(StrEnum):
    """Where in the chain from effort to effect an indicator stands (EVI-21)."""

    INPUT = "input"
    PROCESS = "process"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


TYPE_LABELS: dict[str, str] = {
    IndicatorType.INPUT: mark("Einsatz: was wir hineinstecken"),
    IndicatorType.PROCESS: mark("Ablauf: wie wir arbeiten"),
    IndicatorType.OUTPUT: mark("Leistung: was wir bereitstellen"),
    IndicatorType.OUTCOME: mark("Wirkung: was sich für andere ändert"),
    IndicatorType.IMPACT: mark("Folge: was daraus auf Dauer wird"),
}
DIRECTION_LABELS: dict[str, str] = {"down": mark("weniger"), "up": mark("mehr")}
PERIOD_LABELS: dict[str, str] = {
    "month": mark("je Monat"),
    "year": mark("je Jahr"),
    "event": mark("je Ereignis"),
}
DELAY_LABELS: dict[str, str] = {
    "fast": mark("sofort da, nach 3 Monaten veraltet"),
    "monthly": mark("monatlich, nach 6 Monaten veraltet"),
    "yearly": mark("jährlich, nach 18 Monaten veraltet"),
    "register": mark("amtliche Statistik, nach 24 Monaten veraltet"),
}


class Origin(StrEnum):
    """Whose value it is; where there is no own one, that of the association stands (EVI-27)."""

    OWN = "own"
    ASSOCIATION = "association"
    STATISTICS = "statistics"


ORIGIN_LABELS: dict[str, str] = {
    Origin.OWN: mark("eigene Daten"),
    Origin.ASSOCIATION: mark("Wert des Gemeindeverbands"),
    Origin.STATISTICS: mark("amtliche Statistik"),
}
DEPENDENCY_LABELS: dict[str, str] = {
    "needs": mark("braucht"),
    "feeds": mark("liefert an"),
    "replaces": mark("ersetzt"),
}
