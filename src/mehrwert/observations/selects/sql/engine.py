"""Functions that SQLite lacks, registered on every connection for reading."""

import json
import math
import sqlite3
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from mehrwert.observations.geometry import geometry_of

_SHAPES: dict[str, Callable[[Any, Any], Any]] = {
    "equals": shapely.equals,
    "disjoint": shapely.disjoint,
    "touches": shapely.touches,
    "within": shapely.within,
    "overlaps": shapely.overlaps,
    "crosses": shapely.crosses,
    "intersects": shapely.intersects,
    "covers": shapely.contains,
}


def register(connection: sqlite3.Connection) -> None:
    """Make all functions known to a connection."""
    for name, n, function in (
        *(("mw_lower", 1, _lower), ("mw_upper", 1, _upper), ("mw_number_text", 1, _number_text)),
        *(("mw_floor", 1, _floor), ("mw_ceiling", 1, _ceiling), ("mw_mod", 2, _mod)),
        *(("mw_box", 4, _box), ("mw_distance", 2, _distance)),
        ("to_jsonb", 1, _to_json),
        *(("mw_length", 1, _length), ("mw_relate", 3, _relate), ("mw_shapes", 3, _shapes)),
    ):
        connection.create_function(name, n, function, deterministic=True)


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _upper(text: str | None) -> str | None:
    return None if text is None else text.upper()


def _number_text(value: float | None) -> str | None:
    if value is None:
        return None
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _to_json(text: str | None) -> str | None:
    """Return a word as JSON, under the name that PostgreSQL has for it."""
    return None if text is None else json.dumps(text)


def _floor(value: float | None) -> float | None:
    return None if value is None else float(math.floor(value)) if math.isfinite(value) else value


def _ceiling(value: float | None) -> float | None:
    return None if value is None else float(math.ceil(value)) if math.isfinite(value) else value


def _mod(left: float | None, right: float | None) -> float | None:
    if left is None or right is None or right == 0 or not math.isfinite(left):
        return None
    return math.fmod(left, right)


def _box(west: float | None, south: float, east: float, north: float) -> str | None:
    if west is None:
        return None
    if west == east and south == north:
        return f"POINT ({west!r} {south!r})"
    if west == east or south == north:
        return f"LINESTRING ({west!r} {south!r}, {east!r} {north!r})"
    return str(shapely.to_wkt(shapely.box(west, south, east, north), rounding_precision=-1))


@lru_cache(maxsize=512)
def _shape(text: str) -> BaseGeometry | None:
    """Return the geometry of GeoJSON or well-known text; the last ones are kept."""
    if text[:1] == "{":
        return geometry_of(text)
    shape: BaseGeometry = shapely.from_wkt(text)
    shapely.prepare(shape)
    return shape


def _or_null(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let geometries that cannot be calculated with be unknown."""

    @wraps(function)
    def safe(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except shapely.errors.GEOSException:
            return None

    return safe


def _pair(left: str | None, right: str | None) -> tuple[BaseGeometry, BaseGeometry] | None:
    if left is None or right is None:
        return None
    shapes = _shape(left), _shape(right)
    return None if shapes[0] is None or shapes[1] is None else (shapes[0], shapes[1])


@_or_null
def _shapes(name: str, left: str | None, right: str | None) -> int | None:
    pair = _pair(left, right)
    if pair is None:
        return None
    if name == "within":  # asked the other way round, so that the prepared one leads
        return int(shapely.contains(pair[1], pair[0]))
    return int(_SHAPES[name](*pair))


@_or_null
def _relate(left: str | None, right: str | None, pattern: str) -> int | None:
    pair = _pair(left, right)
    return None if pair is None else int(shapely.relate_pattern(*pair, pattern))


@_or_null
def _distance(left: str | None, right: str | None) -> float | None:
    pair = _pair(left, right)
    return None if pair is None else float(shapely.distance(*pair))


def _length(text: str | None) -> float | None:
    shape = None if text is None else _shape(text)
    if shape is None:
        return None
    return float(shape.length) if "Line" in shape.geom_type else 0.0
