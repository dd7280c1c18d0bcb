"""The values of a profile as a page shows them: each with source and date one step away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from mehrwert.catalogue import wording
from mehrwert.catalogue.choices import (
    ADOPTION_STATUS_LABELS,
    END_REASON_LABELS,
    EXIT_PARTS,
    FRESHNESS_LABELS,
    AdoptionStatus,
    EndReason,
    Freshness,
)
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.profile import BLOCKS, FIELDS, Field, label_of
from mehrwert.catalogue.rules import (
    Provenance,
    freshness_of,
    provenance_of,
    read_pointer,
    ttl_of,
)
from mehrwert.catalogue.rules.naming import unanswered

# shown in the head of the page or in a part of its own
ELSEWHERE = frozenset(
    {
        *("/name", "/short_description", "/note", "/based_on", "/variant_of"),
        "/plain_summary_by",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """Where a value comes from, in words."""

    source: str
    url: str
    day: str
    role: str
    reason: str
    freshness: str
    freshness_word: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its name; ``lines`` is empty where nobody said anything.

    ``mark`` is a label that stands beside the value.
    """

    pointer: str
    label: str
    lines: list[str]
    url: str
    is_long: bool
    state: str
    told: Told
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page: what is known, and the names of what is not."""

    key: str
    name: str
    facts: list[Fact]
    unknown: list[str]


def blocks_of(solution: Solution, today: date) -> list[Block]:
    """Return all blocks; one without any value lists what nobody said."""
    english = wording.language() == "en"
    found = []
    for key, names in BLOCKS.items():
        fields = [field for field in FIELDS if field.block == key]
        facts = [fact_of(solution, f, today) for f in fields if f.pointer not in ELSEWHERE]
        found.append(
            Block(
                key,
                names[1] if english else names[0],
                [fact for fact in facts if fact.lines],
                [_unknown(solution, fact) for fact in facts if not fact.lines],
            )
        )
    return found


def _unknown(solution: Solution, fact: Fact) -> str:
    """Return the name of a value that nobody said, with the day it was last asked for."""
    asked_on = provenance_of(solution.provenance, fact.pointer).asked_on
    if asked_on is None:
        return fact.label
    words = gettext("%(label)s (zuletzt gefragt am %(day)s)")
    return words % {"label": fact.label, "day": wording.short_day(asked_on)}


def fact_of(solution: Solution, field: Field, today: date) -> Fact:
    """Return one field with its value and where that comes from."""
    value = read_pointer(solution.profile, field.pointer)
    told = provenance_of(solution.provenance, field.pointer)
    lines = _lines(field, value)
    if field.pointer == "/ended" and lines:
        lines += replies_of(solution.profile)
    if not lines and told.state == "not_applicable":
        lines = [gettext("trifft nicht zu: %(reason)s") % {"reason": told.reason}]
    return Fact(
        pointer=field.pointer,
        label=field.label(wording.language()),
        lines=lines,
        url=str(value) if field.kind == "url" and value else "",
        is_long=field.kind == "list" or len(lines) > 1,
        state=told.state,
        told=told_words(told, field.pointer, today),
        mark=_drafted_by(solution.profile) if field.pointer == "/plain_summary" else "",
    )


def _drafted_by(profile: Mapping[str, Any]) -> str:
    """Say that a program wrote a text, empty for a person or where nobody said (CAT-212)."""
    by = profile.get("plain_summary_by")
    if by == "machine":
        return gettext("maschinell entworfen, noch nicht geprüft")
    return gettext("maschinell entworfen, von Menschen geprüft") if by == "machine_checked" else ""


def _lines(field: Field, value: Any) -> list[str]:
    special = SPECIAL.get(field.pointer)
    if special and isinstance(value, dict):
        return special(value)
    if field.block == "trust" and isinstance(value, dict):
        return _proof(value)
    return wording.value_text(field, value)


def _origin(value: Mapping[str, Any]) -> list[str]:
    key = value.get("key")
    return [f"{value.get('name')} ({key})" if key else str(value.get("name"))]


def _ended(value: Mapping[str, Any]) -> list[str]:
    on = value.get("on") or gettext("Jahr unbekannt")
    lines = [f"{on} · {wording.carried_out_text(value)}", reasons_text({"ended": value})]
    return [line for line in [*lines, str(value.get("text") or ""), *_exit(value)] if line]


def _exit(value: Mapping[str, Any]) -> list[str]:
    """Return what became of contracts, subsidies, data and archive, blanks named (CAT-407)."""
    language = wording.language()
    told = {part: str(value.get(part) or "") for part in EXIT_PARTS}
    names = {part: label_of(f"/ended/{part}", language) for part in EXIT_PARTS}
    lines = [f"{names[part]}: {text}" for part, text in told.items() if text]
    open_parts = [names[part] for part, text in told.items() if not text]
    if open_parts:
        lines.append(gettext("Nicht beschrieben: %(parts)s") % {"parts": ", ".join(open_parts)})
    if value.get("exit_url"):
        lines.append(gettext("Bewertung dazu: %(url)s") % {"url": value["exit_url"]})
    return lines


def reasons_text(profile: Mapping[str, Any]) -> str:
    """Return why a solution ended, in words; empty where nobody said."""
    reasons = (profile.get("ended") or {}).get("reasons") or []
    return ", ".join(gettext(END_REASON_LABELS[EndReason(reason)]) for reason in reasons)


def replies_of(profile: Mapping[str, Any]) -> list[str]:
    """Return what those named in the reason of an end say; silence is said as well (CAT-404)."""
    told = [
        gettext("Stellungnahme %(party)s, %(day)s: %(text)s")
        % {**reply, "day": wording.short_day(date.fromisoformat(reply["on"]))}
        for reply in (profile.get("ended") or {}).get("replies") or ()
    ]
    silent = [
        gettext("%(party)s hat sich hier bisher nicht geäußert.") % {"party": party}
        for party in unanswered(profile)
    ]
    return [*told, *silent]


def _adoption(value: Mapping[str, Any]) -> list[str]:
    status = gettext(ADOPTION_STATUS_LABELS[AdoptionStatus(value["status"])])
    since = value.get("since")
    return [f"{status} · {gettext('seit')} {since}" if since else status]


def _proof(value: Mapping[str, Any]) -> list[str]:
    words = {
        "present": gettext("liegt vor"),
        "absent": gettext("fehlt"),
        "not_applicable": gettext("trifft nicht zu"),
    }
    parts = [words.get(str(value.get("state")), ""), value.get("date"), value.get("reason")]
    return [" · ".join(str(part) for part in parts if part)]


SPECIAL = {"/origin": _origin, "/ended": _ended, "/adoption": _adoption}


def told_words(told: Provenance, pointer: str, today: date) -> Told:
    """Return where a value comes from, in words."""
    ttl = ttl_of(pointer, told)
    state = freshness_of(told.verified_on, ttl, today)
    if ttl is None and told.verified_on is None:
        state = Freshness.UNDATED
    day = wording.short_day(told.verified_on) if told.verified_on else gettext("ohne Datum")
    return Told(
        source=source_words(told.source),
        url=told.source if told.source.startswith("http") else "",
        day=day,
        role=told.verified_by_role,
        reason=told.reason,
        freshness=state,
        freshness_word=gettext(FRESHNESS_LABELS[state]),
    )


def source_words(source: str) -> str:
    """Return a source in words."""
    kind, _, rest = source.partition(":")
    name, _, day = rest.partition("@")
    if kind == "declared":
        return gettext("von der Kommune selbst (%(key)s)") % {"key": rest}
    if kind == "import":
        return gettext("übernommen aus %(name)s, %(day)s") % {"name": name, "day": day}
    if kind == "computed":
        return gettext("vom System abgeleitet")
    if kind == "peer":
        return gettext("andere Installation: %(name)s") % {"name": rest}
    if kind == "demo":
        return gettext("erfunden")
    return source or gettext("keine Quelle genannt")
