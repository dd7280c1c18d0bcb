"""How complete a profile is: which field each level needs (catalogue 3.1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mehrwert.base.marks import mark
from mehrwert.catalogue.choices import ProfileLevel, Status
from mehrwert.catalogue.rules.pointers import read_pointer
from mehrwert.catalogue.rules.texts import cluster_count, is_hard_to_read

Profile = Mapping[str, Any]
ORDER = tuple(ProfileLevel)
LOCAL_KEYS = ("role", "unit", "functional_mailbox")
TRUST = ("accessibility", "dpia", "dpa", "security", "sbom", "sovereignty")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One field a level needs: where it stands, what people call it, whether it applies."""

    level: ProfileLevel
    pointer: str
    label: str
    holds: Callable[[Profile], bool]


def _given(pointer: str) -> Callable[[Profile], bool]:
    def holds(profile: Profile) -> bool:
        value = read_pointer(profile, pointer)
        return value is not None and value not in ("", [], {})

    return holds


def _has_code(profile: Profile) -> bool:
    return bool(profile.get("code"))


def _if_code(pointer: str) -> Callable[[Profile], bool]:
    given = _given(pointer)
    return lambda profile: not _has_code(profile) or given(profile)


def _ended_told(profile: Profile) -> bool:
    return profile.get("status") != Status.ENDED or bool(profile.get("ended"))


def _contact(profile: Profile) -> bool:
    contact = profile.get("contact") or {}
    return all(contact.get(key) for key in LOCAL_KEYS)


def _origin(profile: Profile) -> bool:
    origin = profile.get("origin") or {}
    return bool(origin.get("name"))


def _long_text(profile: Profile) -> bool:
    return 150 <= cluster_count(str(profile.get("description") or "")) <= 10_000


def _plain(profile: Profile) -> bool:
    text = str(profile.get("plain_summary") or "")
    return bool(text) and not is_hard_to_read(text)


def _trust(key: str) -> Callable[[Profile], bool]:
    return _given(f"/trust/{key}/state")


def _rows(level: ProfileLevel, *rows: tuple[str, str, Callable[[Profile], bool]]) -> list[Any]:
    return [Requirement(level, *row) for row in rows]


REQUIREMENTS: tuple[Requirement, ...] = (
    *_rows(
        ProfileLevel.MINIMAL,
        ("/name", mark("Name"), _given("/name")),
        ("/short_description", mark("Kurzbeschreibung"), _given("/short_description")),
        ("/solution_type", mark("Art der Lösung"), _given("/solution_type")),
        ("/origin", mark("Herkunft"), _origin),
        ("/programme", mark("Förderprogramm"), _given("/programme")),
        ("/fields_of_action", mark("Handlungsfeld"), _given("/fields_of_action")),
        ("/problem", mark("Problem"), _given("/problem")),
        ("/stage", mark("Stufe"), _given("/stage")),
        ("/status", mark("Status"), _given("/status")),
        ("/status_since", mark("Status seit"), _given("/status_since")),
        ("/contact", mark("Kontakt"), _contact),
        ("/adoption", mark("eigener Einsatz"), _given("/adoption/status")),
        ("/code/repository_url", mark("Quelltext"), _if_code("/code/repository_url")),
        ("/code/licence", mark("Lizenz"), _if_code("/code/licence")),
        ("/ended", mark("Angaben zum Ende"), _ended_told),
    ),
    *_rows(
        ProfileLevel.TRANSFERABLE,
        ("/description", mark("Beschreibung (150 bis 10.000 Zeichen)"), _long_text),
        ("/features", mark("Funktionen"), _given("/features")),
        ("/languages", mark("Sprachen"), _given("/languages")),
        (
            "/plain_summary",
            mark("Zusammenfassung in Einfacher Sprache, im Mittel höchstens 15 Wörter je Satz"),
            _plain,
        ),
        (
            "/plain_summary_by",
            mark("Wer die Zusammenfassung entworfen hat"),
            _given("/plain_summary_by"),
        ),
        ("/tasks", mark("Aufgaben"), _given("/tasks")),
        ("/audience", mark("Zielgruppe"), _given("/audience")),
        ("/technologies", mark("Technik"), _given("/technologies")),
        ("/preconditions", mark("Voraussetzungen"), _given("/preconditions")),
        ("/procurement/providers", mark("Anbieter"), _given("/procurement/providers")),
        ("/lessons/what_differently", mark("Erfahrungen"), _given("/lessons/what_differently")),
    ),
    *_rows(
        ProfileLevel.BASE_READY,
        ("/component_type", mark("Art des Bausteins"), _given("/component_type")),
        *[(f"/trust/{key}", mark("Nachweise zu Schutz und Zugang"), _trust(key)) for key in TRUST],
    ),
)


def missing_for(profile: Profile, level: ProfileLevel) -> list[Requirement]:
    """Return what a level needs and the profile lacks, lower levels first."""
    rank = ORDER.index(level)
    return [
        need for need in REQUIREMENTS if ORDER.index(need.level) <= rank and not need.holds(profile)
    ]


def level_of(profile: Profile) -> ProfileLevel:
    """Return the highest level of which nothing is missing."""
    reached = ProfileLevel.STUB
    for level in ORDER[1:]:
        if missing_for(profile, level):
            break
        reached = level
    return reached


def next_level(level: ProfileLevel) -> ProfileLevel | None:
    """Return the level after one, None after the last."""
    rank = ORDER.index(level) + 1
    return ORDER[rank] if rank < len(ORDER) else None
