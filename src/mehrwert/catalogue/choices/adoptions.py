"""How municipalities are connected with a solution, and why that ends."""

from enum import StrEnum

from mehrwert.base.marks import mark


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


class OperatingModel(StrEnum):
    """Who runs a solution (TRF-507)."""

    OWN = "own"
    COUNTY = "county"
    ASSOCIATION = "association"
    CLUB = "club"
    IT_PROVIDER = "it_provider"
    VENDOR = "vendor"
    UNKNOWN = "unknown"


OPERATING_MODEL_LABELS: dict[str, str] = {
    OperatingModel.OWN: mark("eigener Betrieb"),
    OperatingModel.COUNTY: mark("über den Kreis"),
    OperatingModel.ASSOCIATION: mark("Zweckverband"),
    OperatingModel.CLUB: mark("Verein oder Genossenschaft"),
    OperatingModel.IT_PROVIDER: mark("kommunaler IT-Dienstleister"),
    OperatingModel.VENDOR: mark("Anbieter"),
    OperatingModel.UNKNOWN: mark("noch nicht bekannt"),
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
# what an end leaves to be done: contracts, subsidies, data, archive (CAT-407)
EXIT_PARTS = ("exit_contracts", "exit_funding", "exit_data", "exit_archive")
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
