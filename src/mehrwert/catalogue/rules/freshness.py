"""How long a value holds and what its age does to the rank (catalogue 3.4)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mehrwert.catalogue.choices import Freshness
from mehrwert.catalogue.rules.pointers import (
    Provenance,
    provenance_of,
    read_pointer,
    segments_of,
    walk,
)

DUE_DAYS = 30
LOWEST = 0.5
TEXT_DAYS = 1095
# first segment of the pointer → days; None = holds for ever
TTL_DAYS: dict[str, int | None] = {
    "contact": 365,
    "status": 365,
    "status_since": 365,
    "ended": 365,
    "stage": 365,
    "code": 365,
    "adoption": 540,
    "costs": 730,
    "preconditions": 730,
    "id": None,
    "name": None,
    "origin": None,
    "programme": None,
}


def ttl_of(pointer: str, told: Provenance) -> int | None:
    """Return for how many days a value holds; None for ever."""
    if told.ttl_days is not None:
        return told.ttl_days
    first = segments_of(pointer)[:1]
    return TTL_DAYS.get(first[0], TEXT_DAYS) if first else TEXT_DAYS


def freshness_of(verified_on: date | None, ttl_days: int | None, today: date) -> Freshness:
    """Return the state of a value of a day."""
    if ttl_days is None:
        return Freshness.FRESH
    if verified_on is None:
        return Freshness.UNDATED
    age = (today - verified_on).days
    if age > 2 * ttl_days:
        return Freshness.EXPIRED
    if age > ttl_days:
        return Freshness.STALE
    return Freshness.DUE if age >= ttl_days - DUE_DAYS else Freshness.FRESH


def factor_of(verified_on: date | None, ttl_days: int | None, today: date) -> float:
    """Return 1 while fresh, falling to 0.5 between ttl and twice ttl, 0.5 beyond or undated."""
    if ttl_days is None:
        return 1.0
    if verified_on is None:
        return LOWEST
    over = (today - verified_on).days / ttl_days - 1
    return max(LOWEST, 1.0 - LOWEST * max(0.0, over))


def overall_freshness(
    profile: Mapping[str, Any], provenance: Mapping[str, Mapping[str, Any]], today: date
) -> tuple[Freshness, float]:
    """Return state and factor of an entry: the worse one of status and contact.

    A block that nobody said anything about is left out; without both the entry is undated.
    """
    found: list[tuple[float, Freshness]] = []
    for block in ("/status", "/contact"):
        for pointer, value in walk(read_pointer(profile, block), block):
            if not value:
                continue
            told = provenance_of(provenance, pointer)
            ttl = ttl_of(pointer, told)
            state = freshness_of(told.verified_on, ttl, today)
            found.append((factor_of(told.verified_on, ttl, today), state))
    if not found:
        return Freshness.UNDATED, LOWEST
    order = list(Freshness)
    factor, state = min(found, key=lambda pair: (pair[0], -order.index(pair[1])))
    return state, factor
