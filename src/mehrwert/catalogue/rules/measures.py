"""A list of measures becomes profiles: which column holds what, which word means which value.

Plain functions on texts. What a word means is never guessed beyond a closed list: a word that is
not on it is asked for, and until somebody answers the value stays unknown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mehrwert.base.marks import mark
from mehrwert.catalogue import choices
from mehrwert.catalogue.rules.pointers import join, segments_of
from mehrwert.catalogue.rules.privacy import without_personal_data
from mehrwert.catalogue.rules.texts import cluster_count, shorten

KEY = "key"
# target of a column → what people call it; pointers of the profile, and the key of the list
TARGETS: dict[str, str] = {
    "/name": mark("Name der Maßnahme"),
    KEY: mark("Kennung in Ihrer Liste"),
    "/short_description": mark("Kurzbeschreibung"),
    "/description": mark("Beschreibung"),
    "/problem": mark("Problem, Anlass, Ziel"),
    "/fields_of_action": mark("Handlungsfeld"),
    "/status": mark("Status"),
    "/status_since": mark("Status seit, Beginn"),
    "/ended/on": mark("Ende"),
    "/stage": mark("Stufe P1 bis P5"),
    "/solution_type": mark("Art der Lösung"),
    "/programme": mark("Förderprogramm"),
    "/technologies": mark("Technik"),
    "/contact/unit": mark("Zuständiges Amt"),
    "/code/repository_url": mark("Ort des Quelltexts (Adresse)"),
    "/code/licence": mark("Lizenz des Quelltexts"),
    "/sources": mark("Quelle, Internetseite"),
    "/note": mark("Anmerkung"),
}
# pieces of a heading that tell what stands below it; the first that fits wins
HEADINGS: tuple[tuple[str, str], ...] = (
    (KEY, r"^(id|nr\.?|nummer|kennung|lfd.*|.*[-_ ]id|.*(maßnahmen|projekt)-?n(r|ummer)\.?)$"),
    ("/short_description", r"kurz(beschreibung|text|fassung)|^summary|untertitel"),
    ("/name", r"^(name|titel|title|maßnahme|massnahme|projekt|lösung|vorhaben|bezeichnung)"),
    ("/name", r"(maßnahmen|projekt|lösungs|vorhaben)s?-?(name|titel|bezeichnung)"),
    ("/fields_of_action", r"handlungsfeld|themenfeld|^thema|^themen|kategorie|bereich"),
    ("/status_since", r"beginn|start|status seit|^seit"),
    ("/ended/on", r"^(ende|beendet|abschluss|laufzeit bis|end)"),
    ("/stage", r"stufe|phase|reifegrad"),
    ("/status", r"status|stand|umsetzung"),
    ("/description", r"beschreibung|description|inhalt|erläuterung"),
    ("/problem", r"problem|anlass|herausforderung|ziel|bedarf|ausgangslage"),
    ("/solution_type", r"^(art|typ)|lösungsart"),
    ("/programme", r"förder|programm|funding"),
    ("/technologies", r"techn|sensor|software|system"),
    ("/contact/unit", r"(zuständig|verantwortlich).*|amt$|^amt|fachbereich|dezernat|organisation"),
    ("/code/repository_url", r"repo|quelltext|quellcode|github|gitlab|opencode"),
    ("/code/licence", r"lizenz|licen[cs]e"),
    ("/sources", r"quelle|url|link|web|internet"),
    ("/note", r"anmerkung|bemerkung|notiz|hinweis|kommentar"),
)
STATUS_WORDS: dict[str, str] = {
    **dict.fromkeys(("idee", "ideenfindung", "geplant", "in planung", "planung", "idea"), "idea"),
    **dict.fromkeys(("pilot", "pilotbetrieb", "pilotprojekt", "erprobung", "test"), "pilot"),
    **dict.fromkeys(("betrieb", "in betrieb", "im einsatz", "operation", "live"), "operation"),
    **dict.fromkeys(("beendet", "eingestellt", "ended"), "ended"),
}
FIELD_WORDS: dict[str, str] = {
    **dict.fromkeys(("umwelt", "klimaschutz", "umwelt und klimaschutz"), "Umwelt & Klimaschutz"),
    **dict.fromkeys(("verkehr", "mobility"), "Mobilität"),
    **dict.fromkeys(("kultur", "freizeit", "kultur und freizeit"), "Kultur & Freizeit"),
    **dict.fromkeys(("bildung", "bildung und wissenschaft"), "Bildung & Wissenschaft"),
    **dict.fromkeys(("gesundheit", "pflege", "gesundheit und pflege"), "Gesundheit & -pflege"),
    **dict.fromkeys(("bauen", "wohnen", "bauen und wohnen"), "Bauen & Wohnen"),
    **dict.fromkeys(("stadtplanung", "stadtentwicklung"), "Digitale Stadtplanung"),
    **dict.fromkeys(("abfall", "abfall und emissionen"), "Abfall & Emissionen"),
    **dict.fromkeys(("daten", "open data"), "Datenmanagement"),
    **dict.fromkeys(("soziales", "teilhabe", "inklusion"), "Soziale Inklusion"),
}
# pointer of a closed list → its values with the words people use for them
CLOSED: dict[str, Mapping[str, str]] = {
    "/status": choices.STATUS_LABELS,
    "/stage": choices.STAGE_LABELS,
    "/solution_type": choices.SOLUTION_TYPE_LABELS,
    "/fields_of_action": {f.code: f.code for f in choices.FIELDS_OF_ACTION},
}
_OWN_WORDS = {"/status": STATUS_WORDS, "/fields_of_action": FIELD_WORDS}
SEVERAL = frozenset({"/fields_of_action", "/technologies", "/sources"})
LONGEST = {
    "/name": 120,
    "/short_description": 150,
    "/problem": 300,
    "/programme": 200,
    "/contact/unit": 200,
    "/description": 10_000,
    "/note": 2000,
    "/code/licence": 120,
}
EMPTY = frozenset({"", "-", "–", "k.a.", "k. a.", "keine angabe", "n/a", "n.a.", "unbekannt", "?"})
NONE = frozenset({"keines", "keine", "kein", "none", "ohne"})
TWICE = mark("Die Zeile steht doppelt in der Liste und bleibt weg.")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MONTH = re.compile(r"(\d{1,2})[./](\d{4})")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[ T].*)?")
_APART = re.compile(r"\s*[;|\n]\s*")


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that was not taken: column of the list, the text, a sentence with its values."""

    column: str
    text: str
    sentence: str


