"""How alike two municipalities are (catalogue 6.2): structure and distance, every term shown."""

import math
from dataclasses import dataclass

from mehrwert.catalogue.rules.places import Place, is_same_place

# interquartile ranges over the 10,751 municipalities of the bundled register of 30.11.2025
IQR_LN_POPULATION = 2.1406
IQR_LN_DENSITY = 1.3601
WEIGHTS = {
    "population": 0.40,
    "density": 0.25,
    "urbanisation": 0.15,
    "county_free": 0.10,
    "land": 0.10,
}
STRUCTURE_SHARE = 0.75
DISTANCE_KM = 150.0
EARTH_KM = 6371.0
NEIGHBOUR_KM = 25.0


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two places are.

    Args:
        value: 0 to 1; 1 is a place and itself.
        difference: D of the structure, 0 is alike.
        distance_km: Great circle, None where a place has no position.
        terms: Differences per term of ``WEIGHTS``; a term without data is missing.
    """

    value: float
    difference: float
    distance_km: float | None
    terms: dict[str, float]


def similarity_of(one: Place, other: Place) -> Similarity | None:
    """Return how alike two places of one level are; None across levels or without any data."""
    if _kind(one.level) != _kind(other.level):
        return None
    terms = _terms(one, other)
    weight = sum(WEIGHTS[name] for name in terms)
    if not weight:
        return None
    square = sum(WEIGHTS[name] * term**2 for name, term in terms.items()) / weight
    difference = math.sqrt(square)
    distance = distance_km(one, other)
    structure = math.exp(-difference)
    if distance is None:
        return Similarity(structure, difference, None, terms)
    near = math.exp(-distance / DISTANCE_KM)
    value = STRUCTURE_SHARE * structure + (1 - STRUCTURE_SHARE) * near
    return Similarity(value, difference, distance, terms)


def _kind(level: str) -> str:
    return "gemeinde" if level == "demo" else level


def _terms(one: Place, other: Place) -> dict[str, float]:
    terms: dict[str, float] = {}
    if one.population and other.population:
        gap = abs(math.log(one.population / other.population))
        terms["population"] = gap / IQR_LN_POPULATION
    if one.density and other.density:
        terms["density"] = abs(math.log(one.density / other.density)) / IQR_LN_DENSITY
    if one.urbanisation and other.urbanisation:
        terms["urbanisation"] = abs(one.urbanisation - other.urbanisation) / 2
    if one.land_code and other.land_code:
        if _kind(one.level) == "gemeinde":
            terms["county_free"] = float(one.is_county_free != other.is_county_free)
        terms["land"] = float(one.land_code != other.land_code)
    return terms


def is_neighbour(one: Place, other: Place) -> bool:
    """Say whether two municipalities can share something: one county, or at most 25 km apart."""
    if is_same_place(one, other) or _kind(one.level) != "gemeinde":
        return False
    if one.kreis_key and one.kreis_key == other.kreis_key:
        return True
    distance = distance_km(one, other)
    return distance is not None and distance <= NEIGHBOUR_KM


def distance_km(one: Place, other: Place) -> float | None:
    """Return the great circle between two places, None where a position is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat = math.sin((lat2 - lat1) / 2) ** 2
    half_lon = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    root = math.sqrt(half_lat + math.cos(lat1) * math.cos(lat2) * half_lon)
    return 2 * EARTH_KM * math.asin(min(1.0, root))
