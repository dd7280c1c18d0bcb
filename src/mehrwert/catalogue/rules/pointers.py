"""Values of a profile by JSON Pointer (RFC 6901), and who said so: the longest pointer wins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Json = Any


def read_pointer(profile: Json, pointer: str) -> Json:
    """Return the value at a pointer, None where there is none."""
    value = profile
    for segment in segments_of(pointer):
        if isinstance(value, Mapping):
            value = value.get(segment)
        elif isinstance(value, Sequence) and not isinstance(value, str) and segment.isdecimal():
            value = value[int(segment)] if int(segment) < len(value) else None
        else:
            return None
    return value


def segments_of(pointer: str) -> tuple[str, ...]:
    """Return the unescaped segments of a pointer; none for the whole document."""
    if not pointer:
        return ()
    return tuple(
        part.replace("~1", "/").replace("~0", "~") for part in pointer.removeprefix("/").split("/")
    )


def join(pointer: str, segment: str) -> str:
    """Return the pointer of a part."""
    return f"{pointer}/{segment.replace('~', '~0').replace('/', '~1')}"


def walk(profile: Json, pointer: str = "") -> Iterator[tuple[str, Json]]:
    """Yield (pointer, value) of every leaf; lists count as leaves, they are read as one answer."""
    if isinstance(profile, Mapping):
        for key, value in profile.items():
            yield from walk(value, join(pointer, str(key)))
    else:
        yield pointer, profile


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who said a value, when, and for how long that holds.

    Args:
        source: ``declared:<key>``, an address, ``import:<file>@<date>``, ``peer:<installation>``
            or ``computed:<rule>``; empty when nobody said.
        verified_on: Day of the source, None for "Alter der Quelle unbekannt".
        verified_by_role: Role or office, never a person.
        ttl_days: Days until it should be checked again, None for the rule of its block.
        state: ``known``, ``unknown`` or ``not_applicable``.
        asked_on: When an unknown value was last asked for.
        reason: Why it does not apply, or how it was worked out.
    """

    source: str = ""
    verified_on: date | None = None
    verified_by_role: str = ""
    ttl_days: int | None = None
    state: str = "known"
    asked_on: date | None = None
    reason: str = ""


def provenance_of(provenance: Mapping[str, Mapping[str, Any]], pointer: str) -> Provenance:
    """Return who said the value at a pointer: the entry with the most segments in common."""
    wanted = segments_of(pointer)
    for length in range(len(wanted), -1, -1):
        key = ""
        for segment in wanted[:length]:
            key = join(key, segment)
        if key in provenance:
            return _read(provenance[key], is_own=length == len(wanted))
    return Provenance()


def proposed_pointers(
    profile: Mapping[str, Any], provenance: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Return the values that a file or address proposed and nobody has confirmed (CAT-204).

    They carry a source of their own; what the collection or a list says as a whole does not count.
    """
    return [
        pointer
        for pointer, value in walk(profile)
        if value not in (None, "", [], {})
        and str(provenance.get(pointer, {}).get("source", "")).startswith(("import:", "http"))
    ]


def _read(entry: Mapping[str, Any], *, is_own: bool) -> Provenance:
    ttl = entry.get("ttl_days")
    state = str(entry.get("state", "known")) if is_own else "known"
    return Provenance(
        source=str(entry.get("source", "")),
        verified_on=_day(entry.get("verified_on")),
        verified_by_role=str(entry.get("verified_by_role", "")),
        ttl_days=int(ttl) if isinstance(ttl, int) else None,
        state=state,
        asked_on=_day(entry.get("asked_on")),
        reason=str(entry.get("reason", "")),
    )


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
