"""House profiles: order and names of the sections of a council paper, without code.

A profile is YAML. What it may not do is checked: nobody can leave out what is unknown, the
follow-up costs, the alternatives or the next report (DOC-186).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from mehrwert.base.marks import mark

FOLDER = Path(__file__).with_name("profiles")
DEFAULT = "first-page"
# stable key → name where a profile gives several sections one label
SECTION_NAMES: dict[str, str] = {
    "head": mark("Vorlage"),
    "subject": mark("Betreff"),
    "consultation": mark("Beratungsfolge"),
    "resolution": mark("Beschlussvorschlag"),
    "summary": mark("Kurzfassung"),
    "background": mark("Anlass und Ausgangslage"),
    "goals_effects": mark("Ziele und Wirkungen"),
    "known_unknown": mark("Was wir wissen – was wir nicht wissen"),
    "programme": mark("Was getan werden soll"),
    "alternatives": mark("Alternativen"),
    "finance": mark("Finanzielle Auswirkungen"),
    "staff": mark("Personal"),
    "legal": mark("Rechtliche Grundlage und Vergabe"),
    "protection": mark("Datenschutz, IT-Sicherheit, digitale Souveränität"),
    "cross_cutting": mark("Klima, Gleichstellung, Beteiligung"),
    "evaluation": mark("Überprüfung"),
    "cosign_annexes": mark("Mitzeichnung und Anlagen"),
}
NEVER_MISSING = ("known_unknown", "finance", "alternatives", "evaluation")
# note a house requires → section that prints it
NOTE_SECTIONS: dict[str, str] = {
    "climate": "cross_cutting",
    "equality": "cross_cutting",
    "participation": "cross_cutting",
    "data_protection": "protection",
    "staff_council": "staff",
}
PaperKind = Literal["decision", "report", "inquiry"]
NoteKey = Literal["climate", "equality", "data_protection", "staff_council", "participation"]
HeadField = Literal["number", "kind", "public", "lead", "involved", "date"]

UNKNOWN_KEY = mark("Den Abschnitt „%(key)s“ gibt es nicht.")
TWICE = mark("Der Abschnitt „%(key)s“ steht zweimal im Profil.")
MISSING = mark("Der Abschnitt „%(key)s“ darf nicht fehlen.")
HIDDEN = mark("Der Abschnitt „%(key)s“ darf nicht ausgeblendet werden.")
EMPTY = mark("Der Abschnitt „%(key)s“ braucht eine Überschrift.")
TOO_LATE = mark("„Was wir wissen – was wir nicht wissen“ steht vor den Anlagen.")
NOTE_HOMELESS = mark("Für die Pflichtangabe „%(note)s“ fehlt der Abschnitt „%(key)s“.")
MARKUP = mark("Die Überschrift „%(label)s“ enthält Auszeichnung; erlaubt ist nur Text.")
TOO_LONG = mark("Eine Form hat höchstens %(most)s Zeichen.")
NO_ALIASES = mark("Verweise mit & und * sind in einer Form nicht erlaubt.")
NO_YAML = mark("Zeile %(line)s, Zeichen %(column)s: Das ist kein gültiges YAML.")
NO_PROFILE = mark("Das ist keine Form: Erwartet werden Zeilen wie „name: Unser Haus“.")
FIELD_MISSING = mark("Die Angabe „%(name)s“ fehlt%(where)s.")
FIELD_UNKNOWN = mark("Die Angabe „%(name)s“ gibt es nicht%(where)s.")
WRONG_VALUE = mark("„%(value)s“ ist nicht erlaubt%(where)s.")
WRONG_TYPE = mark("Hier steht ein Wert der falschen Art%(where)s.")
MOST_LETTERS = 20_000
# messages of msgspec → our sentence; the name in the group is put into it
_REFUSALS = (
    (re.compile(r"missing required field `(?P<name>[^`]+)`"), FIELD_MISSING),
    (re.compile(r"contains unknown field `(?P<name>[^`]+)`"), FIELD_UNKNOWN),
    (re.compile(r"Invalid enum value '?(?P<value>[^']*?)'?(?: - |$)"), WRONG_VALUE),
)
_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`")


class SectionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One heading of the paper with the sections below it."""

    key: str | tuple[str, ...]
    label: str
    required: bool = True
    hidden: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the sections below this heading."""
        return (self.key,) if isinstance(self.key, str) else self.key


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Paper size; councils of this country file A4."""

    size: Literal["A4"] = "A4"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One house's form of a council paper."""

    profile: Literal["house-profile"]
    version: int
    key: str
    name: str
    language: Literal["de", "en"] = "de"
    sections: tuple[SectionRule, ...]
    required_notes: tuple[NoteKey, ...] = ()
    finance_layout: Literal["grid", "paragraph"] = "grid"
    label_case: Literal["as_written", "upper"] = "as_written"
    resolution_label: str = ""
    head_fields: dict[HeadField, str] = {}
    page: Page = Page()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every section in the order of the paper."""
        return tuple(key for rule in self.sections if not rule.hidden for key in rule.keys)

    def shown_label(self, rule: SectionRule) -> str:
        """Return the heading in the letter case of the house."""
        return rule.label.upper() if self.label_case == "upper" else rule.label


class Defect(msgspec.Struct, frozen=True):
    """What is wrong, as template and values, so that the page can translate it."""

    sentence: str
    data: dict[str, str] = {}

    def __str__(self) -> str:
        return self.sentence % self.data


class ProfileError(ValueError):
    """A profile cannot be used; ``defects`` says why, one sentence each."""

    def __init__(self, defects: list[Defect]) -> None:
        self.defects = defects
        super().__init__(" ".join(map(str, defects)))


def read_profile(text: str, *, kind: PaperKind = "decision") -> Profile:
    """Return the profile written in YAML.

    Raises:
        ProfileError: It is no profile, or it does what no profile may do.
    """
    try:
        given = _loaded(text)
        if not isinstance(given, dict):
            raise ProfileError([Defect(NO_PROFILE)])
        profile = msgspec.convert(given, Profile)
    except yaml.YAMLError as error:
        raise ProfileError([_not_yaml(error)]) from error
    except msgspec.ValidationError as error:
        raise ProfileError([_refusal(str(error))]) from error
    if found := defects_of(profile, kind=kind):
        raise ProfileError(found)
    return profile


def _loaded(text: str) -> Any:
    """Return the values of a YAML text; aliases are refused, they multiply what is written once."""
    if len(text) > MOST_LETTERS:
        raise ProfileError([Defect(TOO_LONG, {"most": str(MOST_LETTERS)})])
    if any(isinstance(token, yaml.AliasToken | yaml.AnchorToken) for token in yaml.scan(text)):
        raise ProfileError([Defect(NO_ALIASES)])
    return yaml.safe_load(text)


def _not_yaml(error: yaml.YAMLError) -> Defect:
    place = getattr(error, "problem_mark", None)
    if place is None:
        return Defect(NO_PROFILE)
    return Defect(NO_YAML, {"line": str(place.line + 1), "column": str(place.column + 1)})


def _refusal(message: str) -> Defect:
    """Return what msgspec refuses as a sentence with its place, like ``sections[2].label``."""
    place = _PLACE.search(message)
    path = place["path"].lstrip(".") if place else ""
    where = f" ({path})" if path else ""
    for pattern, sentence in _REFUSALS:
        if found := pattern.search(message):
            return Defect(sentence, {**found.groupdict(), "where": where})
    return Defect(WRONG_TYPE, {"where": where})


@lru_cache(maxsize=1)
def built_in_profiles() -> dict[str, Profile]:
    """Return the profiles that come along, by key, in the order of their names."""
    found = (read_profile(path.read_text(encoding="utf-8")) for path in _files())
    return {profile.key: profile for profile in found}


def built_in_text(key: str) -> str:
    """Return the YAML of a profile that comes along; its file is named like its key."""
    return FOLDER.joinpath(f"{key}.yaml").read_text(encoding="utf-8")


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


def defects_of(profile: Profile, *, kind: PaperKind = "decision") -> list[Defect]:
    """Return what the profile may not do (DOC-186); empty when it is fine."""
    listed = [key for rule in profile.sections for key in rule.keys]
    found = [Defect(UNKNOWN_KEY, {"key": key}) for key in listed if key not in SECTION_NAMES]
    found += [Defect(TWICE, {"key": key}) for key in dict.fromkeys(listed) if listed.count(key) > 1]
    never_missing = [*NEVER_MISSING, *(["resolution"] if kind == "decision" else [])]
    found += [Defect(MISSING, {"key": key}) for key in never_missing if key not in listed]
    for rule in profile.sections:
        found += _defects_of_rule(rule, never_missing)
    if {"known_unknown", "cosign_annexes"} <= set(listed) and (
        listed.index("known_unknown") > listed.index("cosign_annexes")
    ):
        found.append(Defect(TOO_LATE))
    shown = profile.keys
    found += [
        Defect(NOTE_HOMELESS, {"note": note, "key": NOTE_SECTIONS[note]})
        for note in profile.required_notes
        if NOTE_SECTIONS[note] not in shown
    ]
    return found


def _defects_of_rule(rule: SectionRule, never_missing: list[str]) -> Iterator[Defect]:
    guarded = [key for key in rule.keys if key in never_missing]
    if rule.hidden:
        yield from (Defect(HIDDEN, {"key": key}) for key in guarded)
    if not rule.label.strip():
        yield Defect(EMPTY, {"key": ", ".join(rule.keys)})
    if any(sign in rule.label for sign in "<>&{}"):
        yield Defect(MARKUP, {"label": rule.label})
