"""What an entry needs from those who look after it: values that run out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mehrwert.catalogue.choices import Freshness
from mehrwert.catalogue.rules.freshness import freshness_of, ttl_of
from mehrwert.catalogue.rules.pointers import provenance_of, segments_of, walk

NOTED = frozenset({Freshness.DUE, Freshness.STALE, Freshness.EXPIRED})
# blocks that are asked for again; texts that hold three years are not worth a reminder a month
ASKED = frozenset({"contact", "status", "status_since", "stage", "code", "preconditions"})


@dataclass(frozen=True, slots=True)
class Due:
    """Values below one key of a profile that run out: the worst state, the first last day."""

    top: str
    state: Freshness
    last_day: date


def list_due(
    profile: Mapping[str, Any], provenance: Mapping[str, Mapping[str, Any]], today: date
) -> list[Due]:
    """Return what runs out within thirty days or has run out, most urgent first (CAT-206)."""
    found: dict[str, Due] = {}
    for pointer, value in walk(profile):
        top = segments_of(pointer)[0]
        if top not in ASKED or value in (None, "", [], {}):
            continue
        told = provenance_of(provenance, pointer)
        ttl = ttl_of(pointer, told)
        state = freshness_of(told.verified_on, ttl, today)
        if state not in NOTED or told.verified_on is None or ttl is None:
            continue
        due = Due(top, state, told.verified_on + timedelta(days=ttl))
        if top not in found or due.last_day < found[top].last_day:
            found[top] = due
    return sorted(found.values(), key=lambda due: (due.last_day, due.top))
