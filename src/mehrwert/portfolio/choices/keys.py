"""Words of cost keys: the keys, what groups would pay alone, the checks."""

from enum import StrEnum

from mehrwert.base.marks import mark
from mehrwert.stats.cost_keys import CheckKind, CheckState


class CostKey(StrEnum):
    """How a common cost is shared."""

    EQUAL = "equal"
    PER_HEAD = "per_head"
    PER_USE = "per_use"
    MIXED = "mixed"
    BENEFIT = "benefit"
    SHAPLEY = "shapley"


COST_KEY_LABELS: dict[str, str] = {
    CostKey.EQUAL: mark("zu gleichen Teilen"),
    CostKey.PER_HEAD: mark("nach Einwohnern"),
    CostKey.PER_USE: mark("nach Nutzung"),
    CostKey.MIXED: mark("gemischt"),
    CostKey.BENEFIT: mark("nach gemessenem Nutzen"),
    CostKey.SHAPLEY: mark("nach Verursachung (Shapley)"),
}


class GameModel(StrEnum):
    """What groups would pay on their own; empty where nobody knows."""

    NONE = ""
    CAPACITY_TIERS = "capacity_tiers"
    FIXED_PLUS_OWN = "fixed_plus_own"


GAME_MODEL_LABELS: dict[str, str] = {
    GameModel.NONE: mark("nicht bekannt"),
    GameModel.CAPACITY_TIERS: mark(
        "Größenstufen: eine Gruppe zahlt, was ihr größtes Mitglied braucht"
    ),
    GameModel.FIXED_PLUS_OWN: mark("Sockel einmal, dazu was jedes Mitglied verursacht"),
}

# check × state → sentence; %(names)s are partners, %(groups)s groups with their excess
CHECK_SENTENCES: dict[tuple[str, str], str] = {
    (CheckKind.SUM, CheckState.PASSED): mark("Die Anteile ergeben genau die Kosten."),
    (CheckKind.SUM, CheckState.FAILED): mark("Die Anteile ergeben nicht die Kosten."),
    (CheckKind.EQUALS, CheckState.PASSED): mark("Wer gleich ist, zahlt gleich viel."),
    (CheckKind.EQUALS, CheckState.FAILED): mark(
        "Gleich bei allen Angaben, aber verschiedene Anteile: %(names)s."
    ),
    (CheckKind.NO_NEED, CheckState.PASSED): mark("Wer nichts braucht, zahlt nichts."),
    (CheckKind.NO_NEED, CheckState.FAILED): mark("Braucht nichts und soll doch zahlen: %(names)s."),
    (CheckKind.NO_NEED, CheckState.NOT_ASSESSABLE): mark(
        "Ob jemand ohne Bedarf zahlt, ist nicht beurteilbar: Einzelkosten fehlen."
    ),
    (CheckKind.STAND_ALONE, CheckState.PASSED): mark("Niemand zahlt mehr als allein."),
    (CheckKind.STAND_ALONE, CheckState.FAILED): mark("Zahlt mehr als allein: %(groups)s."),
    (CheckKind.STAND_ALONE, CheckState.NOT_ASSESSABLE): mark(
        "Ob jemand mehr zahlt als allein, ist nicht beurteilbar: Einzelkosten fehlen."
    ),
    (CheckKind.SUBGROUPS, CheckState.PASSED): mark("Keine Teilgruppe käme für sich billiger weg."),
    (CheckKind.SUBGROUPS, CheckState.FAILED): mark("Käme für sich billiger weg: %(groups)s."),
    (CheckKind.SUBGROUPS, CheckState.NOT_ASSESSABLE): mark(
        "Ob eine Teilgruppe ausscheiden würde, ist nicht beurteilbar: Einzelkosten fehlen."
    ),
    (CheckKind.BENEFIT_LINK, CheckState.PASSED): mark("Wer zahlt, nutzt es auch."),
    (CheckKind.BENEFIT_LINK, CheckState.FAILED): mark(
        "Zahlt und nutzt es nicht: %(names)s. Eine reine Umlage nach Einwohnern wurde verworfen, wo"
        " Mitglieder Leistungen einzeln abnehmen (SächsOVG, 30.03.2020, 4 A 508/16)."
    ),
    (CheckKind.BENEFIT_LINK, CheckState.NOT_ASSESSABLE): mark(
        "Ob alle Zahlenden es nutzen, ist nicht beurteilbar: Nutzungszahlen fehlen bei %(names)s."
    ),
}
CHECK_STATE_LABELS: dict[str, str] = {
    CheckState.PASSED: mark("in Ordnung"),
    CheckState.FAILED: mark("Einwand"),
    CheckState.NOT_ASSESSABLE: mark("nicht beurteilbar"),
}

# questions for the legal office (PF-143); orientation, never a verdict
LEGAL_NOTES: tuple[str, ...] = (
    mark(
        "Stimmgewicht und Anteil: Wer viel zahlt und wenig zu sagen hat, sollte es wissen. Beide"
        " stehen in der Tabelle nebeneinander."
    ),
    mark(
        "Zusammenarbeit ohne Ausschreibung: Ist § 108 GWB erfüllt (Kontrolle, mehr als 80 % der"
        " Tätigkeit, weniger als 20 % am Markt)?"
    ),
    mark(
        "Umsatzsteuer: Ist § 2b UStG anwendbar (öffentlich-rechtliche Grundlage, Dauer ab fünf"
        " Jahren)? Deshalb stehen 0 % und 19 % nebeneinander."
    ),
    mark(
        "Software unentgeltlich weitergeben kann ein Vertrag im Sinn des Vergaberechts sein (EuGH,"
        " C-796/18). „Offen, also frei“ ist keine Antwort."
    ),
)
