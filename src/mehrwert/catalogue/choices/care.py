"""How fresh an entry is, what is to be done about it, effects in words, fields of action."""

from dataclasses import dataclass
from enum import StrEnum

from mehrwert.base.marks import mark


class Freshness(StrEnum):
    """How current a value is, by its age and its time to live."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    EXPIRED = "expired"
    UNDATED = "undated"


FRESHNESS_LABELS: dict[str, str] = {
    Freshness.FRESH: mark("aktuell"),
    Freshness.DUE: mark("bald zu prüfen"),
    Freshness.STALE: mark("veraltet"),
    Freshness.EXPIRED: mark("stark veraltet"),
    Freshness.UNDATED: mark("ohne Datum"),
}


class SizeClass(StrEnum):
    """Size of a municipality by inhabitants; other levels are classes of their own."""

    TINY = "under_5000"
    SMALL = "under_20000"
    MEDIUM = "under_100000"
    LARGE = "from_100000"
    ASSOCIATION = "gemeindeverband"
    COUNTY = "kreis"
    LAND = "land"


SIZE_CLASS_LABELS: dict[str, str] = {
    SizeClass.TINY: mark("unter 5.000 Einwohner"),
    SizeClass.SMALL: mark("5.000 bis unter 20.000"),
    SizeClass.MEDIUM: mark("20.000 bis unter 100.000"),
    SizeClass.LARGE: mark("ab 100.000"),
    SizeClass.ASSOCIATION: mark("Gemeindeverband"),
    SizeClass.COUNTY: mark("Kreis"),
    SizeClass.LAND: mark("Land"),
}


class LinkKind(StrEnum):
    """How two solutions hang together."""

    BASED_ON = "based_on"
    VARIANT_OF = "variant_of"
    INSTANCE_OF = "instance_of"


LINK_KIND_LABELS: dict[str, str] = {
    LinkKind.BASED_ON: mark("baut auf"),
    LinkKind.VARIANT_OF: mark("Variante von"),
    LinkKind.INSTANCE_OF: mark("anderer Betrieb von"),
}


class LookState(StrEnum):
    """Whether a second person agreed to a text that names somebody."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"


class Care(StrEnum):
    """What the work list of the catalogue is sorted into."""

    MISSED = "missed"
    ORPHANED = "orphaned"
    STALE = "stale"
    CONTRADICTORY = "contradictory"
    UNVERIFIABLE = "unverifiable"
    ENDED = "ended"
    EXIT = "exit"
    LICENCE = "licence"
    HARD_TO_READ = "hard_to_read"
    LINKS = "links"
    UNANSWERED = "unanswered"


