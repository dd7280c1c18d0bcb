"""Words of the room: where a history came from, what badges ask for."""

from enum import StrEnum

from mehrwert.base.marks import mark


class Way(StrEnum):
    """How the history of a repository came in."""

    FILE = "file"
    HOOK = "hook"
    CLONE = "clone"


WAY_LABELS: dict[str, str] = {
    Way.FILE: mark("aus einer Datei"),
    Way.HOOK: mark("vom Repository gemeldet"),
    Way.CLONE: mark("aus einer Kopie des Repositories gelesen"),
}


class Badge(StrEnum):
    """The two badges of openCode that follow from the history of a repository."""

    MAINTAINED = "maintained"
    SECURITY = "security"


BADGE_LABELS: dict[str, str] = {
    Badge.MAINTAINED: mark("gepflegt"),
    Badge.SECURITY: mark("Sicherheit der Abläufe"),
}


class Criterion(StrEnum):
    """What the levels of the badges ask for."""

    COMMITS = "commits"
    REACTION = "reaction"
    RELEASE = "release"
    BUS_FACTOR = "bus_factor"
    PROTECTED = "protected"
    SECURITY_FILE = "security_file"
    SIGNED = "signed"
    REVIEWED = "reviewed"


CRITERION_LABELS: dict[str, str] = {
    Criterion.COMMITS: mark("mindestens 5 Änderungen in sechs Monaten"),
    Criterion.REACTION: mark("im Mittel unter 7 Tagen bis zur ersten Antwort, über drei Monate"),
    Criterion.RELEASE: mark("mindestens eine Fassung in sechs Monaten"),
    Criterion.BUS_FACTOR: mark("mindestens zwei, die den Quelltext tragen"),
    Criterion.PROTECTED: mark("Hauptzweig geschützt"),
    Criterion.SECURITY_FILE: mark("Datei SECURITY.md vorhanden"),
    Criterion.SIGNED: mark("mindestens 80 % der Fassungen in sechs Monaten signiert"),
    Criterion.REVIEWED: mark("mindestens 75 % der Übernahmen in sechs Monaten gegengelesen"),
}
