"""Words of the room: what a result says, where a finding stands, how an effect was measured."""

from enum import StrEnum

from mehrwert.base.marks import mark


class ResultKind(StrEnum):
    """What a municipality must say at the end (EVI-36)."""

    POSITIVE = "positive"
    NULL = "null"
    NEGATIVE = "negative"
    NOT_MEASURABLE = "not_measurable"


class FindingState(StrEnum):
    """A finding is drafted by the machine and released by a person; withdrawn, it stays visible."""

    DRAFT = "draft"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class PlanState(StrEnum):
    """Where a registered plan stands; overdue is computed from the day."""

    PLANNED = "planned"
    REPORTED = "reported"
    NOT_MEASURABLE = "not_measurable"
    WITHDRAWN = "withdrawn"


class KeyKind(StrEnum):
    """What a key of a municipality's own names; a curator maps it to a shared one."""

    INDICATOR = "indicator"
    SOLUTION = "solution"


KEY_KIND_LABELS: dict[str, str] = {
    KeyKind.INDICATOR: mark("Kennzahl"),
    KeyKind.SOLUTION: mark("Lösung"),
}
RESULT_LABELS: dict[str, str] = {
    ResultKind.POSITIVE: mark("besser"),
    ResultKind.NULL: mark("kein nennenswerter Unterschied oder offen"),
    ResultKind.NEGATIVE: mark("schlechter"),
    ResultKind.NOT_MEASURABLE: mark("nicht messbar"),
}
DESIGN_LABELS: dict[str, str] = {
    "narrative": mark("Bericht ohne Messung"),
    "before_after": mark("vorher und nachher"),
    "its": mark("unterbrochene Zeitreihe"),
    "controlled_its": mark("Zeitreihe mit Vergleichsgruppe"),
    "synthetic_control": mark("gewichtete Vergleichsgruppe"),
    "rollout_independent": mark("gestaffelte Einführung"),
    "rollout_lottery": mark("ausgeloste Einführung"),
}
DIRECTION_LABELS: dict[str, str] = {
    "better": mark("verbessert"),
    "no_relevant_difference": mark("kein nennenswerter Unterschied"),
    "worse": mark("verschlechtert"),
    "unclear": mark("offen"),
}
CLASS_WORDS: tuple[str, ...] = (
    mark("nicht belegt"),
    mark("erste Beobachtungen"),
    mark("Hinweise"),
    mark("belegt"),
    mark("gut belegt"),
)
REASON_LABELS: dict[str, str] = {
    "B": mark("Mehr als die Hälfte des Gewichts kommt aus Auswertungen mit gescheiterter Prüfung."),
    "I": mark("Im Mittel deutlich, aber die Orte sind zu verschieden für eine Übertragung."),
    "D": mark("Gemessen wurde überwiegend etwas Ersatzweises, oder Orte Ihrer Größe fehlen."),
    "P": mark("Der Bereich ist zu weit: Er enthält keinen Nutzen und einen lohnenden."),
    "R": mark("Ergebnisse fehlen oder sind ungleich verteilt; das Bild könnte verzerrt sein."),
}
# the five marks of a kind of solution (EMMIE), and what each rests on
MARK_LABELS: dict[str, str] = {
    "effect": mark("Wirkung: wie sicher?"),
    "mechanism": mark("Wirkweg: warum?"),
    "moderators": mark("Umstände: für wen?"),
    "implementation": mark("Umsetzung: wie?"),
    "economics": mark("Kosten: wie gut bekannt?"),
}
MARK_WORDS: dict[str, str] = {
    "effect": mark("Belegstufe; Kommunen, die gemessen haben: %(k)s"),
    "mechanism": mark(
        "Kommunen, deren Plan sagt, wie es dazu kommen soll: %(told)s; untersucht hat es niemand"
    ),
    "moderators": mark(
        "Zahl der Größenklassen, in denen gemessen wurde: %(sizes)s; nach Merkmalen gerechnet wird"
        " ab zehn Kommunen"
    ),
    "implementation": mark(
        "Kommunen, die aufgeschrieben haben, was andere lernen können: %(lessons)s"
    ),
    "economics": mark("Kommunen, die vollständige Kosten nennen: %(costs)s von %(k)s"),
}
SIZE_LABELS: dict[int | None, str] = {
    0: mark("unter 5.000 Einwohner"),
    1: mark("5.000 bis unter 20.000"),
    2: mark("20.000 bis unter 100.000"),
    3: mark("ab 100.000"),
    None: mark("Größe nicht bekannt"),
}
DIFFERENCE_WORDS: dict[str, str] = {
    "comparisons": mark("Vergleichsorte: geplant %(planned)s, verwendet %(used)s"),
    "pre": mark("Monate vor dem Start: geplant %(planned)s, gemessen %(used)s"),
    "post": mark("Monate nach dem Start: geplant %(planned)s, gemessen %(used)s"),
}
