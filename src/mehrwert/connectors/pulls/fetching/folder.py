"""What is read of a folder elsewhere, however it is reached: limits, and words for what failed."""

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mehrwert.base.marks import mark

MOST_BYTES = 64 * 1_048_576
MOST_FILES = 50
MOST_LISTED = 20_000
MOST_S = 120.0
CONNECT_S = 20.0

NO_ANSWER = mark("Er antwortet nicht.")
NO_ENTRY = mark("Er lässt uns nicht hinein. Bitte prüfen Sie Benutzer und Passwort.")
NO_FILE = mark("Der Ordner oder die Datei ist nicht da.")
TOO_BIG = mark("Eine Datei ist größer als 64 MB.")
TOO_SLOW = mark("Es dauerte zu lange.")
BROKEN = mark("Die Verbindung ist abgebrochen.")


class Entry(NamedTuple):
    """One file; ``modified`` in a form that sorts by time, ``stamp`` changes with its content."""

    modified: str
    name: str
    size: int

    @property
    def stamp(self) -> str:
        """Return what tells one state of the file from the next."""
        return f"{self.size}/{self.modified}"


@dataclass(slots=True)
class Folder:
    """What was found: (name, size and time as one text, content), and who the server says it is."""

    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    host_key: str = ""


def choose(entries: Iterable[Entry], pattern: str, seen: Mapping[str, str]) -> list[Entry]:
    """Return the files of a pattern that are new or changed, oldest first.

    The newest of too many come with the next run.
    """
    wanted = [
        entry
        for entry in entries
        if fnmatch.fnmatchcase(entry.name, pattern)
        and not entry.name.startswith(".")
        and seen.get(entry.name) != entry.stamp
    ]
    return sorted(wanted)[:MOST_FILES]


def is_one_file(pattern: str) -> bool:
    """Say whether an address names one file: then it must be there."""
    return not any(character in pattern for character in "*?[")
