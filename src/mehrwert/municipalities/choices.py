"""Levels of the register, roles and capabilities: the words of the matrix in ``access.py``."""

from enum import StrEnum

from mehrwert.base.marks import mark


class Level(StrEnum):
    """Level of a row of the official register; ``demo`` is invented."""

    LAND = "land"
    DISTRICT = "regierungsbezirk"
    COUNTY = "kreis"
    ASSOCIATION = "gemeindeverband"
    MUNICIPALITY = "gemeinde"
    DEMO = "demo"


LEVEL_LABELS: dict[str, str] = {
    Level.LAND: mark("Land"),
    Level.DISTRICT: mark("Regierungsbezirk"),
    Level.COUNTY: mark("Kreis"),
    Level.ASSOCIATION: mark("Gemeindeverband"),
    Level.MUNICIPALITY: mark("Gemeinde"),
    Level.DEMO: mark("erfundene Kommune"),
}


class Capability(StrEnum):
    """One thing a person may be allowed to do in a municipality."""

    READ = "read"
    EDIT_DATA = "edit_data"
    IMPORT_DATA = "import_data"
    CAPTURE = "capture"
    DECIDE = "decide"
    MONEY = "money"
    ANSWER_PHONE = "answer_phone"
    GUIDE = "guide"
    READ_AUDIT = "read_audit"
    MANAGE_KEYS = "manage_keys"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_TOWN = "manage_town"
    CRISIS = "crisis"
    PRIVACY = "privacy"
    CURATE = "curate"
    LEGAL_REVIEW = "legal_review"
    OPERATE = "operate"
    AUDIT = "audit"


class Role(StrEnum):
    """What somebody is in a municipality; a mayor is a viewer."""

    VIEWER = "viewer"
    EDITOR = "editor"
    LEAD = "lead"
    TREASURER = "treasurer"
    DESK = "desk"
    FIELD = "field"
    GUIDE = "guide"
    ADMIN = "admin"


ROLE_LABELS: dict[str, str] = {
    Role.VIEWER: mark("Lesen"),
    Role.EDITOR: mark("Bearbeitung"),
    Role.LEAD: mark("Vorhabenleitung"),
    Role.TREASURER: mark("Kämmerei"),
    Role.DESK: mark("Telefonzentrale"),
    Role.FIELD: mark("Außendienst"),
    Role.GUIDE: mark("Regionallotsin oder Regionallotse"),
    Role.ADMIN: mark("Administration"),
}

ROLE_HINTS: dict[str, str] = {
    Role.VIEWER: mark("sieht alles, ändert nichts; auch für die Leitung der Kommune"),
    Role.EDITOR: mark("pflegt Messstellen und liest Tabellen ein"),
    Role.LEAD: mark("wie Bearbeitung, hält außerdem Entscheidungen fest"),
    Role.TREASURER: mark("sieht alles und pflegt Beträge"),
    Role.DESK: mark("sieht alles und gibt am Telefon Auskunft"),
    Role.FIELD: mark("sieht alles und erfasst unterwegs"),
    Role.GUIDE: mark("begleitet mehrere Kommunen, liest mit"),
    Role.ADMIN: mark("richtet ein: Kommune, Personen, Schlüssel"),
}

EXTRA_CAPABILITIES: tuple[str, ...] = (Capability.CRISIS, Capability.PRIVACY)

EXTRA_LABELS: dict[str, str] = {
    Capability.CRISIS: mark("Krisenstab: darf in einer Lage Anweisungen geben"),
    Capability.PRIVACY: mark("Datenschutz: darf personenbezogene Daten einsehen"),
}

# two-digit key → Land, as the official key begins
LANDS: dict[str, str] = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}
