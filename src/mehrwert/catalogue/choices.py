"""The words of the catalogue: closed lists with their German labels; data, no behaviour."""

from dataclasses import dataclass
from enum import StrEnum

from mehrwert.base.marks import mark


class Status(StrEnum):
    """What a solution is, according to its newest source."""

    IDEA = "idea"
    PILOT = "pilot"
    OPERATION = "operation"
    ENDED = "ended"


STATUS_LABELS: dict[str, str] = {
    Status.IDEA: mark("Idee"),
    Status.PILOT: mark("Pilot"),
    Status.OPERATION: mark("in Betrieb"),
    Status.ENDED: mark("beendet"),
}


class Stage(StrEnum):
    """Stage of maturity, P1 to P5."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"
    P5 = "P5"


STAGE_LABELS: dict[str, str] = {
    Stage.P1: mark("P1 Ideenfindung"),
    Stage.P2: mark("P2 Prototyp"),
    Stage.P3: mark("P3 Pilot"),
    Stage.P4: mark("P4 Verstetigung"),
    Stage.P5: mark("P5 Transfer"),
}


class SolutionType(StrEnum):
    """What a solution consists of."""

    SOFTWARE = "software"
    SAAS = "saas"
    HARDWARE_SOFTWARE = "hardware_software"
    PROCEDURE = "procedure"
    PLACE_OR_OFFER = "place_or_offer"


SOLUTION_TYPE_LABELS: dict[str, str] = {
    SolutionType.SOFTWARE: mark("Software"),
    SolutionType.SAAS: mark("Online-Dienst"),
    SolutionType.HARDWARE_SOFTWARE: mark("Geräte mit Software"),
    SolutionType.PROCEDURE: mark("Verfahren"),
    SolutionType.PLACE_OR_OFFER: mark("Ort oder Angebot"),
}


class ComponentType(StrEnum):
    """Part of a smart city a solution belongs to."""

    DATA_INFRASTRUCTURE = "data-infrastructure"
    SERVICE = "service"
    ADMINISTRATION_TOOL = "administration-tool"
    PARTICIPATION = "participation"


COMPONENT_TYPE_LABELS: dict[str, str] = {
    ComponentType.DATA_INFRASTRUCTURE: mark("Dateninfrastruktur"),
    ComponentType.SERVICE: mark("Angebot für Menschen"),
    ComponentType.ADMINISTRATION_TOOL: mark("Werkzeug der Verwaltung"),
    ComponentType.PARTICIPATION: mark("Beteiligung"),
}


class ProfileLevel(StrEnum):
    """How complete a profile is; computed by ``rules.level_of``, never set by hand."""

    STUB = "stub"
    MINIMAL = "minimal"
    TRANSFERABLE = "transferable"
    BASE_READY = "base_ready"


PROFILE_LEVEL_LABELS: dict[str, str] = {
    ProfileLevel.STUB: mark("Kurzeintrag"),
    ProfileLevel.MINIMAL: mark("Mindestangaben"),
    ProfileLevel.TRANSFERABLE: mark("übertragbar"),
    ProfileLevel.BASE_READY: mark("reif als Basiskomponente"),
}


class EntryOrigin(StrEnum):
    """Where an entry comes from."""

    DECLARED = "declared"
    IMPORTED = "imported"
    PEER = "peer"
    DEMO = "demo"


ENTRY_ORIGIN_LABELS: dict[str, str] = {
    EntryOrigin.DECLARED: mark("von einer Kommune selbst eingetragen"),
    EntryOrigin.IMPORTED: mark("übernommen, nicht geprüft"),
    EntryOrigin.PEER: mark("von einer anderen Installation"),
    EntryOrigin.DEMO: mark("erfunden, Teil der Demo"),
}


class ListState(StrEnum):
    """Where a list of measures stands that somebody hands in."""

    OPEN = "open"
    DONE = "done"
    UNDONE = "undone"


LIST_STATE_LABELS: dict[str, str] = {
    ListState.OPEN: mark("noch nicht übernommen"),
    ListState.DONE: mark("übernommen"),
    ListState.UNDONE: mark("rückgängig gemacht"),
}


class Relation(StrEnum):
    """How a municipality is connected with a solution. Only ``REUSE`` counts as reuse."""

    ORIGIN = "origin"
    REUSE = "reuse"
    CO_DEVELOPMENT = "co-development"
    TEST = "test"
    PLANNED = "planned"
    EXTENSION = "extension"
    SAME_PRODUCT = "same-product"
    SITE = "site"


RELATION_LABELS: dict[str, str] = {
    Relation.ORIGIN: mark("Ursprung"),
    Relation.REUSE: mark("nachgenutzt"),
    Relation.CO_DEVELOPMENT: mark("gemeinsam entwickelt"),
    Relation.TEST: mark("befristeter Test"),
    Relation.PLANNED: mark("angekündigt"),
    Relation.EXTENSION: mark("räumlich erweitert"),
    Relation.SAME_PRODUCT: mark("gleiches Produkt"),
    Relation.SITE: mark("Einsatzort, Rolle unbekannt"),
}


class AdoptionStatus(StrEnum):
    """How far an adoption is; never derived from the relation."""

    INTEREST = "interest"
    TRIAL = "trial"
    DECIDED = "decided"
    LIVE = "live"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


ADOPTION_STATUS_LABELS: dict[str, str] = {
    AdoptionStatus.INTEREST: mark("Interesse"),
    AdoptionStatus.TRIAL: mark("Test"),
    AdoptionStatus.DECIDED: mark("beschlossen"),
    AdoptionStatus.LIVE: mark("in Betrieb"),
    AdoptionStatus.ENDED: mark("beendet"),
    AdoptionStatus.WITHDRAWN: mark("zurückgezogen"),
    AdoptionStatus.UNKNOWN: mark("unbekannt"),
}


class Basis(StrEnum):
    """Who says so: the municipality itself in a verified account, or a public source."""

    DECLARED = "declared"
    DOCUMENTED = "documented"


BASIS_LABELS: dict[str, str] = {
    Basis.DECLARED: mark("von der Kommune erklärt"),
    Basis.DOCUMENTED: mark("dokumentiert, nicht bestätigt"),
}


class OriginBasis(StrEnum):
    """What the origin of an adoption rests on."""

    DEVELOPER = "developer"
    PILOT_MUNICIPALITY = "pilot-municipality"
    THIRD_PARTY = "third-party"
    NONE = "none"


ORIGIN_BASIS_LABELS: dict[str, str] = {
    OriginBasis.DEVELOPER: mark("hat entwickelt oder zuerst betrieben"),
    OriginBasis.PILOT_MUNICIPALITY: mark("erste Pilotkommune, Entwicklung durch Dritte"),
    OriginBasis.THIRD_PARTY: mark("Herkunft: Dritte"),
    OriginBasis.NONE: mark("Herkunft nicht belegt"),
}


class EndReason(StrEnum):
    """Why a solution ended. Completion and an unknown reason are no failure."""

    COST = "cost"
    STAFF = "staff"
    NO_DEMAND = "no_demand"
    NO_EFFECT = "no_effect"
    VENDOR = "vendor"
    LAW = "law"
    TECHNOLOGY = "technology"
    FUNDING_ENDED = "funding_ended"
    REPLACED = "replaced"
    MERGED = "merged"
    COMPLETED = "completed"
    UNKNOWN = "unknown"


END_REASON_LABELS: dict[str, str] = {
    EndReason.COST: mark("Kosten"),
    EndReason.STAFF: mark("Personal"),
    EndReason.NO_DEMAND: mark("keine Nachfrage"),
    EndReason.NO_EFFECT: mark("keine Wirkung"),
    EndReason.VENDOR: mark("Anbieter"),
    EndReason.LAW: mark("Recht"),
    EndReason.TECHNOLOGY: mark("Technik"),
    EndReason.FUNDING_ENDED: mark("Förderung ausgelaufen"),
    EndReason.REPLACED: mark("ersetzt"),
    EndReason.MERGED: mark("zusammengelegt"),
    EndReason.COMPLETED: mark("planmäßig abgeschlossen"),
    EndReason.UNKNOWN: mark("Grund unbekannt"),
}
NO_FAILURE = frozenset({EndReason.COMPLETED, EndReason.MERGED, EndReason.UNKNOWN})

PROOF_STATE_LABELS: dict[str, str] = {
    "present": mark("liegt vor"),
    "absent": mark("fehlt"),
    "not_applicable": mark("trifft nicht zu"),
}

CARRIED_OUT_LABELS: dict[str, str] = {
    "yes": mark("vollzogen"),
    "announced": mark("angekündigt"),
    "unknown": mark("Vollzug nicht geprüft"),
}


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


class Care(StrEnum):
    """What the work list of the catalogue is sorted into."""

    MISSED = "missed"
    ORPHANED = "orphaned"
    STALE = "stale"
    CONTRADICTORY = "contradictory"
    UNVERIFIABLE = "unverifiable"
    ENDED = "ended"
    LICENCE = "licence"
    HARD_TO_READ = "hard_to_read"
    LINKS = "links"


CARE_LABELS: dict[str, str] = {
    Care.MISSED: mark("gesucht, nicht gefunden"),
    Care.ORPHANED: mark("verwaist"),
    Care.STALE: mark("veraltet"),
    Care.CONTRADICTORY: mark("widersprüchlich"),
    Care.UNVERIFIABLE: mark("ohne Quelle im Netz"),
    Care.ENDED: mark("beendet ohne Grund"),
    Care.LICENCE: mark("Lizenz unklar"),
    Care.HARD_TO_READ: mark("schwer zu lesen"),
    Care.LINKS: mark("vielleicht verwandt"),
}
CARE_HINTS: dict[str, str] = {
    Care.MISSED: mark(
        "Mindestens dreimal gesucht, nichts gefunden. Fehlt die Lösung, oder fehlt der Suche ein"
        " Wort? Texte, die eine Person nennen könnten, werden nie gespeichert."
    ),
    Care.ORPHANED: mark(
        "Niemand pflegt diese Einträge. Die Kommune, aus der eine Lösung kommt, kann den Eintrag"
        " unter „Unsere Lösungen“ übernehmen."
    ),
    Care.STALE: mark("Status oder Kontakt sind abgelaufen oder ohne Datum."),
    Care.CONTRADICTORY: mark("Der Eintrag widerspricht sich; die Seite zeigt beides."),
    Care.UNVERIFIABLE: mark("Übernommene Einträge, deren Quelle niemand aufrufen kann."),
    Care.ENDED: mark("Warum die Lösung endete, hilft der nächsten Kommune. Es fehlt noch."),
    Care.LICENCE: mark("Die Quelle nennt eine Lizenz, aber nicht eindeutig."),
    Care.HARD_TO_READ: mark(
        "Die Zusammenfassung in Einfacher Sprache hat im Mittel mehr als 15 Wörter je Satz."
    ),
    Care.LINKS: mark("Zwei Einträge nennen dasselbe Repository. Zusammengelegt wird nie."),
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