@dataclass(slots=True)
class Measure:
    """One row of a list as a profile.

    Args:
        row: Number of the row as a spreadsheet counts.
        key: What tells the row apart in this list; empty for a row that cannot be used.
        profile: What was understood.
        problems: Cells that were not taken; the rest of the row is.
        asked: Words of closed lists that nobody has explained yet: (pointer, word).
    """

    row: int
    key: str = ""
    profile: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)


def propose_targets(names: Sequence[str]) -> list[str]:
    """Return what each column seems to hold, empty for "leave out"; a target is given once."""
    found: list[str] = []
    for name in names:
        plain = " ".join(name.lower().split())
        hits = (target for target, pattern in HEADINGS if re.search(pattern, plain))
        found.append(next((target for target in hits if target not in found), ""))
    return found


def read_measure(
    row: int,
    names: Sequence[str],
    cells: Sequence[str],
    targets: Sequence[str],
    words: Mapping[str, Mapping[str, str]],
) -> Measure:
    """Turn one row into a profile; a value that is not understood is left out and named.

    Args:
        row: Number of the row.
        names: Names of the columns.
        cells: Texts of the row.
        targets: What each column holds, empty for "leave out".
        words: Pointer of a closed list → word in small letters → its value, empty for "leave out".
    """
    measure = Measure(row)
    texts = {
        target: (name, _plain(cell))
        for target, name, cell in zip(targets, names, cells, strict=False)
        if target and _plain(cell).lower() not in EMPTY
    }
    for target, (name, text) in texts.items():
        if target == KEY:
            continue
        value = _value(measure, target, name, text, words)
        if value not in (None, "", []):
            _put(measure.profile, target, value)
    if not measure.profile.get("name"):
        measure.problems.append(Problem("", "", mark("Die Zeile hat keinen Namen und bleibt weg.")))
        return measure
    measure.key = (texts.get(KEY, ("", ""))[1] or measure.profile["name"]).casefold()
    _finish(measure)
    return measure


def word_key(text: str) -> str:
    """Return a word as it is looked up."""
    return " ".join(text.split()).casefold()


def _plain(cell: str) -> str:
    return without_personal_data("\n".join(" ".join(x.split()) for x in cell.splitlines())).strip()


