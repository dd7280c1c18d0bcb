"""Places as the catalogue compares them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mehrwert.catalogue.choices import AdoptionStatus, Basis, Relation, SizeClass

BOUNDS = ((5_000, SizeClass.TINY), (20_000, SizeClass.SMALL), (100_000, SizeClass.MEDIUM))
# after this a declared use must be confirmed again (TRF-113)
USE_DAYS = 540
OWN_CLASS = {
    "gemeindeverband": SizeClass.ASSOCIATION,
    "kreis": SizeClass.COUNTY,
    "land": SizeClass.LAND,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the register as far as matching needs it.

    Args:
        level: ``gemeinde``, ``gemeindeverband``, ``kreis`` or ``land``; ``demo`` is invented.
        key: Official key of that level, empty for invented places.
        name: Name of the register.
        population: Inhabitants, None where unknown.
        density: Inhabitants per square kilometre, None where unknown.
        urbanisation: 1 city, 2 town, 3 rural; None where unknown.
        is_county_free: Whether a municipality is its own county.
        land_code: Two digits.
        lat: Degrees north, None where unknown.
        lon: Degrees east, None where unknown.
        kreis_key: Five digits, empty where there is none.
        verband_key: Nine digits, empty where there is none.
    """

    level: str
    key: str
    name: str
    population: int | None = None
    density: float | None = None
    urbanisation: int | None = None
    is_county_free: bool = False
    land_code: str = ""
    lat: float | None = None
    lon: float | None = None
    kreis_key: str = ""
    verband_key: str = ""


def is_same_place(one: Place, other: Place) -> bool:
    """Say whether two places are one; invented ones have no key, their name tells them apart."""
    if one.key or other.key:
        return (one.level, one.key) == (other.level, other.key)
    return (one.level, one.name) == (other.level, other.name)


def size_class_of(level: str, population: int | None) -> SizeClass | None:
    """Return the size class of a place, None where it is not known."""
    if level in OWN_CLASS:
        return OWN_CLASS[level]
    if population is None or level not in {"gemeinde", "demo"}:
        return None
    return next((size for bound, size in BOUNDS if population < bound), SizeClass.LARGE)


class Use(Protocol):
    """What counting needs to know of an adoption."""

    basis: str
    relation: str
    status: str
    verified_on: date | None
    is_denied: bool


def counts_as_reuse(use: Use) -> bool:
    """Say whether somebody took a solution over from elsewhere: this relation and no other."""
    return use.relation == Relation.REUSE and not use.is_denied


def counts_as_declared_use(use: Use, today: date) -> bool:
    """Say whether a municipality itself says that it reuses a solution now, not long ago."""
    return (
        counts_as_reuse(use)
        and use.basis == Basis.DECLARED
        and use.status == AdoptionStatus.LIVE
        and use.verified_on is not None
        and today - use.verified_on <= timedelta(days=USE_DAYS)
    )
