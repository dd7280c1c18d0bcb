"""Fixed words of the room."""

from enum import StrEnum

from mehrwert.base.marks import mark


class ContentKind(StrEnum):
    """What a file of a package holds."""

    THING_TYPE = "thing_type"
    DATASTREAM_TYPE = "datastream_type"
    ALERT_RULE = "alert_rule"
    MAP_LAYER = "map_layer"
    INDICATOR = "indicator"
    EVALUATION_PLAN = "evaluation_plan"
    CHECKLIST = "checklist"
    DEMO_DATA = "demo_data"


class PieceKind(StrEnum):
    """What an installation makes, in the order in which it is made."""

    THING = "thing"
    SERIES = "series"
    RULE = "rule"
    INDICATOR = "indicator"
    PLAN = "plan"
    LAYER = "layer"
    TASK = "task"


class State(StrEnum):
    """How far an installation is. A draft has made nothing yet."""

    DRAFT = "draft"
    LIVE = "live"


class Step(StrEnum):
    """What happens to one piece when a package is installed, updated or rolled back."""

    CREATE = "create"
    CHANGE = "change"
    KEEP_LOCAL = "keep_local"
    LEAVE = "leave"
    REMOVE = "remove"


class Level(StrEnum):
    """Quality of a package; computed by ``rules.level_of``, never typed in."""

    NONE = "none"
    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"


# the package whose numbers come from the phone desk of the room ``geodata``
PHONE_DESK = "sperrungen-am-telefon"


class Measured(StrEnum):
    """What becomes of readings when a package is removed."""

    KEEP = "keep"
    DELETE = "delete"


PIECE_LABELS: dict[str, str] = {
    PieceKind.THING: mark("Messstelle"),
    PieceKind.SERIES: mark("Messreihe"),
    PieceKind.RULE: mark("Regel"),
    PieceKind.INDICATOR: mark("Kennzahl"),
    PieceKind.PLAN: mark("Bewertungsplan"),
    PieceKind.LAYER: mark("Kartenebene"),
    PieceKind.TASK: mark("Aufgabe"),
}
STATE_LABELS: dict[str, str] = {State.DRAFT: mark("Entwurf"), State.LIVE: mark("läuft")}
STEP_LABELS: dict[str, str] = {
    Step.CREATE: mark("neu"),
    Step.CHANGE: mark("wird geändert"),
    Step.KEEP_LOCAL: mark("Ihre Änderung bleibt"),
    Step.LEAVE: mark("bleibt, wie es ist"),
    Step.REMOVE: mark("entfällt"),
}
LEVEL_LABELS: dict[str, str] = {
    Level.NONE: mark("ohne Stufe"),
    Level.BRONZE: mark("Bronze"),
    Level.SILVER: mark("Silber"),
    Level.GOLD: mark("Gold"),
    Level.PLATINUM: mark("Platin"),
}
LEVEL_REASONS: dict[str, str] = {
    Level.NONE: mark("Das Paket besteht die Prüfung seines Formats nicht."),
    Level.BRONZE: mark("Das Format stimmt, und das Paket lässt sich spurlos entfernen."),
    Level.SILVER: mark("Dazu kommen Beispieldaten und ein Bewertungsplan."),
    Level.GOLD: mark("Dazu kommt mindestens eine Kommune, die es nach eigener Angabe nutzt."),
    Level.PLATINUM: mark("Dazu kommen drei Kommunen und Belege ab Stufe 2."),
}
# task of a package → line of the checklist of an adoption that asks the same; one answer counts
TASK_LINES: dict[str, str] = {
    "auftrag": "mandate",
    "ausstieg": "exit",
    "bewertung": "evaluation_date",
    "datenschutz": "data_protection",
    "dienstanweisung": "service_instruction",
    "personalrat": "works_council",
    "schulung": "training",
}
PERSONAL_DATA_LABELS: dict[str, str] = {
    "yes": mark("ja"),
    "no": mark("nein"),
    "avoidable": mark("vermeidbar"),
}
