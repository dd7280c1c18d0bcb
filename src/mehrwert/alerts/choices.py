"""Fixed words of the room."""

from enum import StrEnum

from mehrwert.base.marks import mark


class RuleKind(StrEnum):
    """What a rule waits for."""

    ABOVE = "above"
    BELOW = "below"
    RISES = "rises"
    FALLS = "falls"
    STUCK = "stuck"
    SILENT = "silent"
    COMBINED = "combined"


class Severity(StrEnum):
    """How much a rule matters: only an alarm breaks the quiet hours."""

    NOTE = "note"
    WARNING = "warning"
    ALARM = "alarm"


class Change(StrEnum):
    """What a rule does at one moment."""

    RAISED = "raised"
    ENDED = "ended"


class Step(StrEnum):
    """Why a message goes out."""

    FIRST = "first"
    ESCALATED = "escalated"
    ENDED = "ended"
    TEST = "test"


class Channel(StrEnum):
    """By which way a message goes; ``ROSTER`` is told on to whoever is on duty."""

    MAIL = "mail"
    SMS = "sms"
    WEBHOOK = "webhook"
    ROSTER = "roster"


class TaskKind(StrEnum):
    """What a round is for."""

    WATER = "water"
    FLUSH = "flush"
    GRIT = "grit"
    SENSOR = "sensor"
    OTHER = "other"


class PlanScope(StrEnum):
    """Where a round goes."""

    WHERE_MEASURED = "where_measured"
    ALL_PLACES = "all_places"


class Verdict(StrEnum):
    """What a back-test says of one alert or one event."""

    HIT = "hit"
    MISS = "miss"
    FALSE_ALARM = "false_alarm"


class Shape(StrEnum):
    """How the page of a use case is built."""

    LIMIT = "limit"
    RANKING = "ranking"
    MACHINES = "machines"
    COUNTS = "counts"


class Standing(StrEnum):
    """Where a value stands against its limit."""

    DUE = "due"
    SOON = "soon"
    FINE = "fine"
    SILENT = "silent"
    NO_LIMIT = "no_limit"
    EMPTY = "empty"


KIND_LABELS = {
    RuleKind.ABOVE: mark("über einem Wert liegt"),
    RuleKind.BELOW: mark("unter einem Wert liegt"),
    RuleKind.RISES: mark("schnell steigt"),
    RuleKind.FALLS: mark("schnell fällt"),
    RuleKind.STUCK: mark("sich nicht mehr ändert"),
    RuleKind.SILENT: mark("nichts mehr sendet"),
    RuleKind.COMBINED: mark("mit anderen zusammen eine Bedingung erfüllt"),
}
SEVERITY_LABELS = {
    Severity.NOTE: mark("Hinweis"),
    Severity.WARNING: mark("Warnung"),
    Severity.ALARM: mark("Alarm"),
}
TASK_LABELS = {
    TaskKind.WATER: mark("Gießrunde"),
    TaskKind.FLUSH: mark("Kanalspülung"),
    TaskKind.GRIT: mark("Streudienst"),
    TaskKind.SENSOR: mark("Sensor ansehen"),
    TaskKind.OTHER: mark("anderes"),
}
SCOPE_LABELS = {
    PlanScope.WHERE_MEASURED: mark("nur die Messstellen, deren Regel zutrifft"),
    PlanScope.ALL_PLACES: mark("immer alle gewählten Messstellen"),
}
VERDICT_LABELS = {
    Verdict.HIT: mark("rechtzeitig gemeldet"),
    Verdict.MISS: mark("nicht gemeldet"),
    Verdict.FALSE_ALARM: mark("Fehlalarm"),
}