def _value(
    measure: Measure, target: str, name: str, text: str, words: Mapping[str, Mapping[str, str]]
) -> Any:
    if target in CLOSED:
        return _closed(measure, target, name, text, words.get(target, {}))
    if target in {"/status_since", "/ended/on"}:
        day = read_day(text)
        if not day:
            sentence = mark("Das ist kein Datum: Jahr, Monat oder Tag, etwa 2024 oder 17.05.2024.")
            measure.problems.append(Problem(name, text, sentence))
        return day
    if target in {"/sources", "/code/repository_url"}:
        return _addresses(measure, target, name, text)
    if target == "/technologies":
        return list(dict.fromkeys(part[:200] for part in re.split(r"\s*[;|\n,]\s*", text) if part))
    if target == "/programme" and text.lower() in NONE:
        return "none"
    limit = LONGEST[target]
    if cluster_count(text) > limit:
        if target == "/short_description":
            measure.profile.setdefault("description", text[:10_000])
        elif target != "/problem":
            sentence = mark("Der Text ist zu lang und wurde gekürzt.")
            measure.problems.append(Problem(name, shorten(text, 60), sentence))
        return shorten(text, limit)
    return text


def _closed(measure: Measure, target: str, name: str, text: str, answers: Mapping[str, str]) -> Any:
    parts = [p for p in _APART.split(text) if p] if target in SEVERAL else [text]
    found: list[str] = []
    for part in parts:
        value = value_of(target, part, answers)
        if value is None and target in SEVERAL and "," in part:
            pieces = [value_of(target, piece, answers) for piece in part.split(",")]
            if all(pieces):
                found += [piece for piece in pieces if piece]
                continue
        if value is None:
            measure.asked.append((target, part))
            measure.problems.append(Problem(name, part, mark("Dieses Wort ist noch unbekannt.")))
        elif value:
            found.append(value)
    if target in SEVERAL:
        return list(dict.fromkeys(found))
    return found[0] if found else None


def value_of(target: str, word: str, answers: Mapping[str, str]) -> str | None:
    """Return what a word of a closed list means, "" for "leave out", None where nobody knows."""
    plain = word_key(word)
    if plain in answers:
        return answers[plain]
    known = {label.casefold(): value for value, label in CLOSED[target].items()}
    known |= {value.casefold(): value for value in CLOSED[target]}
    if target == "/stage" and re.match(r"p[1-5]\b", plain):
        return plain[:2].upper()
    return known.get(plain) or _OWN_WORDS.get(target, {}).get(plain)


def read_day(text: str) -> str:
    """Return a year, month or day as the format writes it, empty for anything else."""
    if match := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and day <= 31 else ""
    if match := _MONTH.fullmatch(text):
        month, year = (int(part) for part in match.groups())
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else ""
    if (match := _ISO.fullmatch(text)) and 1900 <= int(match.group(1)) <= 2200:
        return "-".join(part for part in match.groups() if part)
    return ""


def _addresses(measure: Measure, target: str, name: str, text: str) -> Any:
    found = []
    for part in re.split(r"[\s;|,]+", text):
        address = part if "://" in part else f"https://{part}" if part.startswith("www.") else ""
        if re.match(r"https?://[^\s/.]+\.[^\s]+$", address) and len(address) <= 500:
            found.append(address)
    if not found:
        sentence = mark("Das ist keine Internetadresse.")
        measure.problems.append(Problem(name, shorten(text, 60), sentence))
        return None
    return [{"url": address} for address in found] if target == "/sources" else found[0]


def _put(profile: dict[str, Any], target: str, value: Any) -> None:
    *parents, last = segments_of(target)
    holder = profile
    for segment in parents:
        holder = holder.setdefault(segment, {})
    holder[last] = value


def _finish(measure: Measure) -> None:
    """Shorten a description where the short one is missing, as the collection does."""
    profile = measure.profile
    if not profile.get("short_description") and profile.get("description"):
        profile["short_description"] = shorten(str(profile["description"]).replace("\n", " "))
    if profile.get("ended") and profile.get("status") == "ended":
        profile["ended"]["carried_out"] = "unknown"


def keep_told(
    old: Mapping[str, Any], told: Sequence[str], new: Mapping[str, Any], taken: Sequence[str]
) -> dict[str, Any]:
    """Return the profile after a list was read again: what people declared stays.

    Args:
        old: The profile as it stands.
        told: Pointers of values that somebody declared or confirmed.
        new: What the list says.
        taken: Targets of the list: only these change.
    """
    merged: dict[str, Any] = {**old}
    for target in taken:
        top = segments_of(target)[0]
        here = join("", top)
        if any(pointer == here or pointer.startswith(f"{here}/") for pointer in told):
            continue
        if top in new:
            merged[top] = new[top]
        elif target in {here}:
            merged.pop(top, None)
    if "short_description" in new and "/short_description" not in told:
        merged["short_description"] = new["short_description"]
    return merged