CARE_LABELS: dict[str, str] = {
    Care.MISSED: mark("gesucht, nicht gefunden"),
    Care.ORPHANED: mark("verwaist"),
    Care.STALE: mark("veraltet"),
    Care.CONTRADICTORY: mark("widersprüchlich"),
    Care.UNVERIFIABLE: mark("ohne Quelle im Netz"),
    Care.ENDED: mark("beendet ohne Grund"),
    Care.EXIT: mark("Ausstieg nicht beschrieben"),
    Care.LICENCE: mark("Lizenz unklar"),
    Care.HARD_TO_READ: mark("schwer zu lesen"),
    Care.LINKS: mark("vielleicht verwandt"),
    Care.UNANSWERED: mark("genannt, keine Stellungnahme"),
}
CARE_HINTS: dict[str, str] = {
    Care.MISSED: mark(
        "Mindestens dreimal gesucht, nichts gefunden. Fehlt die Lösung, oder fehlt der Suche ein"
        " Wort? Texte, die eine Person nennen könnten, werden nie gespeichert."
    ),
    Care.ORPHANED: mark(
        "Niemand pflegt diese Einträge. Die Kommune, aus der eine Lösung kommt oder die sie nutzt,"
        " kann den Eintrag unter „Unsere Lösungen“ oder „Verwaiste Einträge“ übernehmen."
    ),
    Care.STALE: mark("Status oder Kontakt sind abgelaufen oder ohne Datum."),
    Care.CONTRADICTORY: mark("Der Eintrag widerspricht sich; die Seite zeigt beides."),
    Care.UNVERIFIABLE: mark("Übernommene Einträge, deren Quelle niemand aufrufen kann."),
    Care.ENDED: mark("Warum die Lösung endete, hilft der nächsten Kommune. Es fehlt noch."),
    Care.EXIT: mark(
        "Beendet, aber niemand sagt, was mit Verträgen, Fördermitteln, Daten und Archiv wurde."
    ),
    Care.LICENCE: mark("Die Quelle nennt eine Lizenz, aber nicht eindeutig."),
    Care.HARD_TO_READ: mark(
        "Die Zusammenfassung in Einfacher Sprache hat im Mittel mehr als 15 Wörter je Satz."
    ),
    Care.LINKS: mark("Zwei Einträge nennen dasselbe Repository. Zusammengelegt wird nie."),
    Care.UNANSWERED: mark(
        "Der Grund eines Endes nennt einen Anbieter oder ein Amt. Schreiben Sie ihnen; was sie"
        " antworten, steht dann daneben."
    ),
}


EVIDENCE_LABELS: dict[str, str] = {
    "0": mark("nicht belegt"),
    "1": mark("erste Beobachtungen"),
    "2": mark("Hinweise"),
    "3": mark("belegt"),
    "4": mark("gut belegt"),
}
DIRECTION_LABELS: dict[str, str] = {
    "better": mark("verbessert"),
    "no_relevant_difference": mark("kein relevanter Unterschied"),
    "worse": mark("verschlechtert"),
    "unclear": mark("unklar"),
}


@dataclass(frozen=True, slots=True)
class FieldOfAction:
    """One of the nineteen fields of action.

    Args:
        code: German name, which is the code in files.
        english: English name.
        scope: ``intendedAudience.scope`` of publiccode.yml, empty for none.
        theme: Data theme of the EU.
        colour: Group of colour, a class of the style sheet; never the only sign.
    """

    code: str
    english: str
    scope: str
    theme: str
    colour: str


FIELDS_OF_ACTION: tuple[FieldOfAction, ...] = tuple(
    FieldOfAction(*row.split(" | "))
    for row in (
        "Verwaltung | Administration | government | GOVE | common",
        "Digitale Stadtplanung | Digital urban planning | infrastructures | REGI | housing",
        "Klimaanpassung | Climate adaptation | environment | ENVI | green",
        "Datenmanagement | Data management |  | TECH | trade",
        "Infrastruktur | Infrastructure | infrastructures | REGI | trade",
        "Soziale Inklusion | Social inclusion | society | SOCI | common",
        "Umwelt & Klimaschutz | Environment and climate | environment | ENVI | green",
        "Mobilität | Mobility | transportation | TRAN | traffic",
        "Kultur & Freizeit | Culture and leisure | culture | EDUC | common",
        "Sicherheit | Safety | emergency-services | JUST | common",
        "Wasser | Water | environment | ENVI | water",
        "Gesundheit & -pflege | Health and care | healthcare | HEAL | common",
        "Bildung & Wissenschaft | Education and science | education | EDUC | common",
        "Tourismus | Tourism | tourism | ECON | special",
        "Energie | Energy | energy | ENER | special",
        "Bauen & Wohnen | Building and housing |  | REGI | housing",
        "Abfall & Emissionen | Waste and emissions | environment | ENVI | special",
        "Wirtschaft | Economy | finance-and-economic-development | ECON | trade",
        "Arbeit | Work | employment | SOCI | trade",
    )
)
FIELD_BY_CODE: dict[str, FieldOfAction] = {field.code: field for field in FIELDS_OF_ACTION}
