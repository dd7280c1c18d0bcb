"""Fixed words of the room: quality, duplicates, aggregation, protection."""

from enum import IntEnum, StrEnum

from mehrwert.base.marks import mark


class Quality(IntEnum):
    """Flag of one reading; stored as this number."""

    UNCHECKED = 0
    GOOD = 1
    SUSPECT = 2
    BAD = 3
    FILLED = 4


class DuplicatePolicy(StrEnum):
    """What happens to a reading whose key exists with another result."""

    KEEP = "keep"
    CORRECT = "correct"
    STRICT = "strict"


class Aggregation(StrEnum):
    """How several readings of a series become one for a longer interval."""

    MEAN = "mean"
    SUM = "sum"
    LAST = "last"


class Protection(StrEnum):
    """Who may see a series at most."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    CRITICAL = "critical"


class Freshness(StrEnum):
    """How old the latest value of a series is, measured in its expected intervals."""

    SILENT = "silent"
    LATE = "late"
    FRESH = "fresh"
    CLOSED = "closed"
    EMPTY = "empty"


class RowStatus(StrEnum):
    """What became of one row of a batch."""

    CREATED = "created"
    DUPLICATE = "duplicate"
    CORRECTED = "corrected"
    CONFLICT = "duplicate_conflict"
    UNKNOWN_DATASTREAM = "unknown_datastream"
    UNKNOWN_FEATURE = "unknown_feature"
    NO_LOCATION = "no_location"
    SERIES_FULL = "series_full"


WRITTEN = frozenset({RowStatus.CREATED, RowStatus.DUPLICATE, RowStatus.CORRECTED})

QUALITY_LABELS = {
    Quality.UNCHECKED: mark("ungeprüft"),
    Quality.GOOD: mark("gut"),
    Quality.SUSPECT: mark("zweifelhaft"),
    Quality.BAD: mark("falsch"),
    Quality.FILLED: mark("ergänzt"),
}

# how programs read and write a flag; nothing is said of unchecked ones
QUALITY_WORDS = {
    Quality.GOOD: "good",
    Quality.SUSPECT: "suspect",
    Quality.BAD: "bad",
    Quality.FILLED: "filled",
}

AGGREGATION_LABELS = {
    Aggregation.MEAN: mark("Mittelwert"),
    Aggregation.SUM: mark("Summe"),
    Aggregation.LAST: mark("letzter Wert"),
}

PROTECTION_LABELS = {
    Protection.OPEN: mark("offen"),
    Protection.INTERNAL: mark("intern"),
    Protection.PERSONAL: mark("personenbezogen"),
    Protection.CRITICAL: mark("kritische Infrastruktur"),
}

FRESHNESS_LABELS = {
    Freshness.SILENT: mark("schweigt"),
    Freshness.LATE: mark("verspätet"),
    Freshness.FRESH: mark("frisch"),
    Freshness.CLOSED: mark("abgeschlossen"),
    Freshness.EMPTY: mark("noch ohne Werte"),
}


# words beside a reading that say how it came about; others may stand there too
CORRECTED = "corrected"
ADDED = "added"
CLOCK_AHEAD = "clock_ahead"
QUALIFIER_LABELS = {
    CORRECTED: mark("von Hand berichtigt"),
    ADDED: mark("von Hand ergänzt"),
    CLOCK_AHEAD: mark("Zeit lag in der Zukunft"),
    "uncalibrated": mark("ohne gültige Kalibrierung"),
    "dst_double": mark("doppelte Stunde der Zeitumstellung"),
}


class MessageState(IntEnum):
    """What became of a raw message; stored as this number."""

    NEW = 0
    WAITING = 1
    DONE = 2
    FAILED = 3
    IGNORED = 4


class Edit(StrEnum):
    """What was done to readings that stood in the store, as the history calls it."""

    CORRECT = "correct"
    CHANGE = "change"
    DELETE = "delete"
    FLAG = "flag"
    UNFLAG = "unflag"
    # an edit was taken back: values, or readings that had been deleted
    UNDO = "undo"
    RESTORE = "restore"
    # an edit that somebody took back
    UNDONE = "undone"


# what changes a value, newest wins; taking such an edit back may itself be taken back
VALUE_EDITS = (Edit.CORRECT, Edit.CHANGE, Edit.DELETE)
UNDOING = (Edit.UNDO, Edit.RESTORE)


class DayKind(StrEnum):
    """Days that a warm or cold year is told by, as the German weather service names them."""

    HOT = "hot"
    SUMMER = "summer"
    TROPICAL = "tropical"
    FROST = "frost"
    ICE = "ice"


DAY_KIND_LABELS = {
    DayKind.HOT: mark("Hitzetage (ab 30 °C)"),
    DayKind.SUMMER: mark("Sommertage (ab 25 °C)"),
    DayKind.TROPICAL: mark("Tage nie unter 20 °C"),
    DayKind.FROST: mark("Frosttage (unter 0 °C)"),
    DayKind.ICE: mark("Eistage (immer unter 0 °C)"),
}
